// Owns: one thing in a conversation: a message, or a note of Papo's own; and how it was last laid out.
// Must never: know its neighbours; what depends on them comes in as its place.
using Papo.Client;
using Papo.Output;
using Papo.Protocol;

namespace Papo.FullScreen;

/// <summary>What stands in a conversation.</summary>
internal abstract class Item
{
    private (ItemPlace Place, IReadOnlyList<ItemRow> Rows)? _laid;

    /// <summary>When (UTC).</summary>
    public abstract DateTimeOffset At { get; }

    /// <summary>The rows, laid out anew only where something they depend on has changed.</summary>
    public IReadOnlyList<ItemRow> Rows(ItemPlace place, Func<Item, ItemPlace, IReadOnlyList<ItemRow>> lay)
    {
        if (_laid is { } laid && laid.Place == place)
        {
            return laid.Rows;
        }

        var rows = lay(this, place);
        _laid = (place, rows);
        return rows;
    }

    /// <summary>What was laid out is void, or not worth its memory.</summary>
    public void Changed() => _laid = null;
}

/// <summary>A message.</summary>
internal sealed class MessageItem(ChatMessage message) : Item
{
    private string? _problem;

    /// <summary>The message as it stands now.</summary>
    public ChatMessage Message { get; private set; } = message;

    /// <summary>Why it was not sent, in words; null unless it failed.</summary>
    public string? Problem
    {
        get => _problem;
        set
        {
            _problem = value;
            Changed();
        }
    }

    /// <inheritdoc/>
    public override DateTimeOffset At => Message.At;

    /// <summary>What names it on this computer; null while it is an own draft without a number in its log.</summary>
    public EntryId? Key => Message.Id ?? Message.LocalId;

    /// <summary>Takes its newer form.</summary>
    public void Become(ChatMessage message)
    {
        Message = message;
        Changed();
    }
}

/// <summary>Why Papo says something.</summary>
internal enum NoteKind
{
    /// <summary>Who came, who left: many of them are one line.</summary>
    Passing,

    /// <summary>Something happened that its reader did not ask for.</summary>
    News,

    /// <summary>The answer to a command.</summary>
    Answer,
}

/// <summary>Something that Papo says: who came, what a command answered.</summary>
internal sealed class NoteItem(IReadOnlyList<StyledLine> lines, DateTimeOffset at, NoteKind kind) : Item
{
    /// <summary>Its lines.</summary>
    public IReadOnlyList<StyledLine> Lines { get; } = lines;

    /// <summary>Whether the reader asked for it.</summary>
    public bool Asked => kind == NoteKind.Answer;

    /// <summary>Whether it may stand folded with its neighbours: a warning may not.</summary>
    public bool MayFold { get; } = kind == NoteKind.Passing && !lines.Any(static line => line.Pieces.Any(static piece => piece.Ink == Ink.Warning));

    /// <summary>Whether it says the same as another.</summary>
    public bool IsSameAs(NoteItem other) => Lines.Select(static line => line.Plain).SequenceEqual(other.Lines.Select(static line => line.Plain));

    /// <inheritdoc/>
    public override DateTimeOffset At { get; } = at;
}

/// <summary>What the rows of an item depend on beside itself.</summary>
/// <param name="Width">Columns for all of it.</param>
/// <param name="Day">Begins a day: its line stands above.</param>
/// <param name="New">The first of what is new: its line stands above.</param>
/// <param name="Follows">Goes on after another message of the same person within a few minutes: no name.</param>
/// <param name="SameMinute">Goes on in the same minute as well: no time.</param>
/// <param name="Folded">How many notes this one stands for; 0 where it is folded into another, 1 where it stands for itself.</param>
/// <param name="Version">Rises when the language, the names or a setting that shows in rows change.</param>
internal readonly record struct ItemPlace(int Width, bool Day, bool New, bool Follows, bool SameMinute, int Folded, int Version);
