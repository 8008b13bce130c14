// Owns: what the screen holds of one room: a stretch of its messages without a hole, what is new in it, where the reader stands.
// Must never: hold more than its bound, or show one message twice.
using Papo.Client;
using Papo.Protocol;
using Papo.Terminal;

namespace Papo.FullScreen;

/// <summary>Where the lowest visible row is: a row of an item, counted from its first.</summary>
internal readonly record struct Standpoint(Item Item, int Row);

/// <summary>One room on the screen.</summary>
internal sealed class Conversation(Room room)
{
    /// <summary>More items than this are not held; the store has the rest.</summary>
    public const int Most = 600;

    private const int FarAway = 200; // items beyond what a page brought: their rows are laid out anew when the reader comes back

    private readonly List<Item> _items = [];
    private readonly Dictionary<EntryId, MessageItem> _byKey = [];
    private readonly Dictionary<long, MessageItem> _byNumber = [];

    /// <summary>Which room.</summary>
    public Room Room { get; } = room;

    /// <summary>What is held, oldest first.</summary>
    public IReadOnlyList<Item> Items => _items;

    /// <summary>Whether the first page was asked for.</summary>
    public bool Opened { get; set; }

    /// <summary>Whether what lies before is being loaded.</summary>
    public bool LoadingOlder { get; set; }

    /// <summary>Whether what lies after is being loaded.</summary>
    public bool LoadingNewer { get; set; }

    /// <summary>Nothing lies before.</summary>
    public bool AtOldest { get; set; }

    /// <summary>Nothing lies after: what arrives goes to the end.</summary>
    public bool AtNewest { get; set; } = true;

    /// <summary>Where the reader stands; null follows the newest.</summary>
    public Standpoint? Bottom { get; set; }

    /// <summary>The message that keys act on; null when none is chosen.</summary>
    public MessageItem? Chosen { get; set; }

    /// <summary>Messages of others since the reader was last here.</summary>
    public int Unread { get; set; }

    /// <summary>Those of them that name the reader.</summary>
    public int Mentions { get; set; }

    /// <summary>The first of what was new when the reader came; its line stands above.</summary>
    public MessageItem? NewFrom { get; set; }

    /// <summary>The newest message that the reader has seen, as kept over the end of the program.</summary>
    public DateTimeOffset ReadTo { get; set; }

    /// <summary>What was written and not sent.</summary>
    public LineDraft Draft { get; set; } = new("", 0);

    /// <summary>The message that the draft changes or answers; null when it is a message of its own.</summary>
    public (MessageItem Message, bool Edit)? About { get; set; }

    /// <summary>The oldest message that has an id: pages go on before it.</summary>
    public EntryId? OldestId => _items.OfType<MessageItem>().Select(static item => item.Message.Id).FirstOrDefault(static id => id is not null);

    /// <summary>The newest message that has an id: pages go on after it.</summary>
    public EntryId? NewestId => _items.OfType<MessageItem>().Select(static item => item.Message.Id).LastOrDefault(static id => id is not null);

    /// <summary>Takes a message that arrived; false when it, or an older form, was there already, or lies beyond what is held.</summary>
    public bool Arrive(ChatMessage message)
    {
        if (Known(message) is { } item)
        {
            Become(item, message);
            return false;
        }

        if (!AtNewest)
        {
            return true;
        }

        Insert(message.Late ? PlaceOf(message) : _items.Count, new MessageItem(message));
        if (_items.Count > Most && Bottom is not null)
        {
            RemoveRange(Most, _items.Count - Most); // the reader looks at older ones; these come from the store when he comes down
            AtNewest = false;
        }
        else if (_items.Count > Most)
        {
            RemoveRange(0, _items.Count - Most);
            AtOldest = false;
        }

        return true;
    }

    /// <summary>Takes the newer form of a message, if it is held.</summary>
    public void Amend(ChatMessage message)
    {
        if (Known(message) is { } item)
        {
            Become(item, message);
        }
    }

    /// <summary>An own message moved on. Null when it is not held.</summary>
    public MessageItem? Advance(StateChanged change)
    {
        if (!_byNumber.TryGetValue(change.Number, out var item))
        {
            return null;
        }

        Become(item, item.Message with { Id = change.Id ?? item.Message.Id, State = change.State });
        return item;
    }

    /// <summary>Takes a page of the past that ends where what is held begins.</summary>
    public void Prepend(IReadOnlyList<ChatMessage> page, bool more)
    {
        var at = 0;
        foreach (var message in page)
        {
            if (Known(message) is { } item)
            {
                Become(item, message);
                continue;
            }

            Insert(at++, new MessageItem(message));
        }

        AtOldest = !more;
        ForgetRows(at + FarAway, _items.Count);
        if (_items.Count > Most && Bottom is not null)
        {
            RemoveRange(Most, _items.Count - Most);
            AtNewest = false;
        }
    }

    /// <summary>Takes a page that begins where what is held ends.</summary>
    public void Append(IReadOnlyList<ChatMessage> page, bool more)
    {
        foreach (var message in page)
        {
            if (Known(message) is { } item)
            {
                Become(item, message);
                continue;
            }

            Insert(_items.Count, new MessageItem(message));
        }

        AtNewest = !more;
        ForgetRows(0, _items.Count - page.Count - FarAway);
        if (_items.Count > Most)
        {
            RemoveRange(0, _items.Count - Most);
            AtOldest = false;
        }
    }

    /// <summary>Takes the newest page: among what arrived meanwhile, each at its place.</summary>
    public void Merge(IReadOnlyList<ChatMessage> page, bool more)
    {
        foreach (var message in page)
        {
            if (Known(message) is { } item)
            {
                Become(item, message with { Number = item.Message.Number, Late = false });
                continue;
            }

            Insert(PlaceOf(message), new MessageItem(message with { Late = false }));
        }

        AtOldest = !more;
    }

    /// <summary>Forgets what is held, to show another stretch.</summary>
    public void Clear()
    {
        RemoveRange(0, _items.Count);
        (AtOldest, AtNewest, Bottom, Chosen) = (false, true, null, null);
    }

    /// <summary>Adds a note below everything, unless it stands there already.</summary>
    public void Note(NoteItem note)
    {
        var again = _items.Count > 0 && _items[^1] is NoteItem last && !note.Asked && last.IsSameAs(note);
        if (AtNewest && !again)
        {
            _items.Add(note);
        }
    }

    /// <summary>Where an item stands; -1 when it is not held.</summary>
    public int IndexOf(Item item) => _items.LastIndexOf(item);

    /// <summary>The item of an entry, or null.</summary>
    public MessageItem? Find(EntryId id) => _byKey.GetValueOrDefault(id);

    private MessageItem? Known(ChatMessage message) =>
        (message.Id ?? message.LocalId) is { } key && _byKey.TryGetValue(key, out var known) ? known
        : message.Number is { } number && _byNumber.TryGetValue(number, out var own) ? own
        : null;

    private void Become(MessageItem item, ChatMessage message)
    {
        item.Become(message with { Number = message.Number ?? item.Message.Number });
        Index(item);
    }

    // Fixed order is the library's; here it shows in the times, but for those whose clock is doubted.
    private int PlaceOf(ChatMessage message)
    {
        var at = _items.Count;
        while (at > 0 && (_items[at - 1] is NoteItem || _items[at - 1].At > message.At || _items[at - 1] is MessageItem { Message.ClockDoubtful: true }))
        {
            at--;
        }

        return at == 0 || message.ClockDoubtful ? (message.ClockDoubtful ? _items.Count : 0) : at;
    }

    private void ForgetRows(int first, int end)
    {
        for (var i = first; i < end; i++)
        {
            _items[i].Changed();
        }
    }

    private void Insert(int at, MessageItem item)
    {
        _items.Insert(at, item);
        Index(item);
    }

    private void Index(MessageItem item)
    {
        if (item.Key is { } key)
        {
            _byKey[key] = item;
        }

        if (item.Message.Number is { } number)
        {
            _byNumber[number] = item;
        }
    }

    private void RemoveRange(int first, int count)
    {
        foreach (var item in _items.Skip(first).Take(count).OfType<MessageItem>())
        {
            if (item.Key is { } key)
            {
                _byKey.Remove(key);
            }

            if (item.Message.Number is { } number)
            {
                _byNumber.Remove(number);
            }
        }

        _items.RemoveRange(first, count);
    }
}
