// Owns: reading and verifying the entries of a batch side by side, before the loop takes them one by one.
// Must never: change anything, or count an entry as verified by another card than the one its signature was checked with.
using Papo.Client.Wire;
using Papo.Protocol;

namespace Papo.Client.Engine;

/// <summary>
/// A signature costs more to verify than everything else that happens to an entry. The loop waits while the cores share this work: nothing moves
/// meanwhile, so what they look at needs no lock. A lone message is verified where it is taken.
/// </summary>
internal sealed class Checks(EngineContext context)
{
    private const int Few = 4; // waking other threads costs as much as some verifications
    private readonly List<(InboundMessage Message, Room Room)> _live = [];
    private readonly Dictionary<InboundMessage, Entry?> _read = new(ReferenceEqualityComparer.Instance);
    private Entry?[] _entries = []; // beside _live
    private readonly Dictionary<Entry, DeviceId> _verified = new(ReferenceEqualityComparer.Instance);

    /// <summary>Reads and verifies the entries of live messages, as far as the cards of their authors are known.</summary>
    public void Prepare(IReadOnlyCollection<EngineEvent> batch)
    {
        Forget();
        if (batch.Count < Few || context.Self is not { } self)
        {
            return;
        }

        foreach (var happened in batch)
        {
            if (happened is EngineEvent.FromSession { What: SessionEvent.Arrived { Message: var message } } what && what.Owner == context
                && context.TopicOf(message).Room is { } room && IsEntry(room, message))
            {
                _live.Add((message, room));
            }
        }

        if (_live.Count < Few)
        {
            return;
        }

        var entries = _entries.Length < _live.Count ? _entries = new Entry?[_live.Capacity] : _entries;
        Parallel.For(0, _live.Count, at => entries[at] = ReadLive(self.Space, _live[at].Room, _live[at].Message));
        for (var at = 0; at < _live.Count; at++)
        {
            _read[_live[at].Message] = entries[at];
        }

        Verify([.. entries.Take(_live.Count).OfType<Entry>()]);
    }

    /// <summary>Verifies entries that came together in an answer.</summary>
    public void Prepare(IEnumerable<Entry> entries) => Verify([.. entries]);

    /// <summary>What was read and verified goes with its batch.</summary>
    public void Forget()
    {
        Array.Clear(_entries, 0, Math.Min(_live.Count, _entries.Length));
        _live.Clear();
        _read.Clear();
        _verified.Clear();
    }

    /// <summary>The entry in a live message; null when it is none.</summary>
    public Entry? Read(RoomState room, InboundMessage message)
    {
        if (_read.TryGetValue(message, out var read))
        {
            return read;
        }

        return ReadLive(context.Self!.Space, room.Room, message);
    }

    /// <summary>Whether a live message is an entry, as rooms of its kind publish them.</summary>
    public static bool IsEntry(Room room, InboundMessage message) => !message.Retain && (room.IsPrivate || message.Papo is not null);

    private static Entry? ReadLive(SpaceId space, Room room, InboundMessage message) => room.IsPrivate
        ? PackedEntry.TryRead(space, room, message.Payload, out var packed) ? packed : null
        : LiveEntry.TryReadSigned(space, room, message.Papo!.Value, message.Payload, out var entry) ? entry : null;

    /// <summary>Whether the device of this card signed it.</summary>
    public bool Verifies(Entry entry, DeviceCard card) =>
        (_verified.TryGetValue(entry, out var device) && device == card.Device) || entry.Verifies(context.Self!.Space, card);

    private void Verify(List<Entry> entries)
    {
        if (entries.Count < Few)
        {
            return;
        }

        var space = context.Self!.Space;
        var valid = new bool[entries.Count];
        Parallel.For(0, entries.Count, at => valid[at] = context.Roster.TryCard(entries[at].Header.Device, out var card) && entries[at].Verifies(space, card));
        for (var at = 0; at < valid.Length; at++)
        {
            if (valid[at])
            {
                _verified[entries[at]] = entries[at].Header.Device;
            }
        }
    }
}
