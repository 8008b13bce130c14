// Owns: whose key the user has compared, whom a name means because of that, and who else bears the name of such a person.
// Must never: verify anybody by itself, or let a stranger have a name under which somebody was verified.
using Papo.Client.Store;
using Papo.Protocol;

namespace Papo.Client.Engine;

/// <summary>Verified people (docs/PROTOCOL.md, Safety numbers).</summary>
internal sealed class Trusted(EngineContext context)
{
    private const long RereadMilliseconds = 2_000; // another process of the profile may have heard a verdict meanwhile
    private readonly Dictionary<AccountId, long> _verified = [];
    private readonly Dictionary<string, AccountId> _owners = [];
    private readonly HashSet<(AccountId Account, string Name)> _namesakes = [];
    private readonly Dictionary<AccountId, AccountId> _claims = []; // who bears the name of whom, and the user does not know it yet
    private IReadOnlyList<VerdictRow> _rows = [];
    private long? _readAt;
    private bool _namesChanged = true;

    /// <summary>Whether the key of an account was compared.</summary>
    public bool IsVerified(AccountId account) => Since(account) is not null;

    /// <summary>Since when it is verified, in Unix milliseconds; null where it is not.</summary>
    public long? Since(AccountId account)
    {
        Reread();
        return _verified.TryGetValue(account, out var since) ? since : null;
    }

    /// <summary>Whom a name means: somebody verified under it goes before whoever was seen first under it.</summary>
    public AccountId? OwnerOf(string name, AccountId? pinned)
    {
        Reread();
        return pinned is { } first && _verified.ContainsKey(first) ? first : _owners.TryGetValue(name, out var owner) ? owner : pinned;
    }

    /// <summary>Somebody is called otherwise than before.</summary>
    public void NamesChanged() => _namesChanged = true;

    /// <summary>Whether this is a verified person whose name somebody else bears too, or that somebody else, and the user has not said yet that he knows.</summary>
    public bool IsContested(AccountId account)
    {
        var claims = Claims();
        return claims.Count > 0 && (claims.ContainsKey(account) || claims.ContainsValue(account));
    }

    /// <summary>Who bears the name of a verified person and is not known to be somebody else.</summary>
    public IEnumerable<AccountId> ClaimsOn(AccountId verified) => Claims().Where(claim => claim.Value == verified).Select(static claim => claim.Key).Order();

    /// <summary>The user has compared the key of an account: it is verified under its name, and who else bears that name is known to be somebody else.</summary>
    public void Verify(AccountId account, string name)
    {
        if (!IsVerified(account) || _rows.All(row => row.Account != account || row.Name != name))
        {
            context.Store.Verdicts.Set(new VerdictRow(account, name, Verdict.Verified, context.Wall));
            Read();
        }

        foreach (var (other, itsName, _) in context.Roster.Namesakes().Where(claim => claim.Owner == account && !_verified.ContainsKey(claim.Account)).ToList())
        {
            context.Store.Verdicts.Set(new VerdictRow(other, itsName, Verdict.Namesake, context.Wall));
        }

        Read();
    }

    /// <summary>The user takes it back. Where somebody else was verified under the name too, it means that one from now on.</summary>
    public void Forget(AccountId account)
    {
        var names = _rows.Where(row => row.Account == account && row.Verdict == Verdict.Verified).Select(static row => row.Name).ToList();
        context.Store.Verdicts.Remove(account);
        Read();
        foreach (var name in names.Where(_owners.ContainsKey))
        {
            context.Store.Verdicts.Set(new VerdictRow(account, name, Verdict.Namesake, context.Wall));
        }

        Read();
    }

    private Dictionary<AccountId, AccountId> Claims()
    {
        Reread();
        if (!_namesChanged)
        {
            return _claims;
        }

        _namesChanged = false;
        _claims.Clear();
        foreach (var (account, name, owner) in _verified.Count == 0 ? [] : context.Roster.Namesakes())
        {
            if (_verified.ContainsKey(owner) && !_verified.ContainsKey(account) && !_namesakes.Contains((account, name)) && account != context.Self?.Account)
            {
                _claims[account] = owner;
            }
        }

        return _claims;
    }

    private void Reread()
    {
        if (context.Options.Hub is null && !(context.Now - _readAt < RereadMilliseconds)) // nobody compares keys at a hub
        {
            Read();
        }
    }

    private void Read()
    {
        var isFirst = _readAt is null;
        _readAt = context.Now;
        var rows = context.Store.Verdicts.All();
        if (rows.SequenceEqual(_rows))
        {
            return;
        }

        var changed = rows.Except(_rows).Concat(_rows.Except(rows)).Select(static row => row.Account).Distinct().ToList();
        _rows = rows;
        _verified.Clear();
        _owners.Clear();
        _namesakes.Clear();
        foreach (var row in rows)
        {
            if (row.Verdict == Verdict.Namesake)
            {
                _namesakes.Add((row.Account, row.Name));
                continue;
            }

            _verified.TryAdd(row.Account, row.Since);
            _owners.TryAdd(row.Name, row.Account);
        }

        _namesChanged = true;
        if (!isFirst)
        {
            Tell(changed);
        }
    }

    // Names and badges on the screen are those of before.
    private void Tell(List<AccountId> changed)
    {
        context.Epochs.ShowNames();
        foreach (var account in changed)
        {
            context.EmitDurable(new PersonChanged(context.Roster.PersonOf(account), PersonEvent.Updated));
        }
    }
}
