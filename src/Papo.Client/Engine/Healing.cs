// Owns: getting what is missing: whom to ask for which holes, when, and when to leave somebody alone.
// Must never: ask two devices for the same hole at a time, or hammer one that has nothing.
using Papo.Protocol;

namespace Papo.Client.Engine;

/// <summary>Healing of all rooms (docs/PROTOCOL.md, Gaps and healing).</summary>
internal sealed class Healing(EngineContext context)
{
    /// <summary>How long an entry may overtake another before that counts as missing, in milliseconds.</summary>
    public const long ReorderMilliseconds = 300;

    private const long FirstBackOff = 10_000;
    private const long LongestBackOff = 600_000;
    private const long LargestClaim = 100_000;
    private const int BirthsAtATime = 16;
    private const int BirthTries = 3;
    private const int RangeSize = 36;
    private readonly Dictionary<Room, Wounds> _wounds = [];

    private sealed class Wounds
    {
        // When to begin asking; null while nothing is missing.
        public long? HealAt { get; set; }

        public Dictionary<DeviceId, IReadOnlyList<EntryRange>> Asking { get; } = [];

        public Dictionary<DeviceId, (long Until, long Step)> BackOff { get; } = [];

        // Heads that others named above what is here: hints until their entries come.
        public Dictionary<DeviceId, (long Seq, DeviceCard Source)> Claims { get; } = [];

        // Logs whose entry 0 is not here, and how often it was asked for in vain.
        public Dictionary<DeviceId, int> Births { get; } = [];
    }

    /// <summary>When something is to be done next.</summary>
    public long NextAt { get; private set; } = long.MaxValue;

    /// <summary>Something of a room came or a hole opened.</summary>
    public void Changed(RoomState room)
    {
        var wounds = Of(room);
        if (Missing(room) == 0 && wounds.Births.Count == 0)
        {
            wounds.HealAt = null;
        }
        else
        {
            // After a connection came up the holes are real: what could overtake has been delivered.
            wounds.HealAt ??= context.Now + (room.Stage == CatchUpStage.Done ? ReorderMilliseconds : 0);
            NextAt = Math.Min(NextAt, wounds.HealAt.Value);
        }

        if (room.ToldMissing > 0)
        {
            TellMissing(room);
        }
    }

    /// <summary>How many entries of a room are known to be missing.</summary>
    public long Missing(RoomState room)
    {
        var claimed = 0L;
        foreach (var (device, claim) in Of(room).Claims)
        {
            claimed += room.Book.TryGet(device, out var log) ? Math.Max(0, claim.Seq - log.Newest) : 1;
        }

        return room.Book.Missing + claimed;
    }

    /// <summary>Nothing is missing, or nobody who could help is left to ask.</summary>
    public bool IsQuiet(RoomState room)
    {
        var wounds = Of(room);
        return wounds.Asking.Count == 0 && (Missing(room) == 0 || Sources(room, wounds).Count == 0);
    }

    /// <summary>A device without its birth here: its card and the begin of its log are wanted.</summary>
    public void WantBirth(RoomState room, DeviceId device)
    {
        var births = Of(room).Births;
        if (births.Count < Limits.LogsPerRoom && births.TryAdd(device, 0))
        {
            Changed(room);
        }
    }

    /// <summary>Of logs that an earlier run met in the middle the begin may still be wanted.</summary>
    public void WantBirths(RoomState room)
    {
        foreach (var log in room.Book.Logs.Where(log => log.Base > 0 && context.Store.Entries.IdsAt(room.No, log.Device, 0).Count == 0))
        {
            WantBirth(room, log.Device);
        }
    }

    /// <summary>What named that device proved nothing: its birth is wanted no longer, unless a log here needs it.</summary>
    public void ForgetBirth(Room name, DeviceId device)
    {
        if (context.Rooms.TryGet(name, out var room) && !room.Book.TryGet(device, out _) && Of(room).Births.Remove(device))
        {
            Changed(room);
        }
    }

    /// <summary>A beacon named a head that is not here.</summary>
    public void Claimed(RoomState room, Head head, DeviceCard source)
    {
        var wounds = Of(room);
        if (IsBackedOff(wounds, source.Device) || (wounds.Claims.TryGetValue(head.Device, out var known) && known.Seq >= head.Seq))
        {
            return;
        }

        var newest = room.Book.TryGet(head.Device, out var log) ? log.Newest : -1;
        if (log?.ClosedAt is not null || head.Seq <= newest || head.Seq - newest > LargestClaim)
        {
            return;
        }

        wounds.Claims[head.Device] = (head.Seq, source);
        wounds.HealAt ??= context.Now;
        NextAt = Math.Min(NextAt, context.Now);
    }

    /// <summary>Whether a device was asked in vain lately.</summary>
    public bool IsBackedOff(RoomState room, DeviceId device) => IsBackedOff(Of(room), device);

    /// <summary>Counts a round that brought nothing, or forgets such rounds.</summary>
    public void Rate(RoomState room, DeviceId peer, bool fruitful)
    {
        var wounds = Of(room);
        if (fruitful)
        {
            wounds.BackOff.Remove(peer);
            return;
        }

        var step = wounds.BackOff.TryGetValue(peer, out var last) ? Math.Min(last.Step * 2, LongestBackOff) : FirstBackOff;
        wounds.BackOff[peer] = (context.Now + step, step);
    }

    /// <summary>Somebody came: he may have what nobody else had.</summary>
    public void PeerCame()
    {
        foreach (var room in context.Rooms.Joined.Where(room => Of(room).HealAt is not null))
        {
            Of(room).HealAt = context.Now;
            NextAt = Math.Min(NextAt, context.Now);
        }
    }

    /// <summary>Who is in the room has changed: what was asked for in vain before may be given now.</summary>
    public void Again(RoomState room)
    {
        var wounds = Of(room);
        wounds.BackOff.Clear();
        if (wounds.HealAt is not null)
        {
            wounds.HealAt = context.Now;
            NextAt = Math.Min(NextAt, context.Now);
        }
    }

    /// <summary>The connection ended: nothing is being asked, and everybody may be asked again.</summary>
    public void Reset()
    {
        foreach (var wounds in _wounds.Values)
        {
            wounds.Asking.Clear();
            wounds.BackOff.Clear();
            wounds.Claims.Clear();
            wounds.HealAt = null;
        }
    }

    /// <summary>Asks where the time for it has come.</summary>
    public void Tick(long now)
    {
        if (now < NextAt || !context.IsUp)
        {
            NextAt = context.IsUp ? NextAt : long.MaxValue;
            return;
        }

        NextAt = long.MaxValue;
        foreach (var room in context.Rooms.Joined)
        {
            var wounds = Of(room);
            if (wounds.HealAt is not { } at)
            {
                continue;
            }

            if (at > now)
            {
                NextAt = Math.Min(NextAt, at);
                continue;
            }

            TellMissing(room);
            Plan(room, wounds);
        }
    }

    // A question has to get through the broker too.
    private int MostRanges => (int)Math.Clamp(Drafts.MostBytes(context) / RangeSize, 1, Limits.Ranges);

    private static bool MayAsk(Wounds wounds, long now, DeviceId peer) => !wounds.BackOff.TryGetValue(peer, out var rest) || rest.Until <= now;

    private Wounds Of(RoomState room)
    {
        if (!_wounds.TryGetValue(room.Room, out var wounds))
        {
            _wounds.Add(room.Room, wounds = new Wounds());
        }

        return wounds;
    }

    private bool IsBackedOff(Wounds wounds, DeviceId device) => !MayAsk(wounds, context.Now, device);

    private void TellMissing(RoomState room)
    {
        var missing = (int)Math.Min(int.MaxValue, Missing(room));
        if (missing != room.ToldMissing)
        {
            room.ToldMissing = missing;
            context.Emit(new MissingChanged(room.Room, missing));
        }
    }

    // Whoever named a head a moment ago is there, also a command that comes and goes without a presence.
    private List<DeviceCard> Sources(RoomState room, Wounds wounds) =>
    [
        .. context.Roster.Reachable(room.Room).Concat(wounds.Claims.Values.Select(static claim => claim.Source)).DistinctBy(static card => card.Device)
            .Where(card => MayAsk(wounds, context.Now, card.Device)),
    ];

    private void Plan(RoomState room, Wounds wounds)
    {
        var sources = Sources(room, wounds);
        var free = sources.Where(card => !wounds.Asking.ContainsKey(card.Device)).ToList();
        var wanted = Wanted(room, wounds).Take(MostRanges).ToList();
        if (wanted.Count == 0 && wounds.Asking.Count == 0)
        {
            wounds.HealAt = Missing(room) == 0 && wounds.Births.Count == 0 ? null : wounds.HealAt;
            return;
        }

        if (free.Count > 0)
        {
            foreach (var group in wanted.GroupBy(range => SourceFor(range, wounds, free)))
            {
                AskFor(room, wounds, group.Key, [.. group]);
            }
        }

        ComeBack(wounds);
    }

    // The author knows his own log best; then whoever named the head; then anybody.
    private DeviceCard SourceFor(EntryRange range, Wounds wounds, List<DeviceCard> free) =>
        free.Find(card => card.Device == range.Device)
        ?? (wounds.Claims.TryGetValue(range.Device, out var claim) ? free.Find(card => card.Device == claim.Source.Device) : null)
        ?? free[(int)(context.Chance() * free.Count)];

    private static IEnumerable<EntryRange> Wanted(RoomState room, Wounds wounds)
    {
        var asked = wounds.Asking.Values.SelectMany(static ranges => ranges).ToHashSet();
        // Anybody can name devices that do not exist: their births take a part of a question, never all of it.
        var births = wounds.Births.Keys.Take(BirthsAtATime).Select(static device => new EntryRange(device, 0, 0));
        var claims = wounds.Claims.Select(pair => new EntryRange(pair.Key, room.Book.TryGet(pair.Key, out var log) ? log.Newest + 1 : pair.Value.Seq, pair.Value.Seq));
        return births.Concat(room.Book.Holes()).Concat(claims)
            .Where(range => range.From <= range.To && !asked.Any(other => other.Device == range.Device && other.From <= range.To && range.From <= other.To));
    }

    private void AskFor(RoomState room, Wounds wounds, DeviceCard peer, IReadOnlyList<EntryRange> ranges)
    {
        // Who has nothing of devices that may not exist is no worse for it; what is wanted of them may be forgotten before the answer comes.
        var birthsOnly = ranges.All(range => wounds.Births.ContainsKey(range.Device) && !room.Book.TryGet(range.Device, out _));
        wounds.Asking[peer.Device] = ranges;
        context.Asking.Ask(peer, new GetRequest(room.Room, ranges), (outcome, _) => Answered(room, wounds, peer, ranges, outcome, birthsOnly));
    }

    private void Answered(RoomState room, Wounds wounds, DeviceCard peer, IReadOnlyList<EntryRange> ranges, AskOutcome outcome, bool birthsOnly)
    {
        wounds.Asking.Remove(peer.Device);
        if (outcome.Fresh > 0 || !birthsOnly)
        {
            Rate(room, peer.Device, outcome.Fresh > 0);
        }

        JudgeBirths(room, wounds, ranges);
        JudgeClaims(room, wounds, peer, outcome);
        wounds.HealAt = context.Now;
        NextAt = Math.Min(NextAt, context.Now);
        Changed(room);
        context.CatchingUp.Check(room);
    }

    // Three tries are enough for a device that may not exist. A log that is here has begun, and without its begin nobody knows what of it is missing.
    private void JudgeBirths(RoomState room, Wounds wounds, IReadOnlyList<EntryRange> ranges)
    {
        foreach (var device in ranges.Select(static range => range.Device).Distinct())
        {
            var mayNotExist = !room.Book.TryGet(device, out _);
            if (wounds.Births.TryGetValue(device, out var tries) && ((mayNotExist && tries + 1 >= BirthTries) || context.Store.Entries.IdsAt(room.No, device, 0).Count > 0))
            {
                wounds.Births.Remove(device);
            }
            else if (wounds.Births.ContainsKey(device))
            {
                wounds.Births[device] = tries + 1;
            }
        }
    }

    // A head that was only named is a hint: it is dropped when it was reached, and when whoever named it cannot show it or has gone.
    private void JudgeClaims(RoomState room, Wounds wounds, DeviceCard peer, AskOutcome outcome)
    {
        foreach (var (device, claim) in wounds.Claims.ToList())
        {
            var reached = room.Book.TryGet(device, out var log) && log.Newest >= claim.Seq;
            var inVain = outcome.Fresh == 0 && (claim.Source.Device == peer.Device || !context.Roster.IsReachable(claim.Source.Device));
            if (reached || inVain)
            {
                wounds.Claims.Remove(device);
            }
        }
    }

    // Nobody to ask now: come back when the first back-off ends.
    private void ComeBack(Wounds wounds)
    {
        if (wounds.Asking.Count > 0)
        {
            return;
        }

        var rested = wounds.BackOff.Count == 0 ? long.MaxValue : wounds.BackOff.Values.Min(static rest => rest.Until);
        wounds.HealAt = Math.Clamp(rested, context.Now + 1_000, context.Now + FirstBackOff);
        NextAt = Math.Min(NextAt, wounds.HealAt.Value);
    }
}
