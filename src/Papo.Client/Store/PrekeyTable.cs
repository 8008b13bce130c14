// Owns: the keys with which this copy of the profile takes secrets, and everybody's device lists.
// Must never: give way to a list with a lower counter.
using Papo.Protocol;

namespace Papo.Client.Store;

/// <summary>A key of this copy. <see cref="ReplacedAt"/> is null for the current one.</summary>
internal sealed record PrekeyRow(ExchangeKeyPair Pair, long MadeAt, long? ReplacedAt);

/// <summary>Prekeys and device lists of a space.</summary>
internal sealed class PrekeyTable(Database database)
{
    private readonly Statement _all = database.Prepare("SELECT secret, made_at, replaced_at FROM prekeys ORDER BY replaced_at = 0 DESC, made_at DESC", 0);
    private readonly Statement _add = database.Prepare("INSERT INTO prekeys (secret, made_at) VALUES (?1, ?2)", 2);
    private readonly Statement _replace = database.Prepare("UPDATE prekeys SET replaced_at = ?1 WHERE replaced_at = 0", 1);
    private readonly Statement _forget = database.Prepare("DELETE FROM prekeys WHERE replaced_at > 0 AND replaced_at < ?1", 1);
    private readonly Statement _clear = database.Prepare("DELETE FROM prekeys", 0);
    private readonly Statement _list = database.Prepare("SELECT list FROM device_lists WHERE account = ?1", 1);
    private readonly Statement _keep = database.Prepare(
        "INSERT INTO device_lists (account, list, counter) VALUES (?1, ?2, ?3) ON CONFLICT (account) DO UPDATE SET list = excluded.list, counter = excluded.counter WHERE excluded.counter > device_lists.counter", 3);

    /// <summary>The current one first.</summary>
    public IReadOnlyList<PrekeyRow> All()
    {
        var rows = new List<PrekeyRow>();
        using var reader = _all.Read();
        while (reader.Read())
        {
            if (ExchangeKeyPair.TryRead(reader.Span(0), out var pair))
            {
                rows.Add(new PrekeyRow(pair, reader.GetInt64(1), reader.GetInt64(2) is > 0 and var at ? at : null));
            }
        }

        return rows;
    }

    /// <summary>Opens the batch: what is read from here on is what the other processes of the profile have left.</summary>
    public void Lock() => database.Begin();

    /// <summary>Makes a key the current one.</summary>
    public void Rotate(ExchangeKeyPair pair, long now)
    {
        database.Begin();
        _replace.Run(now);
        _add.Run(pair.Secret, now);
    }

    /// <summary>Forgets keys that were replaced before a time.</summary>
    public void Forget(long before)
    {
        database.Begin();
        _forget.Run(before);
        database.ScrubAfterCommit();
    }

    /// <summary>Forgets every key: they were those of another copy.</summary>
    public void Clear()
    {
        database.Begin();
        _clear.Run();
        database.ScrubAfterCommit();
    }

    public byte[]? List(AccountId account) => _list.Bytes(account.ToBytes());

    public void Keep(DeviceList list)
    {
        database.Begin();
        _keep.Run(list.Account.ToBytes(), list.Bytes, list.Counter);
    }
}
