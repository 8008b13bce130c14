// Owns: what this profile knows of private rooms: how they began, their secrets, and who has not heard of them yet.
// Must never: forget a secret while an entry may need it.
using Papo.Protocol;

namespace Papo.Client.Store;

/// <summary>What makes a room private.</summary>
internal sealed record PrivateRow(AccountId? Peer, Genesis? Genesis, AccountId? Inviter, string? Title);

/// <summary>Private rooms of a space.</summary>
internal sealed class PrivateTable(Database database, StoreSecrets secrets)
{
    private readonly Statement _find = database.Prepare("SELECT peer, genesis, inviter, title FROM private_rooms WHERE room = ?1", 1);
    private readonly Statement _add = database.Prepare("INSERT INTO private_rooms (room, peer, genesis, inviter, title) VALUES (?1, ?2, ?3, ?4, ?5) ON CONFLICT DO NOTHING", 5);
    private readonly Statement _title = database.Prepare("UPDATE private_rooms SET title = ?2 WHERE room = ?1", 2);
    private readonly Statement _count = database.Prepare("SELECT count(*) FROM private_rooms", 0);
    private readonly Statement _secrets = database.Prepare("SELECT epoch, secret FROM epochs WHERE room = ?1", 1);
    private readonly Statement _keep = database.Prepare("INSERT INTO epochs (room, epoch, secret) VALUES (?1, ?2, ?3) ON CONFLICT DO NOTHING", 3);
    private readonly Statement _every = database.Prepare("SELECT room, epoch, secret FROM epochs", 0);
    private readonly Statement _change = database.Prepare("UPDATE epochs SET secret = ?3 WHERE room = ?1 AND epoch = ?2", 3);
    private readonly Statement _invites = database.Prepare("SELECT room, account FROM invites", 0);
    private readonly Statement _invite = database.Prepare("INSERT INTO invites (room, account) VALUES (?1, ?2) ON CONFLICT DO NOTHING", 2);
    private readonly Statement _heard = database.Prepare("DELETE FROM invites WHERE room = ?1 AND account = ?2", 2);

    /// <summary>How many there are.</summary>
    public long Count => _count.Number();

    public PrivateRow? Find(long room)
    {
        using var reader = _find.Read(room);
        return reader.Read()
            ? new PrivateRow(Account(reader, 0), !reader.IsDBNull(1) && Genesis.TryRead(reader.Bytes(1), out var genesis) ? genesis : null, Account(reader, 2), reader.IsDBNull(3) ? null : reader.GetString(3))
            : null;
    }

    public void Add(long room, PrivateRow row)
    {
        database.Begin();
        _add.Run(room, row.Peer?.ToBytes(), row.Genesis?.Bytes, row.Inviter?.ToBytes(), row.Title);
    }

    public void SetTitle(long room, string title)
    {
        database.Begin();
        _title.Run(room, title);
    }

    public IReadOnlyList<(EntryId Commit, byte[] Secret)> Secrets(long room)
    {
        var found = new List<(EntryId, byte[])>();
        using var reader = _secrets.Read(room);
        while (reader.Read())
        {
            found.Add((EntryId.TryRead(reader.Span(0), out var commit) ? commit : default, secrets.Open(reader.Span(1))));
        }

        return found;
    }

    public void Keep(long room, EntryId commit, EpochSecret secret)
    {
        database.Begin();
        _keep.Run(room, commit.ToBytes(), secrets.ToKeep(secret.Bytes));
    }

    /// <summary>Writes every secret anew.</summary>
    public void Reseal(StoreSecrets to)
    {
        database.Begin();
        var rows = new List<(long Room, byte[] Epoch, byte[] Secret)>();
        using (var reader = _every.Read())
        {
            while (reader.Read())
            {
                rows.Add((reader.GetInt64(0), reader.Bytes(1), secrets.Open(reader.Span(2))));
            }
        }

        foreach (var row in rows)
        {
            _change.Run(row.Room, row.Epoch, to.ToKeep(row.Secret));
        }
    }

    /// <summary>Accounts that have not said yet that they have heard of a room.</summary>
    public IReadOnlyList<(long Room, AccountId Account)> Invites()
    {
        var invites = new List<(long, AccountId)>();
        using var reader = _invites.Read();
        while (reader.Read())
        {
            invites.Add((reader.GetInt64(0), Account(reader, 1) ?? default));
        }

        return invites;
    }

    public void Invite(long room, AccountId account)
    {
        database.Begin();
        _invite.Run(room, account.ToBytes());
    }

    public void Heard(long room, AccountId account)
    {
        database.Begin();
        _heard.Run(room, account.ToBytes());
    }

    private static AccountId? Account(Rows reader, int column) => !reader.IsDBNull(column) && AccountId.TryRead(reader.Span(column), out var account) ? account : null;
}
