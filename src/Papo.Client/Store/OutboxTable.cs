// Owns: what this profile has said and nobody else is known to hold yet.
// Must never: lose a row before its entry is held elsewhere, or give one row two entries.
using System.Buffers.Binary;
using Papo.Protocol;

namespace Papo.Client.Store;

/// <summary>A row of the outbox. Entry, device and seq are set once it is numbered.</summary>
internal sealed record OutboxRow(long No, int Slot, long Room, EntryKind Kind, EntryExtension Extension, ReadOnlyMemory<byte> Body, long MadeAt, MessageState State, SendProblem? Problem, DeviceId? Device, long? Seq, EntryId? Entry)
{
    /// <summary>The row of the message that this one is about, while that is a draft again and has no entry to name.</summary>
    public long? About { get; init; }
}

/// <summary>The outbox of a space, of all slots of the profile.</summary>
internal sealed class OutboxTable(Database database)
{
    private const int SlotBits = 12;
    private const int TickBits = 8;
    private const string Columns = "no, slot, room, kind, target, action, off, body, made_at, state, problem, device, seq, entry";
    private readonly Statement _add = database.Prepare(
        "INSERT INTO outbox (no, slot, room, kind, target, action, off, body, made_at, state, device, seq, entry) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, 0, ?10, ?11, ?12)", 12);
    private readonly Statement _number = database.Prepare("UPDATE outbox SET device = ?2, seq = ?3, entry = ?4 WHERE no = ?1", 4);
    private readonly Statement _state = database.Prepare("UPDATE outbox SET state = ?2, problem = ?3 WHERE no = ?1", 3);
    private readonly Statement _remove = database.Prepare("DELETE FROM outbox WHERE no = ?1", 1);
    private readonly Statement _redraft = database.Prepare("UPDATE outbox SET device = NULL, seq = NULL, entry = NULL, state = 0, problem = NULL WHERE no = ?1", 1);
    private readonly Statement _await = database.Prepare("UPDATE outbox SET target = ?2 WHERE target = ?1 AND entry IS NULL", 2);
    private readonly Statement _dropBody = database.Prepare("UPDATE outbox SET body = ?2 WHERE entry = ?1", 2);
    private readonly Statement _adopt = database.Prepare("UPDATE outbox SET slot = ?2 WHERE slot = ?1", 2);
    private readonly Statement _slots = database.Prepare("SELECT DISTINCT slot FROM outbox", 0);
    private readonly Statement _ofSlot = database.Prepare($"SELECT {Columns} FROM outbox WHERE slot = ?1 ORDER BY no", 1);
    private readonly Statement _one = database.Prepare($"SELECT {Columns} FROM outbox WHERE no = ?1", 1);
    private readonly Statement _stateOfEntry = database.Prepare("SELECT no, state FROM outbox WHERE entry = ?1", 1);

    private readonly Queue<OutboxRow> _later = [];
    private long _tick;
    private Action? _insertNext;
    private Action? _forgetNext;

    /// <summary>A draft with a number, not stored yet. The number tells time and slot, so that those of several stores and processes do not meet and a draft can move with it.</summary>
    public OutboxRow Draft(int slot, long room, EntryKind kind, EntryExtension extension, ReadOnlyMemory<byte> body, long now)
    {
        _tick = Math.Max(now << TickBits, _tick + 1);
        return new OutboxRow((_tick << SlotBits) | (uint)(slot % (1 << SlotBits)), slot, room, kind, extension, body, now, MessageState.Queued, null, null, null, null);
    }

    /// <summary>Stores a row, numbered or not, with this batch, at the latest before anything else is read or written.</summary>
    public void Add(OutboxRow row, bool lazily = false)
    {
        _tick = Math.Max(_tick, row.No >> SlotBits);
        _later.Enqueue(row);
        database.Later(_insertNext ??= InsertNext, _forgetNext ??= ForgetNext, lazily);
    }

    private void ForgetNext() => _later.Dequeue();

    private void InsertNext()
    {
        var row = _later.Dequeue();
        database.Begin();
        _add.Run(
            row.No, row.Slot, row.Room, (long)row.Kind, row.Extension.Target?.ToBytes() ?? Number(row.About), row.Extension.IsAction ? 1 : 0, row.Extension.Off ? 1 : 0, row.Body, row.MadeAt,
            row.Device?.ToBytes(), row.Seq, row.Entry?.ToBytes());
    }

    public void Number(long no, Entry entry)
    {
        database.Begin();
        _number.Run(no, entry.Header.Device.ToBytes(), entry.Header.Seq, entry.Id.ToBytes());
    }

    public void SetState(long no, MessageState state, SendProblem? problem)
    {
        database.Begin();
        _state.Run(no, (long)state, (long?)problem);
    }

    /// <summary>The broker has it; whoever does not know this any more publishes it again.</summary>
    public void SetSent(long no) => database.Later(() => SetState(no, MessageState.Sent, null), static () => { }, lazily: true);

    public void Remove(long no)
    {
        database.Begin();
        _remove.Run(no);
    }

    /// <summary>Takes away the text of a message that was deleted before anybody was known to hold it.</summary>
    public void DropBody(EntryId entry)
    {
        database.Begin();
        _dropBody.Run(entry.ToBytes(), Array.Empty<byte>());
    }

    /// <summary>Turns a row back into a draft, to go out under another device or in another space.</summary>
    public void Redraft(long no)
    {
        database.Begin();
        _redraft.Run(no);
    }

    /// <summary>Drafts about an entry that is a draft again wait for its next one; see <see cref="OutboxRow.About"/>.</summary>
    public void AwaitEntry(EntryId gone, long no)
    {
        database.Begin();
        _await.Run(gone.ToBytes(), Number(no));
    }

    /// <summary>The message that drafts waited for has its entry.</summary>
    public void GiveEntry(long no, EntryId entry)
    {
        database.Begin();
        _await.Run(Number(no), entry.ToBytes());
    }

    /// <summary>Takes over the rows of a slot whose process is gone.</summary>
    public int Adopt(int from, int to)
    {
        database.Begin();
        return _adopt.Run(from, to);
    }

    /// <summary>Slots that have rows.</summary>
    public IReadOnlyList<int> Slots()
    {
        var slots = new List<int>();
        using var reader = _slots.Read();
        while (reader.Read())
        {
            slots.Add(reader.GetInt32(0));
        }

        return slots;
    }

    public IReadOnlyList<OutboxRow> OfSlot(int slot)
    {
        var rows = new List<OutboxRow>();
        using var reader = _ofSlot.Read(slot);
        while (reader.Read())
        {
            rows.Add(Row(reader));
            _tick = Math.Max(_tick, rows[^1].No >> SlotBits);
        }

        return rows;
    }

    public OutboxRow? Get(long no)
    {
        using var reader = _one.Read(no);
        return reader.Read() ? Row(reader) : null;
    }

    /// <summary>Row and state of an own entry that is still in the outbox, else null: then it is held.</summary>
    public (long No, MessageState State)? StateOf(EntryId entry)
    {
        using var reader = _stateOfEntry.Read(entry.ToBytes());
        return reader.Read() ? (reader.GetInt64(0), (MessageState)reader.GetInt32(1)) : null;
    }

    private static OutboxRow Row(Rows reader) => new(
        reader.GetInt64(0),
        reader.GetInt32(1),
        reader.GetInt64(2),
        (EntryKind)reader.GetInt32(3),
        new EntryExtension { Target = OptionalEntry(reader, 4), IsAction = reader.GetInt64(5) != 0, Off = reader.GetInt64(6) != 0 },
        reader.Bytes(7),
        reader.GetInt64(8),
        (MessageState)reader.GetInt32(9),
        reader.IsDBNull(10) ? null : (SendProblem)reader.GetInt32(10),
        reader.IsDBNull(11) || !DeviceId.TryRead(reader.Span(11), out var device) ? null : device,
        reader.IsDBNull(12) ? null : reader.GetInt64(12),
        OptionalEntry(reader, 13))
    {
        About = reader.IsDBNull(4) || reader.Span(4).Length != sizeof(long) ? null : BinaryPrimitives.ReadInt64BigEndian(reader.Span(4)),
    };

    private static byte[]? Number(long? no)
    {
        if (no is null)
        {
            return null;
        }

        var bytes = new byte[sizeof(long)];
        BinaryPrimitives.WriteInt64BigEndian(bytes, no.Value);
        return bytes;
    }

    private static EntryId? OptionalEntry(Rows reader, int column) =>
        !reader.IsDBNull(column) && EntryId.TryRead(reader.Span(column), out var id) ? id : null;
}
