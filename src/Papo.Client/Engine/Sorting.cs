// Owns: where an entry stands among the others of its room: by its author's stamp, or where that is not believable by when it was seen.
// Must never: let a wrong clock put an entry before what was seen of its log already.
using Papo.Protocol;

namespace Papo.Client.Engine;

/// <summary>The order of entries in a room, and whose clocks are doubted.</summary>
internal sealed class Sorting(EngineContext context)
{
    private const int MaxDoubted = 1_000;
    private readonly HashSet<AccountId> _doubted = [];

    /// <summary>The place of an entry that its log has admitted; it counts as the newest seen of that log.</summary>
    public Hlc OfAdmitted(RoomState room, Entry entry) => Sort(room, entry, IsBelowBack(room, entry));

    /// <summary>The place of an entry that is only kept: of the past before a log's base, or of a fork.</summary>
    public Hlc OfKept(RoomState room, Entry entry) => Sort(room, entry, isBelowBack: false);

    // Where the author's stamp is not believable the entry stands where it was first seen, after what was seen before.
    private Hlc Sort(RoomState room, Entry entry, bool isBelowBack)
    {
        if (entry.Header.Hlc.IsPlausibleAt(context.Wall) && !isBelowBack)
        {
            return entry.Header.Hlc;
        }

        if (_doubted.Count < MaxDoubted && _doubted.Add(entry.Header.Account))
        {
            context.Emit(new Noticed(new Notice(NoticeKind.ClockDoubtful, room.Room, context.Roster.NameOf(entry.Header.Account))));
        }

        return context.Clock.Next(context.Wall);
    }

    // An author's clock never goes back within his log; an entry that does is ordered by when it was seen.
    private static bool IsBelowBack(RoomState room, Entry entry)
    {
        var header = entry.Header;
        var known = room.LastStamps.GetValueOrDefault(header.Device);
        if (known.Id != header.Back || header.Hlc > known.Stamp)
        {
            room.LastStamps[header.Device] = (entry.Id, header.Hlc);
            return false;
        }

        room.LastStamps[header.Device] = (entry.Id, known.Stamp);
        return true;
    }
}
