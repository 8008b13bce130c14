// Owns: telling authors, as a hub, what of theirs is on the disk here.
// Must never: tell it before the commit.
using Papo.Client.Wire;
using Papo.Protocol;

namespace Papo.Client.Engine;

/// <summary>Gathers what was stored and tells its authors; does nothing in a client that is no hub.</summary>
internal sealed class StoredNotes(EngineContext context)
{
    private const long GatherMilliseconds = 50;
    private const int MaxAuthors = 10_000;
    private const int MostSpare = 1_024; // places; a longer list is not kept
    private const int RoomsANote = 8; // with the most places in each a note stays below 64 KiB
    private readonly Dictionary<(AccountId Account, DeviceId Device), Dictionary<Room, List<StoredPlace>>> _gathered = [];
    private readonly Stack<List<StoredPlace>> _spare = []; // lists told of, to be filled again

    /// <summary>When the gathered places are to be told.</summary>
    public long NextAt { get; private set; } = long.MaxValue;

    /// <summary>An entry of this batch is stored, or was found to be stored already: its author may wait for that.</summary>
    public void Add(Entry entry, bool live)
    {
        var header = entry.Header;
        if (context.Options.Hub is null || (!live && !context.Roster.IsReachable(header.Device)))
        {
            return;
        }

        var author = (header.Account, header.Device);
        if (!_gathered.TryGetValue(author, out var rooms))
        {
            if (_gathered.Count >= MaxAuthors)
            {
                return; // they ask when they hear nothing
            }

            _gathered.Add(author, rooms = []);
        }

        if (!rooms.TryGetValue(entry.Room, out var places))
        {
            rooms.Add(entry.Room, places = _spare.TryPop(out var spare) ? spare : []);
        }

        places.Add(new StoredPlace(header.Seq, entry.Id));
        NextAt = Math.Min(NextAt, context.Now + GatherMilliseconds);
    }

    /// <summary>Tells what has waited long enough, after the commit of what this batch has added to it.</summary>
    public void Tick(long now)
    {
        if (now >= NextAt)
        {
            NextAt = long.MaxValue;
            context.AfterCommit(Tell);
        }
    }

    private void Tell()
    {
        foreach (var (author, rooms) in _gathered)
        {
            var parts = rooms.SelectMany(static room => Parts(room.Value).Select(places => (room.Key, places)));
            foreach (var part in parts.Chunk(RoomsANote))
            {
                var bytes = new StoredNote(context.Self!.Device, part).Sign(context.Self.Space, author.Device, context.Self.DeviceKey);
                context.Publish(new PublishMessage(context.Topics.Inbox(author.Account, author.Device), bytes), null);
            }
        }

        foreach (var places in _gathered.Values.SelectMany(static rooms => rooms.Values).Where(static places => places.Capacity <= MostSpare))
        {
            places.Clear();
            _spare.Push(places);
        }

        _gathered.Clear();
    }

    private static IEnumerable<IReadOnlyList<StoredPlace>> Parts(List<StoredPlace> places) =>
        places.Count <= StoredNote.MaxPlaces ? [places] : places.Chunk(StoredNote.MaxPlaces);
}
