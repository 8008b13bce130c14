// Owns: what a cursor means here: the positions of this store's entries, room after room.
// Must never: trust a cursor further than its owner's own store; a cursor of another replica means nothing here.
using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Text;
using Papo.Protocol;

namespace Papo.Client.Engine;

/// <summary>
/// Answers "what came since". A cursor is <c>device (16) ‖ begin (8) ‖ end (8) ‖ at (8) ‖ room (name)</c>: rooms before <c>room</c> have been told up to the
/// end, that one up to <c>at</c>, the others up to the begin. A finished one has no room.
/// </summary>
internal sealed class SyncAnswer(EngineContext context)
{
    private const int MostAtOnce = 2_048;
    private const int Fixed = 16 + 8 + 8 + 8;

    private readonly record struct Cursor(long Begin, long End, long At, string Room);

    public (ReplyStatus Status, bool More) Answer(SyncRequest sync, List<RoomEntries> answer, ReplySpace space, out ReadOnlyMemory<byte> next)
    {
        var top = context.Store.Entries.Top;
        next = Write(new Cursor(top, 0, 0, ""));
        if (context.Options.Hub is null)
        {
            next = default;
            return (ReplyStatus.UnknownOp, false); // positions of a member's store say little: it was away too
        }

        if (sync.Cursor.IsEmpty)
        {
            return (ReplyStatus.Ok, false);
        }

        if (!TryRead(sync.Cursor.Span, out var cursor) || cursor.Begin > top)
        {
            next = default;
            return (ReplyStatus.Gone, false);
        }

        cursor = cursor.Room.Length > 0 ? cursor : cursor with { End = top };
        if (!Collect(sync.Rooms, cursor, answer, space, out var rest))
        {
            next = Write(rest);
            return (ReplyStatus.Ok, true);
        }

        next = Write(new Cursor(cursor.End, 0, 0, ""));
        return (ReplyStatus.Ok, false);
    }

    // False when the answer is full: then the rest says where to go on.
    private bool Collect(IReadOnlyList<Room> rooms, Cursor cursor, List<RoomEntries> answer, ReplySpace space, out Cursor rest)
    {
        var budget = space.Budget;
        rest = cursor;
        foreach (var name in rooms.SkipWhile(room => cursor.Room.Length > 0 && room.Name != cursor.Room))
        {
            if (!context.Rooms.TryGet(name, out var room))
            {
                continue;
            }

            var from = name.Name == cursor.Room ? cursor.At : cursor.Begin;
            while (from < cursor.End)
            {
                var part = context.Store.Entries.Since(context.Self!.Space, room.No, name, from, cursor.End, MostAtOnce).ToList();
                var fitting = part.TakeWhile(item => (budget -= space.Fits(item.Entry) ? PackedEntry.MaxSize(item.Entry) : 0) >= 0).ToList();
                Add(room, fitting, answer);
                if (fitting.Count < part.Count)
                {
                    rest = cursor with { At = fitting.Count > 0 ? fitting[^1].Pos : from, Room = name.Name };
                    return false;
                }

                from = part.Count < MostAtOnce ? cursor.End : part[^1].Pos;
            }
        }

        return true;
    }

    private void Add(RoomState room, List<(long Pos, Entry Entry)> part, List<RoomEntries> answer)
    {
        if (part.Count > 0)
        {
            var births = part.Select(static item => item.Entry.Header.Device).Distinct()
                .SelectMany(device => context.Store.Entries.Range(context.Self!.Space, room.No, room.Room, new EntryRange(device, 0, 0), 2).ToList());
            answer.Add(new RoomEntries(room.Room, [.. births.Concat(part.Select(static item => item.Entry)).DistinctBy(static entry => entry.Id)]));
        }
    }

    private byte[] Write(Cursor cursor)
    {
        var bytes = new byte[Fixed + cursor.Room.Length];
        context.Self!.Device.ToBytes().CopyTo(bytes, 0);
        BinaryPrimitives.WriteInt64BigEndian(bytes.AsSpan(16), cursor.Begin);
        BinaryPrimitives.WriteInt64BigEndian(bytes.AsSpan(24), cursor.End);
        BinaryPrimitives.WriteInt64BigEndian(bytes.AsSpan(32), cursor.At);
        Encoding.ASCII.GetBytes(cursor.Room, bytes.AsSpan(Fixed));
        return bytes;
    }

    private bool TryRead(ReadOnlySpan<byte> bytes, [NotNullWhen(true)] out Cursor cursor)
    {
        cursor = default;
        if (bytes.Length < Fixed || !DeviceId.TryRead(bytes[..16], out var device) || device != context.Self!.Device)
        {
            return false;
        }

        cursor = new Cursor(
            BinaryPrimitives.ReadInt64BigEndian(bytes[16..]), BinaryPrimitives.ReadInt64BigEndian(bytes[24..]), BinaryPrimitives.ReadInt64BigEndian(bytes[32..]), Encoding.ASCII.GetString(bytes[Fixed..]));
        return cursor is { Begin: >= 0, End: >= 0, At: >= 0 };
    }
}
