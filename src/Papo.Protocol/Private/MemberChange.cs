// Owns: what one commit changes, and what it knew of when it did.
// Must never: judge; the graph does.
using System.Collections;

namespace Papo.Protocol;

/// <summary>Who came and went, as members and as admins.</summary>
internal sealed record MemberChange(IReadOnlySet<AccountId> Added, IReadOnlySet<AccountId> Dropped, IReadOnlySet<AccountId> Appointed, IReadOnlySet<AccountId> Dismissed)
{
    private static readonly HashSet<AccountId> Nobody = [];

    public MemberChange(HashSet<AccountId> added, HashSet<AccountId> dropped, HashSet<AccountId> appointed, HashSet<AccountId> dismissed)
        : this((IReadOnlySet<AccountId>)added, dropped, appointed, dismissed)
    {
    }

    public static MemberChange None { get; } = new(Nobody, Nobody, Nobody, Nobody);

    public bool IsNone => Added.Count == 0 && Appointed.Count == 0 && !Takes;

    /// <summary>Whether it takes anything from anybody.</summary>
    public bool Takes => Dropped.Count > 0 || Dismissed.Count > 0;

    public static MemberChange Between(Membership before, Commit after) => new(
        [.. after.Members.Where(account => !before.Members.Contains(account))],
        [.. before.Members.Where(account => !after.Members.Contains(account))],
        [.. after.Admins.Where(account => !before.Admins.Contains(account))],
        [.. before.Admins.Where(account => !after.Admins.Contains(account))]);
}

/// <summary>The places, in the list of all commits, of those that a commit follows directly or not.</summary>
internal sealed class Ancestry : IEnumerable<int>
{
    private readonly BitArray _bits;

    private Ancestry(BitArray bits)
    {
        _bits = bits;
        Count = Enumerable.Range(0, bits.Length).Count(at => bits[at]);
    }

    public static Ancestry None { get; } = new(new BitArray(0));

    public int Count { get; }

    public static Ancestry Of(IEnumerable<(int At, Ancestry Ancestors)> parents)
    {
        var all = parents.ToList();
        var bits = new BitArray(all.Select(static parent => parent.At + 1).DefaultIfEmpty(0).Max());
        foreach (var (at, ancestors) in all)
        {
            bits[at] = true;
            foreach (var ancestor in ancestors)
            {
                bits[ancestor] = true;
            }
        }

        return new Ancestry(bits);
    }

    public bool Contains(int at) => at < _bits.Length && _bits[at];

    public IEnumerator<int> GetEnumerator()
    {
        for (var at = 0; at < _bits.Length; at++)
        {
            if (_bits[at])
            {
                yield return at;
            }
        }
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
