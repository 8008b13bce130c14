// Owns: the list of texts inside the chat: lines, marks, arrivals, connection.
// Must never: hold text of one language.
using Papo.Client;

namespace Papo.Texts;

internal abstract partial class Words
{
    public abstract string Guest(string name);

    /// <summary>What the protocol calls a guest who gives no name (docs/PROTOCOL.md, Guests).</summary>
    protected const string NamelessGuest = "guest";

    public abstract string BadgeUnsigned { get; }

    public abstract string BadgeNewKey { get; }

    public abstract string BadgeUnknown { get; }

    public abstract string MarkEdited { get; }

    public abstract string MarkLate { get; }

    public abstract string MarkClock { get; }

    public abstract string DeletedText { get; }

    public abstract string MissingText { get; }

    public abstract string UnsupportedText { get; }

    public abstract string LockedText { get; }

    public abstract string RoomOpened(string room, string name);

    public abstract string EditedLine(string name);

    public abstract string DeletedLine(string name, string time);

    /// <summary>What somebody said counts for nobody: he, or the computer it came from, had been removed. The time stands before it.</summary>
    public abstract string WithdrawnLine(string name);

    /// <summary>The same counts again; the text may follow after a colon.</summary>
    public abstract string RestoredLine(string name);

    public abstract string Reacted(string name, string reaction, string author, string quote);

    public abstract string Unreacted(string name, string author, string quote);

    public abstract string SomethingEarlier { get; }

    public abstract string Came(string names, int count);

    public abstract string Left(string names, int count);

    public abstract string Renamed(string before, string after);

    public abstract string WentAway(string name, string status);

    public abstract string CameBack(string name);

    public abstract string Typing(string names, int count);

    public abstract string Missing(int count);

    public abstract string Healed { get; }

    public abstract string Header(string room, int here);

    public abstract string HeaderOffline(string room);

    public abstract string NothingYet { get; }

    public abstract string PastIncomplete { get; }

    public abstract string ConnectionLost(string why);

    public abstract string ConnectionBack { get; }

    public abstract string StillWaiting(string why);

    public abstract string NotSent(string quote, string why);

    public abstract string StateOne(string mark, string quote);

    public abstract string StateMany(string mark, int count);

    public abstract string AskBeforePaste(int lines);

    public abstract string PasteDropped { get; }

    public abstract string StillUnsafe(int count);

    public abstract string WaitingForSafety { get; }

    public abstract string HostLeaves(int others);

    public abstract string Bye { get; }

    public abstract string Notice(Notice notice, string room, string text);
}
