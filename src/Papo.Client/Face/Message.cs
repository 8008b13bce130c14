// Owns: a message and its author as the face of the library shows them.
// Must never: hold wire bytes or terminal escapes made by us; the text is what the author sent and must be shown harmless.
using Papo.Protocol;

namespace Papo.Client;

/// <summary>How much the author of a message is proven.</summary>
public enum Trust
{
    /// <summary>Signed by the account that first used this name here.</summary>
    Signed,

    /// <summary>Signed, and the safety number was compared.</summary>
    Verified,

    /// <summary>Unsigned: anybody on the broker may have written it.</summary>
    Guest,

    /// <summary>Signed by another account than the one known under this name.</summary>
    Changed,

    /// <summary>Signed by a device whose card nobody could show.</summary>
    Unknown,

    /// <summary>Signed by a device that its account has removed.</summary>
    Removed,
}

/// <summary>Who wrote something.</summary>
/// <param name="Name">The name to show; already carries the suffix (<c>ana·k7m2</c>) where two accounts claim one name.</param>
/// <param name="Account">The account, null for guests.</param>
/// <param name="Device">The device, null for guests.</param>
/// <param name="Trust">How much of this is proven.</param>
public sealed record Author(string Name, AccountId? Account, DeviceId? Device, Trust Trust);

/// <summary>What an entry of a conversation is.</summary>
public enum MessageKind
{
    /// <summary>Something said.</summary>
    Text,

    /// <summary>A new text for <see cref="ChatMessage.ReplyTo"/>.</summary>
    Edit,

    /// <summary><see cref="ChatMessage.ReplyTo"/> is taken back.</summary>
    Delete,

    /// <summary>A reaction to <see cref="ChatMessage.ReplyTo"/>; an empty text takes it back.</summary>
    Reaction,

    /// <summary>A kind that this version does not know: kept and passed on, shown as unsupported.</summary>
    Unsupported,

    /// <summary>Something said in a private room under a key that is not here yet: it is asked for.</summary>
    Locked,

    /// <summary>What was told before counts for nobody: its author, or the computer it came from, had been removed from the private room by then.</summary>
    Withdrawn,

    /// <summary>What was withdrawn counts again: its author is in the room again.</summary>
    Restored,
}

/// <summary>Where an own message stands.</summary>
public enum MessageState
{
    /// <summary><c>…</c> on disk, not yet with the broker.</summary>
    Queued,

    /// <summary><c>✓</c> the broker has it.</summary>
    Sent,

    /// <summary><c>✓✓</c> another member holds it, or a hub stored it.</summary>
    Held,

    /// <summary><c>!</c> refused; the reason says why, and <c>/retry</c> tries again.</summary>
    Failed,
}

/// <summary>One emoji (or short text) and who reacted with it.</summary>
/// <param name="Text">The reaction.</param>
/// <param name="Who">Names as shown.</param>
/// <param name="Mine">Whether one of them is me.</param>
public sealed record Reaction(string Text, IReadOnlyList<string> Who, bool Mine);

/// <summary>One message of a conversation, folded: edits, deletion and reactions known so far are applied.</summary>
public sealed record ChatMessage
{
    /// <summary>The entry's id; null for guests and for own messages that are not numbered yet.</summary>
    public EntryId? Id { get; init; }

    /// <summary>A guest's line has no id; this names it on this device and nowhere else, so that the same line as past and as news can be told. Null for all others.</summary>
    public EntryId? LocalId { get; init; }

    /// <summary>The outbox number of an own message of this process, else null.</summary>
    public long? Number { get; init; }

    /// <summary>The room.</summary>
    public required Room Room { get; init; }

    /// <summary>What it is.</summary>
    public MessageKind Kind { get; init; }

    /// <summary>Who wrote it.</summary>
    public required Author From { get; init; }

    /// <summary>When the author says it was written (UTC).</summary>
    public DateTimeOffset At { get; init; }

    /// <summary>The current text; null when deleted, missing or unsupported.</summary>
    public string? Text { get; init; }

    /// <summary>The message answered, edited, deleted or reacted to.</summary>
    public EntryId? ReplyTo { get; init; }

    /// <summary>The message answered, as far as it is known here: author's name and the first line.</summary>
    public (string Name, string Line)? Quote { get; init; }

    /// <summary>Where an own message stands; null for those of others.</summary>
    public MessageState? State { get; init; }

    /// <summary>Whether this account wrote it.</summary>
    public bool Mine { get; init; }

    /// <summary>Written with <c>/me</c>.</summary>
    public bool IsAction { get; init; }

    /// <summary>Whether this is news of something that was told before under the same id.</summary>
    public bool IsToldAgain => Kind is MessageKind.Withdrawn or MessageKind.Restored;

    /// <summary>Whether an edit is applied.</summary>
    public bool Edited { get; init; }

    /// <summary>Whether the author took it back, or it counts for nobody.</summary>
    public bool Deleted { get; init; }

    /// <summary>Arrived after later messages had been shown: print it marked "received later".</summary>
    public bool Late { get; init; }

    /// <summary>The author's clock is more than two minutes off: ordered by when it was first seen here.</summary>
    public bool ClockDoubtful { get; init; }

    /// <summary>Names this account.</summary>
    public bool MentionsMe { get; init; }

    /// <summary>Reactions in the order first used.</summary>
    public IReadOnlyList<Reaction> Reactions { get; init; } = [];
}

/// <summary>What to send.</summary>
/// <param name="Text">The text (1 byte to 16 KiB of UTF-8); for a reaction the emoji, empty to take it back; ignored for a deletion.</param>
public sealed record Draft(string Text)
{
    /// <summary>What it is; <see cref="MessageKind.Text"/> unless it amends <see cref="Target"/>.</summary>
    public MessageKind Kind { get; init; }

    /// <summary>The message answered, edited, deleted or reacted to.</summary>
    public EntryId? Target { get; init; }

    /// <summary>Written with <c>/me</c>.</summary>
    public bool IsAction { get; init; }
}
