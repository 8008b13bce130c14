// Owns: how much fits into an answer: frames as large as the protocol and the broker take, and no more of them than the protocol has.
// Must never: send a frame that the broker would refuse, or cut an entry.
using Papo.Protocol;

namespace Papo.Client.Engine;

/// <summary>The space of one answer. Who gathers entries keeps to the budget; where they do not fit into frames for all that, it is tried again with less.</summary>
internal sealed class ReplySpace
{
    private const int Envelope = 512; // topic, properties, signature, cursor, and the name of one room
    private const int SecretSize = 104;
    private readonly int _largest;
    private readonly int _frame;

    public ReplySpace(EngineContext context)
    {
        _largest = (int)Math.Clamp((context.Session.Broker?.MaximumPacketSize ?? int.MaxValue) - (long)Envelope, 0, int.MaxValue);
        _frame = Math.Min(Limits.ReplyFrame - Envelope, _largest);
        Budget = _frame * Limits.ReplyFrames;
    }

    /// <summary>How many bytes of entries to gather.</summary>
    public int Budget { get; private set; }

    /// <summary>How many secrets one frame takes.</summary>
    public int Secrets => Math.Min(Limits.AskedSecrets, _frame / SecretSize);

    /// <summary>How many bytes an answer that cannot be cut may have.</summary>
    public int Whole => _frame;

    /// <summary>Whether an entry can be sent at all: it may be here from a broker that takes more.</summary>
    public bool Fits(Entry entry) => PackedEntry.MaxSize(entry) <= _largest;

    /// <summary>Gather less.</summary>
    public void Shrink() => Budget = Budget / 4 * 3;

    /// <summary>The frames of what was gathered; null where it is too much.</summary>
    public List<List<RoomEntries>>? Cut(List<RoomEntries> answer)
    {
        var frames = new List<List<RoomEntries>> { new() };
        var used = 0;
        foreach (var entries in answer)
        {
            var part = Begin(entries.Room);
            foreach (var entry in entries.Entries.Where(Fits))
            {
                if (used + PackedEntry.MaxSize(entry) > _frame && part.Count + frames[^1].Count > 1)
                {
                    frames.Add([]);
                    used = 0;
                    part = Begin(entries.Room);
                }

                part.Add(entry);
                used += PackedEntry.MaxSize(entry);
            }
        }

        return frames.Count <= Limits.ReplyFrames ? frames : null;

        List<Entry> Begin(Room room)
        {
            var part = new List<Entry>();
            var size = room.Name.Length + 8;
            if (used + size > _frame && frames[^1].Count > 0)
            {
                frames.Add([]);
                used = 0;
            }

            frames[^1].Add(new RoomEntries(room, part));
            used += size;
            return part;
        }
    }
}
