// Owns: what the user found out about accounts by comparing keys.
// Must never: hold what the program concluded by itself.
using Papo.Protocol;

namespace Papo.Client.Store;

/// <summary>What the user said of an account.</summary>
internal enum Verdict
{
    /// <summary>Its key was compared.</summary>
    Verified = 1,

    /// <summary>It is somebody else than the verified one of the same name.</summary>
    Namesake = 2,
}

/// <summary>What the user said of an account under a name, and when (Unix milliseconds).</summary>
internal sealed record VerdictRow(AccountId Account, string Name, Verdict Verdict, long Since);

/// <summary>Verdicts, the oldest first.</summary>
internal sealed class VerdictTable(Database database)
{
    private readonly Statement _all = database.Prepare("SELECT account, name, verdict, since FROM verdicts ORDER BY since, account", 0);
    private readonly Statement _set = database.Prepare(
        "INSERT INTO verdicts (account, name, verdict, since) VALUES (?1, ?2, ?3, ?4) ON CONFLICT (account, name) DO UPDATE SET verdict = excluded.verdict, since = excluded.since", 4);
    private readonly Statement _remove = database.Prepare("DELETE FROM verdicts WHERE account = ?1", 1);

    public IReadOnlyList<VerdictRow> All()
    {
        var all = new List<VerdictRow>();
        using var reader = _all.Read();
        while (reader.Read())
        {
            if (AccountId.TryRead(reader.Span(0), out var account))
            {
                all.Add(new VerdictRow(account, reader.GetString(1), (Verdict)reader.GetInt32(2), reader.GetInt64(3)));
            }
        }

        return all;
    }

    public void Set(VerdictRow row)
    {
        database.Begin();
        _set.Run(row.Account.ToBytes(), row.Name, (long)row.Verdict, row.Since);
    }

    public void Remove(AccountId account)
    {
        database.Begin();
        _remove.Run(account.ToBytes());
    }
}
