// Owns: the verdict over the private rooms of a world that has come to rest: who may read reads, and nobody else has words or keys.
// Must never: call somebody entitled for being a member at the end; what counts is for whom an entry was sealed.
using Papo.Protocol;

namespace Papo.Torture.Oracle;

/// <summary>Collects violations in private rooms.</summary>
internal sealed class PrivateJudge(Evidence evidence)
{
    private readonly PrivateRooms _rooms = new([.. evidence.Witnesses.Select(static witness => witness.Holdings)], evidence.Space);
    private readonly List<string> _violations = [];

    /// <param name="evidence">What is left.</param>
    /// <param name="wasTakenBack">Whether what somebody said need be nowhere (<see cref="Judge"/>).</param>
    public static IReadOnlyList<string> Violations(Evidence evidence, Func<World.Utterance, bool> wasTakenBack)
    {
        var judge = new PrivateJudge(evidence);
        foreach (var witness in evidence.Witnesses)
        {
            judge.NothingTooMuch(witness);
            if (AccountId.TryParse(witness.Account, out var account) && witness.Holdings.Copy is { } copy)
            {
                judge.NothingAfterwards(witness, account, copy);
            }
        }

        foreach (var room in judge._rooms.Names)
        {
            judge.Everything(room, wasTakenBack);
            judge.OneOrder(room);
        }

        return judge._violations;
    }

    private void NothingTooMuch(Witnessed witness)
    {
        AccountId? account = AccountId.TryParse(witness.Account, out var id) ? id : null;
        _violations.AddRange(witness.Holdings.Secrets.Where(commit => account is not { } self || !_rooms.MayHave(self, commit))
            .Select(commit => $"{witness.Name}: has the secret of epoch {commit} that was not made for {witness.Name}"));
        foreach (var held in witness.Holdings.Entries.Where(static held => held is { IsPrivate: true, Text: not null, Entry.IsSealed: true }))
        {
            if (account is not { } self || (held.Entry!.Header.Account != self && !_rooms.IsFor(self, held)))
            {
                _violations.Add($"{witness.Name}: reads “{held.Text}” in {held.Room} that was sealed without {witness.Name}");
            }
        }

        var lines = witness.Holdings.Entries.Where(static held => held is { IsPrivate: true, Entry.IsSealed: true, Text: not null });
        foreach (var twice in lines.Where(static held => held.Entry!.Header.Kind == EntryKind.Text).GroupBy(static held => held.Text).Where(static group => group.Count() > 1))
        {
            _violations.Add($"{witness.Name}: “{twice.Key}” stands {twice.Count()} times in {twice.First().Room}");
        }
    }

    // Of what follows its removal a linked copy has nothing; nor of what its owner said at the other computer once that had taken it off.
    private void NothingAfterwards(Witnessed linked, AccountId account, CopyId copy)
    {
        foreach (var node in _rooms.Without(account, copy))
        {
            if (node.Commit.Wraps.Any(wrap => wrap.Account == account && wrap.Copy == copy))
            {
                _violations.Add($"{evidence.NameOf(node.Author)}: made epoch {node.Id} for {linked.Name}, which was off the account");
            }

            if (linked.Holdings.Secrets.Contains(node.Id))
            {
                _violations.Add($"{linked.Name}: has the secret of epoch {node.Id}, which follows its removal");
            }
        }

        var after = evidence.Ledger.All.Where(utterance => utterance.IsAfterRemoval && utterance.Author == linked.Owner && utterance.Room[0] == '~').Select(static utterance => utterance.Text).ToHashSet();
        _violations.AddRange(linked.Holdings.Entries.Where(held => held is { IsPrivate: true, Text: { Length: > 0 } text } && after.Contains(text))
            .Select(held => $"{linked.Name}: reads “{held.Text}” in {held.Room}, which was said when it was off the account"));
    }

    // That everybody reads what is there was demanded for the rest. Here: what was taken is there, and nothing else.
    private void Everything(string room, Func<World.Utterance, bool> wasTakenBack)
    {
        var said = evidence.Ledger.All.Where(utterance => utterance.Room == room).ToList();
        var there = _rooms.Sealed(room);
        foreach (var held in there.Where(held => held.Text is not null && !said.Exists(utterance => Is(utterance, held))))
        {
            _violations.Add($"nobody said “{held.Text}” ({held.Entry!.Header.Kind} of {evidence.NameOf(held.Entry.Header.Account)} in {room}, {held.Id})");
        }

        var all = evidence.Witnesses.SelectMany(static witness => witness.Holdings.Entries).Where(held => held.Room == room).DistinctBy(static held => held.Id).ToList();
        foreach (var held in there.Where(held => _rooms.Members(room).Contains(held.Entry!.Header.Account) && _rooms.IsUnderReplaced(held, all)))
        {
            _violations.Add($"{evidence.NameOf(held.Entry!.Header.Account)}: sealed “{held.Text}” in {room} for whom it had removed");
        }

        var members = _rooms.Members(room).Select(account => evidence.NameOf(account)).ToHashSet();
        var off = evidence.Witnesses.Where(evidence.IsRemoved).Select(static removed => removed.Name).ToHashSet();
        foreach (var utterance in said.Where(utterance => utterance is { WasTaken: true, Kind: not EntryKind.Delete } && members.Count > 1 && members.Contains(utterance.Author) && !off.Contains(utterance.Who) && !wasTakenBack(utterance)))
        {
            if (!there.Any(held => held.Id == evidence.Ledger.IdOf(utterance) || Is(utterance, held)))
            {
                _violations.Add($"nobody has “{utterance.Text}” ({utterance.Kind}) that {utterance.Who} said in {room} and had a receipt for");
            }
        }
    }

    private bool Is(World.Utterance utterance, HeldEntry held) =>
        utterance.Text == held.Text && utterance.Kind == held.Entry!.Header.Kind && utterance.Author == evidence.NameOf(held.Entry.Header.Account);

    // What two may read both list, in one order.
    private void OneOrder(string room)
    {
        var texts = _rooms.Sealed(room).Where(static held => held.Entry!.Header.Kind == EntryKind.Text).ToDictionary(static held => held.Id.ToString());
        var doubtful = evidence.Witnesses.SelectMany(static witness => witness.Holdings.Entries).Where(static held => held.Entry is { } entry && held.Sort != entry.Header.Hlc).Select(static held => held.Id.ToString()).ToHashSet();
        var members = evidence.Witnesses.Where(witness => AccountId.TryParse(witness.Account, out var account) && _rooms.Members(room).Contains(account) && witness.Listings.ContainsKey(room) && !evidence.IsRemoved(witness)).ToList();
        foreach (var other in members.Skip(1))
        {
            var (left, right) = (Listed(members[0], other), Listed(other, members[0]));
            if (!left.SequenceEqual(right))
            {
                _violations.Add($"{other.Name}: lists {right.Count} messages of {room} that {members[0].Name} may read too, {members[0].Name} {left.Count}, or in another order");
            }
        }

        List<string> Listed(Witnessed witness, Witnessed other) => [.. witness.Listings[room].Select(static line => line.Id!)
            .Where(id => !doubtful.Contains(id) && texts.TryGetValue(id, out var text) && MayRead(witness, text) && MayRead(other, text))];
    }

    private bool MayRead(Witnessed witness, HeldEntry held) => AccountId.TryParse(witness.Account, out var account) && _rooms.IsFor(account, held);
}
