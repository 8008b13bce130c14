// Owns: which rows of a conversation are visible, and where the reader stands after scrolling.
// Must never: lay out more than it shows and passes over.
using Papo.Client;

namespace Papo.FullScreen;

/// <summary>A visible row.</summary>
/// <param name="Item">Whose.</param>
/// <param name="Number">Which of its rows.</param>
/// <param name="Row">The row.</param>
internal readonly record struct VisibleRow(Item Item, int Number, ItemRow Row);

/// <summary>A window of some columns and rows on a conversation.</summary>
/// <param name="conversation">What is looked at.</param>
/// <param name="context">How it is written.</param>
/// <param name="columns">Columns of the window.</param>
/// <param name="rows">Rows of the window.</param>
/// <param name="foldNotes">Whether three or more notes in a row become one.</param>
internal sealed class Viewport(Conversation conversation, LayoutContext context, int columns, int rows, bool foldNotes)
{
    private const int WorthFolding = 3;
    private static readonly TimeSpan GoesOn = TimeSpan.FromMinutes(5);

    private readonly Func<Item, ItemPlace, IReadOnlyList<ItemRow>> _lay = new ItemLayout(context).Lay;
    private readonly IReadOnlyList<Item> _items = conversation.Items;

    /// <summary>Columns of the window.</summary>
    public int Columns => columns;

    /// <summary>Rows of the window.</summary>
    public int Rows => rows;

    /// <summary>The visible rows, from the upper to the lower; fewer than the window has where there are no more.</summary>
    public List<VisibleRow> Visible()
    {
        List<VisibleRow> visible = [];
        for (var place = Bottom(); place.Index >= 0 && visible.Count < rows; place = Above(place))
        {
            visible.Add(new VisibleRow(_items[place.Index], place.Row, RowsOf(place.Index)[place.Row]));
        }

        visible.Reverse();
        return visible;
    }

    /// <summary>Where the reader stands after moving down by so many rows (up where negative); null where that is the newest.</summary>
    public Standpoint? Moved(int by)
    {
        var place = Bottom();
        for (; by < 0 && Above(place) is { Index: >= 0 } above; by++)
        {
            place = above;
        }

        for (; by > 0 && Below(place) is { Index: >= 0 } below; by--)
        {
            place = below;
        }

        return Settled(place);
    }

    /// <summary>Where the reader stands so that an item is visible, in the upper third.</summary>
    public Standpoint? ShowingAt(Item item)
    {
        var index = conversation.IndexOf(item);
        if (index < 0)
        {
            return conversation.Bottom;
        }

        var place = (Index: index, Row: 0);
        while (place.Index < _items.Count - 1 && RowsOf(place.Index).Count == 0)
        {
            place.Index++;
        }

        for (var by = rows * 2 / 3; by > 0 && Below(place) is { Index: >= 0 } below; by--)
        {
            place = below;
        }

        return Settled(place);
    }

    /// <summary>Where the reader stands at the oldest row held.</summary>
    public Standpoint? AtOldest() => _items.Count == 0 ? null : Settled((0, 0));

    /// <summary>Whether fewer than two windows of rows lie above what is visible.</summary>
    public bool IsNearOldest()
    {
        var place = Bottom();
        for (var by = 3 * rows; by > 0; by--)
        {
            place = Above(place);
            if (place.Index < 0)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Rows below the window; not counted beyond <paramref name="most"/>.</summary>
    public int Below(int most)
    {
        var place = Bottom();
        var count = 0;
        while (count < most && Below(place) is { Index: >= 0 } below)
        {
            (place, count) = (below, count + 1);
        }

        return count;
    }

    // Not below the newest, and not so high that rows stay empty.
    private Standpoint? Settled((int Index, int Row) place)
    {
        var missing = rows - 1;
        for (var above = Above(place); above.Index >= 0 && missing > 0; above = Above(above))
        {
            missing--;
        }

        for (; missing > 0 && Below(place) is { Index: >= 0 } below; missing--)
        {
            place = below;
        }

        return place.Index < 0 || Below(place).Index < 0 ? null : new Standpoint(_items[place.Index], place.Row);
    }

    private (int Index, int Row) Bottom()
    {
        if (conversation.Bottom is { } bottom && conversation.IndexOf(bottom.Item) is >= 0 and var index && RowsOf(index).Count is > 0 and var count)
        {
            return (index, Math.Min(bottom.Row, count - 1));
        }

        return Above((_items.Count, 0));
    }

    private (int Index, int Row) Above((int Index, int Row) place)
    {
        if (place.Row > 0)
        {
            return (place.Index, place.Row - 1);
        }

        for (var index = place.Index - 1; index >= 0; index--)
        {
            if (RowsOf(index).Count is > 0 and var count)
            {
                return (index, count - 1);
            }
        }

        return (-1, 0);
    }

    private (int Index, int Row) Below((int Index, int Row) place)
    {
        if (place.Index >= 0 && place.Index < _items.Count && place.Row + 1 < RowsOf(place.Index).Count)
        {
            return (place.Index, place.Row + 1);
        }

        for (var index = place.Index + 1; index < _items.Count; index++)
        {
            if (RowsOf(index).Count > 0)
            {
                return (index, 0);
            }
        }

        return (-1, 0);
    }

    private IReadOnlyList<ItemRow> RowsOf(int index) => _items[index].Rows(PlaceOf(index), _lay);

    private ItemPlace PlaceOf(int index)
    {
        var item = _items[index];
        var before = index > 0 ? _items[index - 1] : null;
        var day = before is null || context.Lines.Day(before.At) != context.Lines.Day(item.At);
        var isNew = item == conversation.NewFrom;
        var follows = !day && !isNew && item is MessageItem message && before is MessageItem last && Follows(last.Message, message.Message);
        var sameMinute = follows && before!.At.ToUnixTimeSeconds() / 60 == item.At.ToUnixTimeSeconds() / 60;
        return new ItemPlace(columns, day, isNew, follows, sameMinute, item is NoteItem note ? Folded(note, index) : 1, context.Version);
    }

    private static bool Follows(ChatMessage before, ChatMessage message) =>
        before.From.Account == message.From.Account && before.From.Name == message.From.Name && before.From.Trust == message.From.Trust
        && message.ReplyTo is null && !message.IsAction && !before.IsAction && message.At - before.At < GoesOn && before.At - message.At < GoesOn;

    private int Folded(NoteItem note, int index)
    {
        if (!note.MayFold || !foldNotes)
        {
            return 1;
        }

        int first = index, last = index;
        while (first > 0 && IsFoldable(first - 1))
        {
            first--;
        }

        while (last + 1 < _items.Count && IsFoldable(last + 1))
        {
            last++;
        }

        var count = last - first + 1;
        return count < WorthFolding ? 1 : index == last ? count : 0;
    }

    private bool IsFoldable(int index) => _items[index] is NoteItem { MayFold: true };
}
