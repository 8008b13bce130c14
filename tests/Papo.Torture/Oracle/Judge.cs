// Owns: the verdict over a world that has come to rest.
// Must never: take the client's word for what its store can show.
using Papo.Protocol;
using Papo.Torture.Actors;
using Papo.Torture.Plan;
using Papo.Torture.World;

namespace Papo.Torture.Oracle;

/// <summary>Collects violations: what, and of whom.</summary>
internal sealed class Judge(Evidence evidence)
{
    private readonly List<string> _violations = [];

    public static IReadOnlyList<string> Violations(Evidence evidence)
    {
        var judge = new Judge(evidence);
        foreach (var witness in evidence.Witnesses)
        {
            judge.Signatures(witness);
            judge.Chains(witness);
            judge.NothingElse(witness);
            judge.Listings(witness);
        }

        foreach (var witness in evidence.Witnesses.Where(witness => !evidence.IsRemoved(witness)))
        {
            judge.Everything(witness);
        }

        judge.HeldMeansHeld();
        judge.OneOrder();
        return [.. judge._violations, .. CopiesJudge.Violations(evidence), .. PrivateJudge.Violations(evidence, judge.WasTakenBack)];
    }

    private void Signatures(Witnessed witness)
    {
        foreach (var held in witness.Holdings.Entries.Where(static held => held.Guest is null))
        {
            if (held.Entry is not { } entry || entry.Id != held.Id)
            {
                Say(witness, $"entry {held.Id} of #{held.Room} is not what its id says");
                continue;
            }

            var birth = witness.Holdings.Entries.FirstOrDefault(other => other.Room == held.Room && other.Entry?.Header is { Seq: 0 } header && header.Device == entry.Header.Device)?.Entry;
            var card = birth is not null && birth.TryReadCard(evidence.Space, out var inside) ? inside : witness.Holdings.Cards.GetValueOrDefault(entry.Header.Device);
            if (card is null || !entry.Verifies(evidence.Space, card))
            {
                Say(witness, $"entry {held.Id} of #{held.Room} (“{held.Text}”) was not signed by its author");
            }
        }
    }

    private void Chains(Witnessed witness)
    {
        foreach (var log in witness.Holdings.Entries.Where(static held => held is { Entry: not null, IsPrivate: false }).GroupBy(static held => (held.Room, held.Entry!.Header.Device)))
        {
            var entries = log.Select(static held => held.Entry!).OrderBy(static entry => entry.Header.Seq).ToList();
            var author = evidence.NameOf(entries[0].Header.Account);
            Entry? before = null;
            foreach (var entry in entries)
            {
                var (header, due) = (entry.Header, before is null ? 0 : before.Header.Seq + 1);
                var isPast = evidence.IsRemoved(witness) && witness.Holdings.Begun.Contains(log.Key); // who was taken off looked at no past any more
                if (header.Seq != due && !isPast && !WentWithItsComputer(log.Key.Room, header.Device, due, header.Seq))
                {
                    Say(witness, $"{author}'s log in #{log.Key.Room} has {header.Seq} where {due} should stand");
                    break;
                }

                if (header.Seq == due && before is not null && header.Back != before.Id)
                {
                    Say(witness, $"{author}'s log in #{log.Key.Room} is not chained at {due}");
                }

                before = entry;
            }
        }
    }

    // Nobody asks a computer that was taken off its account: what nobody else had got of it by then may be gone (PROTOCOL 21.1).
    private bool WentWithItsComputer(string room, DeviceId device, long from, long before) =>
        evidence.Witnesses.Any(witness => evidence.IsRemoved(witness) && witness.Holdings.CopyOf(device) == witness.Holdings.Copy)
        && !evidence.Witnesses.Any(witness => !evidence.IsRemoved(witness)
            && witness.Holdings.Entries.Any(held => held.Room == room && held.Entry is { Header: var header } && header.Device == device && header.Seq >= from && header.Seq < before));

    private void NothingElse(Witnessed witness)
    {
        var said = evidence.Ledger.All.ToLookup(static utterance => (utterance.Author, utterance.Room, utterance.Kind));
        var seen = new HashSet<(string, EntryKind, string?, EntryId?)>();
        foreach (var held in witness.Holdings.Entries)
        {
            if (held.Entry is not { } entry || held.IsPrivate)
            {
                continue; // guests' lines are judged as they are listed
            }

            var (kind, author, target) = (entry.Header.Kind, evidence.NameOf(entry.Header.Account), entry.Header.Extension.Target);
            if (kind is EntryKind.Card or EntryKind.Guest)
            {
                continue;
            }

            var isKnown = said[(author, held.Room, kind)].Any(utterance => (held.Text is null || utterance.Text == held.Text) && (evidence.Ledger.Now(utterance.Target) == evidence.Ledger.Now(target) || (target is null && LostItsTarget(utterance))));
            if (!isKnown)
            {
                Say(witness, $"nobody said “{held.Text}” ({kind} of {author} in #{held.Room}, {held.Id})");
            }
            else if (kind is EntryKind.Text or EntryKind.Edit && held.Text is not null && !seen.Add((author, kind, held.Text, target)))
            {
                Say(witness, $"“{held.Text}” of {author} stands twice in #{held.Room}");
            }
        }
    }

    private void Everything(Witnessed witness)
    {
        var off = evidence.Witnesses.Where(evidence.IsRemoved).Select(static removed => removed.Name).ToHashSet(); // what was still to go out from there need not
        var byId = witness.Holdings.Entries.ToLookup(static held => held.Id);
        var byText = witness.Holdings.Entries.Where(static held => held.Entry is not null).ToLookup(held => (evidence.NameOf(held.Entry!.Header.Account), held.Entry.Header.Kind, held.Text, evidence.Ledger.Now(held.Entry.Header.Extension.Target)));
        foreach (var utterance in evidence.Ledger.All.Where(utterance => utterance.WasTaken && !off.Contains(utterance.Who) && utterance.Room[0] != '~' && witness.Holdings.Joined.Contains(utterance.Room) && !WasTakenBack(utterance)))
        {
            var isHere = (evidence.Ledger.IdOf(utterance) is { } id && byId.Contains(id)) || byText.Contains((utterance.Author, utterance.Kind, utterance.Text, evidence.Ledger.Now(utterance.Target)));
            if (!isHere)
            {
                Say(witness, $"lacks “{utterance.Text}” ({utterance.Kind}) that {utterance.Who} said in #{utterance.Room} and had a receipt for");
            }
        }
    }

    // An answer that went along into another space does not say to what, when that stayed behind.
    private bool LostItsTarget(Utterance utterance) => utterance is { Kind: EntryKind.Text, Target: { } target }
        && !evidence.Witnesses.Any(witness => witness.Holdings.Entries.Any(held => held.Id == evidence.Ledger.Now(target)));

    // A message that its author deleted before he followed another space, as his store of the old one shows, and what is about it: that need be
    // nowhere. But then it must be nowhere: where the message stands, its deletion must.
    private bool WasTakenBack(Utterance utterance)
    {
        var message = utterance.Kind == EntryKind.Text ? utterance : utterance.Target is { } target ? evidence.Ledger.Under(target) : null;
        if (message is null)
        {
            return false;
        }

        var ids = evidence.Ledger.IdsOf(message);
        return evidence.Witnesses.Any(witness => witness.Name == message.Who && ids.Any(witness.TakenBack.Contains))
            && !evidence.Witnesses.Any(witness => witness.Holdings.Entries.Any(held => ids.Contains(held.Id)
                || (held.Entry?.Header.Kind == EntryKind.Text && held.Text == message.Text && evidence.NameOf(held.Entry.Header.Account) == message.Author)));
    }

    private void Listings(Witnessed witness)
    {
        var guests = evidence.Ledger.Guests.ToHashSet();
        foreach (var (room, lines) in witness.Listings)
        {
            var twice = lines.Where(static line => line.Text is not null).GroupBy(static line => line.Text).Where(static group => group.Count() > 1);
            foreach (var line in twice)
            {
                Say(witness, $"lists “{line.Key}” {line.Count()} times in #{room}");
            }

            foreach (var line in lines.Where(line => line.Trust == nameof(Client.Trust.Guest) && !guests.Contains(line.Text ?? "")))
            {
                Say(witness, $"lists a guest's “{line.Text}” in #{room} that no guest said");
            }

            foreach (var line in lines.Where(static line => line.Trust is nameof(Client.Trust.Unknown) or nameof(Client.Trust.Changed)))
            {
                Say(witness, $"lists “{line.Text}” in #{room} as {line.Trust}");
            }
        }
    }

    private void HeldMeansHeld()
    {
        foreach (var (who, id) in evidence.Ledger.Held)
        {
            if (!evidence.Witnesses.Any(witness => witness.Owner != WorldPlan.PersonOf(who) && witness.Holdings.Entries.Any(held => held.Id == id)))
            {
                _violations.Add($"{who}: {id} was shown as held (✓✓), and nobody else holds it");
            }
        }
    }

    // Where a clock was wrong an entry may stand where it was first seen; the others must stand alike.
    private void OneOrder()
    {
        var doubtful = evidence.ClocksJump
            ? evidence.Witnesses.SelectMany(static witness => witness.Holdings.Entries).Where(static held => held.Entry is { } entry && held.Sort != entry.Header.Hlc).Select(static held => held.Id.ToString()).ToHashSet()
            : [];
        foreach (var room in evidence.Witnesses.SelectMany(static witness => witness.Listings.Keys).Where(static room => room[0] != '~').Distinct())
        {
            Witnessed? first = null;
            IReadOnlyList<ListedLine> expected = [];
            foreach (var witness in evidence.Witnesses.Where(witness => witness.Listings.ContainsKey(room) && !evidence.IsRemoved(witness)))
            {
                var lines = witness.Listings[room].Where(line => line.Trust != nameof(Client.Trust.Guest) && line.Id is not null && !doubtful.Contains(line.Id)).ToList();
                if (first is null)
                {
                    (first, expected) = (witness, lines);
                }
                else
                {
                    Compare(first, expected, witness, lines, room);
                }
            }
        }
    }

    private void Compare(Witnessed first, IReadOnlyList<ListedLine> expected, Witnessed other, List<ListedLine> lines, string room)
    {
        for (var at = 0; at < Math.Max(expected.Count, lines.Count); at++)
        {
            var (left, right) = (expected.ElementAtOrDefault(at), lines.ElementAtOrDefault(at));
            if (left is null || right is null || Plain(left) != Plain(right))
            {
                Say(other, $"lists line {at} of #{room} as {(right is null ? "nothing" : Plain(right))}, {first.Name} as {(left is null ? "nothing" : Plain(left))}");
                return;
            }
        }
    }

    private static string Plain(ListedLine line) =>
        $"{line.Id} <{line.From}> {line.Text}{(line.Edited ? " (edited)" : "")}{(line.Deleted ? " (deleted)" : "")}{(line.ReplyTo is null ? "" : $" to {line.ReplyTo}")} [{string.Join(", ", line.Reactions)}]";

    private void Say(Witnessed witness, string what) => _violations.Add($"{witness.Name}: {what}");
}
