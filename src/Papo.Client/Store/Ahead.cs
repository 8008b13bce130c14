// Owns: a slot's own messages from their signature to their place in the store: durable in a file of their own, so that they can leave at once.
// Must never: bring back a message that the store has, or had.
using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using Papo.Protocol;

namespace Papo.Client.Store;

/// <summary>The own messages of one slot that are ahead of the store (docs/decisions/0101).</summary>
internal sealed class Ahead(string folder, int slot) : IDisposable
{
    private const string Prefix = "slot-";
    private const string Suffix = ".ahead";
    private const int Fixed = 3 * sizeof(long);
    private readonly AheadFile _file = new(PathOf(folder, slot));

    /// <summary>Messages of this batch that could go ahead.</summary>
    public int Waiting => _file.Waiting;

    /// <summary>A message of this batch; what the store is given of it waits as two writes.</summary>
    public void Add(OutboxRow row, Entry entry)
    {
        var opened = entry.Opened?.Encode() ?? [];
        var body = entry.Body!.Value;
        var record = new byte[Fixed + (3 * sizeof(int)) + entry.HeaderBytes.Length + entry.Signature.Length + body.Length + opened.Length];
        BinaryPrimitives.WriteInt64BigEndian(record, row.No);
        BinaryPrimitives.WriteInt64BigEndian(record.AsSpan(sizeof(long)), row.Room);
        BinaryPrimitives.WriteInt64BigEndian(record.AsSpan(2 * sizeof(long)), row.MadeAt);
        var rest = Put(record.AsSpan(Fixed), entry.HeaderBytes.Span);
        rest = Put(rest, body.Span);
        rest = Put(rest, opened);
        entry.Signature.Span.CopyTo(rest);
        _file.TryAdd(record);
    }

    /// <summary>Makes them durable; false when they are so only with the batch.</summary>
    public bool TryFlush() => _file.TryFlush();

    /// <summary>The batch was committed: nothing is ahead of it.</summary>
    public void Settled()
    {
        if (Waiting > 0)
        {
            _file.Prepare(); // for the next one: whoever says something goes on talking
        }

        _file.Clear();
    }

    /// <summary>The batch was given up; what was durable stays so.</summary>
    public void Forget() => _file.Forget();

    /// <summary>Gives the store what a process of a slot, which runs no more, had ahead of it.</summary>
    public void Catch(SpaceStore store, SpaceId space, int of)
    {
        var path = PathOf(folder, of);
        var records = AheadFile.Read(path);
        if (records.Count == 0)
        {
            return;
        }

        var rooms = store.Rooms.All().ToDictionary(static room => room.No, static room => room.Room);
        foreach (var record in records)
        {
            // One that the store has may have gone a long way there: it keeps its state, or has left the outbox.
            if (rooms.TryGetValue(BinaryPrimitives.ReadInt64BigEndian(record.Span[sizeof(long)..]), out var room) && TryRead(record, space, room, of, out var row, out var entry)
                && store.Entries.Add(row.Room, entry, entry.Header.Hlc, row.MadeAt))
            {
                store.Outbox.Add(row);
            }
        }

        store.Commit();
        File.Delete(path);
    }

    /// <summary>Slots other than this one whose processes left something.</summary>
    public IEnumerable<int> Others() => Directory.EnumerateFiles(folder, Prefix + "*" + Suffix).Select(SlotOf).Where(other => other >= 0 && other != slot);

    public void Dispose() => _file.Dispose();

    private static string PathOf(string folder, int slot) => Path.Combine(folder, string.Create(CultureInfo.InvariantCulture, $"{Prefix}{slot}{Suffix}"));

    private static int SlotOf(string path) =>
        int.TryParse(Path.GetFileName(path).AsSpan()[Prefix.Length..^Suffix.Length], NumberStyles.None, CultureInfo.InvariantCulture, out var slot) ? slot : -1;

    private static bool TryRead(ReadOnlyMemory<byte> record, SpaceId space, Room room, int slot, [NotNullWhen(true)] out OutboxRow? row, [NotNullWhen(true)] out Entry? entry)
    {
        row = null;
        var rest = record[Fixed..];
        var header = Take(ref rest);
        var body = Take(ref rest);
        var opened = Take(ref rest);
        if (!Entry.TryRead(space, room, header, rest, body, out entry))
        {
            return false;
        }

        entry = SealedContent.TryRead(opened, out var content) ? entry.Open(space, content) : entry;
        row = new OutboxRow(
            BinaryPrimitives.ReadInt64BigEndian(record.Span), slot, BinaryPrimitives.ReadInt64BigEndian(record.Span[sizeof(long)..]), entry.Header.Kind, entry.Extension,
            entry.Said ?? default, BinaryPrimitives.ReadInt64BigEndian(record.Span[(2 * sizeof(long))..]), MessageState.Queued, null, entry.Header.Device, entry.Header.Seq, entry.Id);
        return true;
    }

    private static Span<byte> Put(Span<byte> to, ReadOnlySpan<byte> bytes)
    {
        BinaryPrimitives.WriteInt32BigEndian(to, bytes.Length);
        bytes.CopyTo(to[sizeof(int)..]);
        return to[(sizeof(int) + bytes.Length)..];
    }

    private static ReadOnlyMemory<byte> Take(ref ReadOnlyMemory<byte> from)
    {
        var length = BinaryPrimitives.ReadInt32BigEndian(from.Span);
        var bytes = from.Slice(sizeof(int), length);
        from = from[(sizeof(int) + length)..];
        return bytes;
    }
}
