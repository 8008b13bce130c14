// Owns: the sealed entries of private rooms, and their commits.
// Must never: keep an opened text of an entry whose body is gone.
using Papo.Protocol;

namespace Papo.Client.Store;

/// <summary>What is particular about entries of private rooms.</summary>
internal sealed class SealedTable(Database database)
{
    private readonly Statement _locked = database.Prepare("SELECT header, signature, body, body_hash, sort FROM entries WHERE room = ?1 AND sealed = 1 ORDER BY sort, device, seq", 1);
    private readonly Statement _open = database.Prepare("UPDATE entries SET sealed = 0, opened = ?2, target = ?3, shown = ?4 WHERE id = ?1 AND sealed = 1", 4);
    private readonly Statement _commits = database.Prepare("SELECT header, signature, body, body_hash FROM entries WHERE room = ?1 AND kind = 7 AND body IS NOT NULL ORDER BY pos LIMIT ?2 OFFSET ?3", 3);
    private readonly Statement _countSince = database.Prepare("SELECT count(*) FROM entries WHERE room = ?1 AND pos > coalesce((SELECT pos FROM entries WHERE id = ?2), 0)", 2);

    /// <summary>Entries of a room whose words are under keys that are not here, in shown order, and where they stand.</summary>
    public IReadOnlyList<(Entry Entry, Hlc Sort)> Locked(SpaceId space, long room, Room name)
    {
        var locked = new List<(Entry, Hlc)>();
        using var reader = _locked.Read(room);
        while (reader.Read())
        {
            if (EntryTable.Signed(reader, space, name) is { } entry)
            {
                locked.Add((entry, new Hlc((ulong)reader.GetInt64(4))));
            }
        }

        return locked;
    }

    /// <summary>Keeps what a locked entry says.</summary>
    public void Open(Entry entry)
    {
        database.Begin();
        _open.Run(entry.Id.ToBytes(), entry.Opened!.Encode(), entry.Extension.Target?.ToBytes(), entry.IsLine ? 1 : 0);
    }

    /// <summary>Commits of a room in the order of their arrival here.</summary>
    public IReadOnlyList<Entry> Commits(SpaceId space, long room, Room name, int most, long skip)
    {
        var commits = new List<Entry>();
        using var reader = _commits.Read(room, most, skip);
        while (reader.Read())
        {
            if (EntryTable.Signed(reader, space, name) is { } entry)
            {
                commits.Add(entry);
            }
        }

        return commits;
    }

    /// <summary>How many entries of a room came after this one.</summary>
    public long CountSince(long room, EntryId entry)
    {
        using var reader = _countSince.Read(room, entry.ToBytes());
        return reader.Read() ? reader.GetInt64(0) : 0;
    }
}
