// Owns: what a world left behind, gathered for judging.
// Must never: gather while something is still on its way.
using Papo.Protocol;
using Papo.Torture.Actors;
using Papo.Torture.Plan;
using Papo.Torture.World;

namespace Papo.Torture.Oracle;

/// <summary>One computer of a member, or the hub (no account, no listing).</summary>
internal sealed record Witnessed(string Name, string? Account, Holdings Holdings, IReadOnlyDictionary<string, IReadOnlyList<ListedLine>> Listings)
{
    /// <summary>Whose computer it is.</summary>
    public string Owner => WorldPlan.PersonOf(Name);

    /// <summary>What he deleted in spaces that he has left.</summary>
    public IReadOnlySet<EntryId> TakenBack { get; init; } = new HashSet<EntryId>();
}

/// <summary>Everything the oracle looks at.</summary>
internal sealed record Evidence(SpaceId Space, bool ClocksJump, IReadOnlyList<Witnessed> Witnesses, IReadOnlyDictionary<string, string> NamesByAccount, Ledger Ledger)
{
    /// <summary>Whether a computer was taken off its account, by any list in any store.</summary>
    public bool IsRemoved(Witnessed witness) => witness.Holdings.Copy is { } copy && Witnesses.Any(other => other.Holdings.Lists.Any(list => list.Removed.Contains(copy)));

    public string NameOf(AccountId account) => NamesByAccount.GetValueOrDefault(account.ToString(), "nobody");
}
