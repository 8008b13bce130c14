// Owns: the links by which this profile lets people into private rooms, and who came by them.
// Must never: let one link be used by two accounts.
using Papo.Protocol;

namespace Papo.Client.Store;

/// <summary>One link. <see cref="Until"/> in Unix milliseconds; <see cref="UsedBy"/> is null while it is unused.</summary>
internal sealed record RoomLinkRow(LinkToken Token, long Room, long Until, AccountId? UsedBy);

/// <summary>Links into the private rooms of a space.</summary>
internal sealed class RoomLinkTable(Database database)
{
    private readonly Statement _all = database.Prepare("SELECT token, room, until, used_by FROM room_links ORDER BY until, id", 0);
    private readonly Statement _add = database.Prepare("INSERT INTO room_links (id, token, room, until) VALUES (?1, ?2, ?3, ?4)", 4);
    private readonly Statement _use = database.Prepare("UPDATE room_links SET used_by = ?2 WHERE id = ?1 AND used_by IS NULL", 2);
    private readonly Statement _remove = database.Prepare("DELETE FROM room_links WHERE id = ?1", 1);
    private readonly Statement _forget = database.Prepare("DELETE FROM room_links WHERE until < ?1", 1);

    /// <summary>Opens the batch: what is read from here on is what the other processes of the profile have left.</summary>
    public void Lock() => database.Begin();

    /// <summary>Every link, the first to end first.</summary>
    public IReadOnlyList<RoomLinkRow> All()
    {
        var rows = new List<RoomLinkRow>();
        using var reader = _all.Read();
        while (reader.Read())
        {
            if (LinkToken.TryRead(reader.Span(0), out var token))
            {
                rows.Add(new RoomLinkRow(token, reader.GetInt64(1), reader.GetInt64(2), !reader.IsDBNull(3) && AccountId.TryRead(reader.Span(3), out var account) ? account : null));
            }
        }

        return rows;
    }

    public void Add(RoomLinkRow row)
    {
        database.Begin();
        _add.Run(row.Token.Id.ToBytes(), row.Token.Secret, row.Room, row.Until);
    }

    public void Use(TokenId id, AccountId account)
    {
        database.Begin();
        _use.Run(id.ToBytes(), account.ToBytes());
    }

    public void Remove(TokenId id)
    {
        database.Begin();
        _remove.Run(id.ToBytes());
    }

    /// <summary>Forgets links that ended before a time.</summary>
    public void Forget(long before)
    {
        database.Begin();
        _forget.Run(before);
    }
}
