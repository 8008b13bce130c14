// Owns: the list of texts of the full screen.
// Must never: hold text of one language.
namespace Papo.Texts;

internal abstract partial class Words
{
    public abstract string NewSince { get; }

    public abstract string FoldedNotes(int count);

    public abstract string TooSmall { get; }

    public abstract string CopyModeHeader { get; }

    public abstract string HereCount(int count);

    public abstract string EncryptedMark { get; }

    public abstract string MutedMark { get; }

    public abstract string HelpHint { get; }

    public abstract string StatusDown(string why);

    public abstract string StatusConnecting { get; }

    public abstract string StatusAway { get; }

    public abstract string StatusHub(string title);

    public abstract string StatusNoHub { get; }

    public abstract string RowsBelow(int count);

    public abstract string ComposerHint(string room);

    public abstract string ComposerAbout(string name, bool edit);

    public abstract string EmptyNoRoom { get; }

    public abstract string EmptyRoom(string room);

    /// <summary>The three lines of a first start.</summary>
    public abstract IReadOnlyList<string> Greeting { get; }

    public abstract string PeopleTitle { get; }

    public abstract string AndMore(int count);

    public abstract string BoxNothing { get; }

    public abstract string BoxSearchHint { get; }

    public abstract string ReactTitle { get; }

    public abstract string Copied { get; }

    public abstract string CopiedLink(string link);

    public abstract string FailedBelow(string why);

    public abstract string PaletteTitle { get; }

    public abstract string PaletteRoom(int unread);

    public abstract string PaletteJoin { get; }

    public abstract string HelpTitle { get; }

    public abstract string SearchTitle { get; }

    public abstract string FoundTitle(int count);

    /// <summary>Above a thread.</summary>
    public abstract string ThreadTitle(int count);

    /// <summary>Nothing was said since the day that was asked for.</summary>
    public abstract string NothingSince { get; }

    /// <summary>No message here answers another.</summary>
    public abstract string NoThread { get; }

    public abstract string SettingsTitle { get; }

    /// <summary>What single letters do while a message is chosen.</summary>
    public abstract IReadOnlyList<(string Key, string About)> ChosenKeys { get; }

    /// <summary>The same as one line, for an own message or somebody else's.</summary>
    public abstract string ChosenHint(bool mine);

    /// <summary>The keys of vi are commands now.</summary>
    public abstract string ViNormal { get; }

    /// <summary>The signs that stand beside rooms, names and messages.</summary>
    public abstract IReadOnlyList<(string Sign, string About)> Signs { get; }

    /// <summary>Above what Papo says where no room is open.</summary>
    public abstract string NoteTitle { get; }

    /// <summary>Above a link with its code.</summary>
    public abstract string LinkTitle(string room);

    /// <summary>What can be done with the link.</summary>
    public abstract string LinkKeys { get; }

    /// <summary>The line of <c>/where</c> about the broker, while connected.</summary>
    public abstract string WhereBroker(string broker);

    /// <summary>Its line about own messages that are under way.</summary>
    public abstract string WhereOwn(string signs);

    /// <summary>Its line about the rooms that were joined.</summary>
    public abstract string WhereRooms(string rooms);

    /// <summary>Above the people who are here, but not in the open room.</summary>
    public abstract string ElsewhereTitle { get; }

    public abstract string AboutSetting(string name);

    public abstract string SettingIs(string name, string value);

    public abstract string NoSuchSetting(string name, string value);

    public abstract string SettingUnknown(string line, string file);

    public abstract string NothingToJumpTo { get; }

    public abstract string OnceMoreToLeave { get; }

    public abstract string OnlyOnScreen(string command);

    public abstract (string Arguments, string About) SlashWhere { get; }

    public abstract (string Arguments, string About) SlashRead { get; }

    public abstract (string Arguments, string About) SlashSet { get; }

    public abstract (string Arguments, string About) SlashTheme { get; }

    public abstract (string Arguments, string About) SlashCopy { get; }
}
