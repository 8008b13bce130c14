// Owns: single values of a store.
// Must never: hold what belongs into a table of its own.
using Papo.Protocol;

namespace Papo.Client.Store;

/// <summary>Key and number, or key and id.</summary>
internal sealed class MetaTable(Database database)
{
    private readonly Statement _get = database.Prepare("SELECT value FROM meta WHERE key = ?1", 1);
    private readonly Statement _set = database.Prepare("INSERT INTO meta (key, value) VALUES (?1, ?2) ON CONFLICT (key) DO UPDATE SET value = excluded.value", 2);

    public long Number(string key) => _get.Bytes(key) is { } value ? BitConverter.ToInt64(value) : 0;

    public AccountId? Account(string key) => _get.Bytes(key) is { } value && AccountId.TryRead(value, out var account) ? account : null;

    public byte[] Bytes(string key) => _get.Bytes(key) ?? [];

    public void SetBytes(string key, ReadOnlyMemory<byte> value)
    {
        database.Begin();
        _set.Run(key, value);
    }

    public void SetAccount(string key, AccountId account)
    {
        database.Begin();
        _set.Run(key, account.ToBytes());
    }

    public void SetNumber(string key, long value)
    {
        database.Begin();
        _set.Run(key, BitConverter.GetBytes(value));
    }
}
