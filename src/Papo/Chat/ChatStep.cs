// Owns: what one event of the chat leads to: lines, effects, an end.
// Must never: carry anything out; the loop does.
using Papo.Client;
using Papo.Output;
using Papo.Protocol;

namespace Papo.Chat;

/// <summary>Something to ask of the library; carried out by the effect runner.</summary>
internal abstract record ChatEffect;

/// <summary>Send a draft; <paramref name="Typed"/> is put back into the input when it is not taken.</summary>
internal sealed record SendEffect(Room Room, Draft Draft, string Typed) : ChatEffect;

/// <summary>Find a message by the beginning of its id and send a draft about it.</summary>
internal sealed record SendAboutEffect(string Prefix, Draft Draft, string Typed) : ChatEffect;

/// <summary>Join a room, then show its recent past.</summary>
internal sealed record JoinEffect(Room Room) : ChatEffect;

/// <summary>Opens the direct messages with somebody, and says something there; without a draft the chat goes there.</summary>
internal sealed record DirectEffect(string Name, Draft? Draft, string Typed) : ChatEffect;

/// <summary>Makes a private room.</summary>
internal sealed record CreateEffect(DisplayName Title, bool SharesPast) : ChatEffect;

/// <summary>Takes somebody into a private room, or out of it.</summary>
internal sealed record MemberEffect(Room Room, string Name, bool IsIn) : ChatEffect;

/// <summary>A link to a room.</summary>
internal sealed record LinkEffect(Room Room) : ChatEffect;

/// <summary>What is done with the computers of this account.</summary>
internal enum DeviceAct
{
    List,
    Link,
    Confirm,
    Refuse,
    Name,

    /// <summary>Says what taking a computer off would mean.</summary>
    Ask,

    /// <summary>The person has said yes.</summary>
    Remove,
}

/// <summary>Lists computers, names one, takes one off, or links one more.</summary>
/// <param name="Act">What is to be done.</param>
/// <param name="Text">The code that a new computer shows, or which one is meant.</param>
/// <param name="Name">What it is to be called.</param>
internal sealed record DeviceEffect(DeviceAct Act, string Text, DisplayName? Name = null) : ChatEffect;

/// <summary>Shows what there is to compare with somebody, or notes what came of it.</summary>
internal sealed record VerifyEffect(string Name, bool? Decision) : ChatEffect;

/// <summary>Begins to compare keys with somebody by emoji.</summary>
internal sealed record EmojiEffect(string Name) : ChatEffect;

/// <summary>Leave a room.</summary>
internal sealed record LeaveEffect(Room Room) : ChatEffect;

/// <summary>Show a part of the past; <paramref name="Before"/> null means the latest.</summary>
internal sealed record HistoryEffect(Room Room, int Count, EntryId? Before, HistoryUse Use) : ChatEffect
{
    /// <summary>Instead what was said from a time on.</summary>
    public DateTimeOffset? From { get; init; }
}

/// <summary>Show the thread of a message.</summary>
internal sealed record ThreadEffect(EntryId Message) : ChatEffect;

/// <summary>What a loaded past is for.</summary>
internal enum HistoryUse
{
    /// <summary>The first screen: what arrived meanwhile waits for it.</summary>
    Opening,

    /// <summary>A room that was just joined or switched to.</summary>
    Entering,

    /// <summary><c>/history</c>.</summary>
    Asked,
}

/// <summary>Search.</summary>
internal sealed record SearchEffect(string Words) : ChatEffect;

/// <summary>List the rooms.</summary>
internal sealed record RoomsEffect : ChatEffect;

/// <summary>List people; for the line under a room's past only their number.</summary>
internal sealed record WhoEffect(Room? Room, bool HeaderOnly) : ChatEffect;

/// <summary>Change the name.</summary>
internal sealed record RenameEffect(DisplayName Name) : ChatEffect;

/// <summary>Away or back.</summary>
internal sealed record StatusEffect(bool Away, string Text) : ChatEffect;

/// <summary>Try failed messages again.</summary>
internal sealed record RetryEffect(IReadOnlyList<long> Numbers) : ChatEffect;

/// <summary>Keeps what is not shown over the end of the program.</summary>
internal sealed record HideEffect(IReadOnlyList<string> Hidden) : ChatEffect;

/// <summary>Everything one event leads to.</summary>
internal sealed class ChatStep
{
    /// <summary>Lines of the conversation, in order.</summary>
    public List<StyledLine> Lines { get; } = [];

    /// <summary>Lines about it: connection, notices, errors. Standard error where that is not the same terminal.</summary>
    public List<StyledLine> Remarks { get; } = [];

    /// <summary>What to ask of the library, in order.</summary>
    public List<ChatEffect> Effects { get; } = [];

    /// <summary>The newest own lines with their state, where the surface can keep them up to date; null when unchanged.</summary>
    public TailChange? Tail { get; set; }

    /// <summary>Text to put back into the input.</summary>
    public string? Restore { get; set; }

    /// <summary>Whether nothing but what is being written has changed; the full screen then draws that alone.</summary>
    public bool OnlyInput { get; set; }

    /// <summary>Whether to leave the chat.</summary>
    public bool Leave { get; set; }

    /// <summary>Says something inside the conversation.</summary>
    public void Tell(string sentence) => Lines.Add(StyledLine.Note(sentence, Ink.Quiet));

    /// <summary>Says something about it.</summary>
    public void Remark(string sentence, Ink ink = Ink.Quiet) => Remarks.Add(StyledLine.Note(sentence, ink));
}

/// <summary>Own lines at the bottom.</summary>
/// <param name="Lines">The lines.</param>
/// <param name="Replace">They take the place of those that are there: the same message in a new state.</param>
internal sealed record TailChange(IReadOnlyList<StyledLine> Lines, bool Replace)
{
    /// <summary>Lines to print first, above them.</summary>
    public IReadOnlyList<StyledLine> Above { get; init; } = [];
}
