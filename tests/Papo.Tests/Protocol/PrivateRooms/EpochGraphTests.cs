// Owns: who counts in a private room: the rules of commits, in every order in which they may come.
// Must never: depend on ids being higher or lower by luck; where that decides, both cases are looked at.
using CsCheck;
using Papo.Protocol;

namespace Papo.Tests.Protocol.PrivateRooms;

public sealed class EpochGraphTests
{
    private static readonly Room Room = Sealed.Den.Room;
    private static readonly Person[] People = [Cast.Ana, Cast.Bia, Cast.Caio, Sealed.Dora];

    // A commit without wraps and signature: the graph looks at neither.
    private sealed record Step(EntryId Id, Person By, Commit Commit);

    private int _made;

    [Fact]
    public void Direct_messages_begin_with_a_commit_of_either_of_the_two_and_of_nobody_else()
    {
        var room = Sealed.AnaAndBia;
        Assert.Equal(room, Genesis.Direct(Cast.Bia.Account, Cast.Ana.Account));
        var graph = new EpochGraph(room);
        Commit Of(params Person[] members) => new() { Members = Sealed.Accounts(members), SecretHash = new byte[32] };
        Assert.Equal(CommitVerdict.Refused, graph.Add(Id(), Cast.Caio.Account, Cast.Caio.Device, Of(Cast.Ana, Cast.Bia)));
        Assert.Equal(CommitVerdict.Refused, graph.Add(Id(), Cast.Ana.Account, Cast.Ana.Device, Of(Cast.Ana, Cast.Caio)));
        Assert.Equal(CommitVerdict.Refused, graph.Add(Id(), Cast.Ana.Account, Cast.Ana.Device, Of(Cast.Ana, Cast.Bia, Cast.Caio)));
        Assert.Equal(CommitVerdict.Taken, graph.Add(Id(), Cast.Ana.Account, Cast.Ana.Device, Of(Cast.Ana, Cast.Bia)));
        Assert.Equal(CommitVerdict.Taken, graph.Add(Id(), Cast.Bia.Account, Cast.Bia.Device, Of(Cast.Ana, Cast.Bia)));
        Assert.Equal(CommitVerdict.Refused, graph.Add(Id(), Cast.Ana.Account, Cast.Ana.Device, Of(Cast.Ana, Cast.Bia, Cast.Caio) with { Parents = graph.Heads }));
        Assert.Equal(2, graph.Heads.Count);
        Assert.False(graph.MustFollow);
        Assert.True(graph.Allows(Cast.Bia.Account, Cast.Bia.Device, 9));
        Assert.False(graph.Allows(Cast.Caio.Account, Cast.Caio.Device, 0));
    }

    [Fact]
    public void A_room_begins_with_its_creator_and_what_its_id_says()
    {
        var graph = new EpochGraph(Room);
        var first = First();
        Assert.Equal(CommitVerdict.Refused, graph.Add(first.Id, Cast.Bia.Account, Cast.Bia.Device, first.Commit));
        Assert.Equal(CommitVerdict.Refused, graph.Add(first.Id, Cast.Ana.Account, Cast.Ana.Device, first.Commit with { Members = Sealed.Accounts(Cast.Ana, Cast.Bia, Cast.Caio) }));
        Assert.Equal(CommitVerdict.Refused, graph.Add(first.Id, Cast.Ana.Account, Cast.Ana.Device, first.Commit with { Genesis = null }));
        Assert.Equal(CommitVerdict.Refused, new EpochGraph(Sealed.AnaAndBia).Add(first.Id, Cast.Ana.Account, Cast.Ana.Device, first.Commit));
        Assert.Equal(CommitVerdict.Taken, Add(graph, first));
        Assert.Equal(CommitVerdict.Known, Add(graph, first));
        Assert.Equal(first.Id, graph.Tip!.Id);
    }

    [Fact]
    public void Members_renew_the_secret_admins_invite_and_remove_and_the_creator_alone_appoints()
    {
        var graph = new EpochGraph(Room);
        var first = First();
        Add(graph, first);
        Assert.Equal(CommitVerdict.Refused, Add(graph, After(Cast.Bia, [first], [Cast.Ana, Cast.Bia, Cast.Caio])));
        Assert.Equal(CommitVerdict.Refused, Add(graph, After(Cast.Bia, [first], [Cast.Bia])));
        Assert.Equal(CommitVerdict.Refused, Add(graph, After(Cast.Bia, [first], [Cast.Ana, Cast.Bia], [Cast.Ana, Cast.Bia])));
        Assert.Equal(CommitVerdict.Refused, Add(graph, After(Cast.Caio, [first], [Cast.Ana, Cast.Bia])));
        var renewed = After(Cast.Bia, [first], [Cast.Ana, Cast.Bia]);
        Assert.Equal(CommitVerdict.Taken, Add(graph, renewed));
        var appointed = After(Cast.Ana, [renewed], [Cast.Ana, Cast.Bia, Cast.Caio], [Cast.Ana, Cast.Bia]);
        Assert.Equal(CommitVerdict.Taken, Add(graph, appointed));
        Assert.Equal(CommitVerdict.Refused, Add(graph, After(Cast.Bia, [appointed], [Cast.Bia, Cast.Caio], [Cast.Bia])));
        Assert.Equal(CommitVerdict.Refused, Add(graph, After(Cast.Bia, [appointed], [Cast.Ana, Cast.Bia, Cast.Caio], [Cast.Ana, Cast.Bia, Cast.Caio])));
        Assert.Equal(CommitVerdict.Refused, Add(graph, After(Cast.Ana, [appointed], [Cast.Bia, Cast.Caio], [Cast.Bia])));
        Assert.Equal(CommitVerdict.Taken, Add(graph, After(Cast.Bia, [appointed], [Cast.Ana, Cast.Bia, Sealed.Dora], [Cast.Ana, Cast.Bia])));
        Assert.Equal(Sealed.Accounts(Cast.Ana, Cast.Bia, Sealed.Dora), graph.Now.Members.OrderBy(static account => account.Value));
        Assert.False(graph.MustFollow);
    }

    [Fact]
    public void A_commit_whose_parents_are_not_here_waits()
    {
        var (first, graph) = (First(), new EpochGraph(Room));
        var second = After(Cast.Bia, [first], [Cast.Ana, Cast.Bia]);
        Assert.Equal(CommitVerdict.Waits, Add(graph, second));
        Add(graph, first);
        Assert.Equal(CommitVerdict.Taken, Add(graph, second));
        Assert.Equal(second.Id, graph.Tip!.Id);
    }

    [Fact]
    public void What_somebody_commits_beside_his_removal_does_not_count_however_much_it_is()
    {
        var graph = new EpochGraph(Room);
        var first = First();
        var removal = After(Cast.Ana, [first], [Cast.Ana]) with { };
        removal = removal with { Commit = removal.Commit with { Ended = [new EndedLog(Cast.Bia.Device, 4)] } };
        Add(graph, first);
        Add(graph, removal);
        var beside = first;
        for (var i = 0; i < 20; i++)
        {
            beside = After(Cast.Bia, [beside], [Cast.Ana, Cast.Bia]);
            Assert.Equal(CommitVerdict.Taken, Add(graph, beside)); // its secret may open what others said before they knew
        }

        Assert.Equal(CommitVerdict.Refused, Add(graph, After(Cast.Bia, [removal], [Cast.Ana])));
        Assert.Equal(removal.Id, graph.Tip!.Id);
        Assert.Equal([removal.Id], graph.Heads);
        Assert.Equal(Sealed.Accounts(Cast.Ana), graph.Now.Members);
        Assert.False(graph.MustFollow);
        Assert.True(graph.Allows(Cast.Bia.Account, Cast.Bia.Device, 4));
        Assert.False(graph.Allows(Cast.Bia.Account, Cast.Bia.Device, 5));
        Assert.False(graph.Allows(Cast.Bia.Account, Cast.Caio.Device, 0));
    }

    [Fact]
    public void Nothing_is_sealed_under_a_tip_that_gives_its_secret_to_somebody_removed_beside_it()
    {
        var graph = new EpochGraph(Room);
        var first = First();
        var grown = After(Cast.Ana, [first], [Cast.Ana, Cast.Bia, Cast.Caio]);
        var removal = After(Cast.Ana, [grown], [Cast.Ana, Cast.Caio]);
        var renewed = After(Cast.Caio, [grown], [Cast.Ana, Cast.Bia, Cast.Caio]);
        var again = After(Cast.Caio, [renewed], [Cast.Ana, Cast.Bia, Cast.Caio]);
        foreach (var step in (Step[])[first, grown, removal, renewed, again])
        {
            Assert.Equal(CommitVerdict.Taken, Add(graph, step));
        }

        Assert.Equal(again.Id, graph.Tip!.Id); // it has more ancestors than the removal
        Assert.True(graph.MustFollow);
        Assert.Equal(Ascending(removal, again), graph.Heads);
        var joined = After(Cast.Caio, [removal, again], [Cast.Ana, Cast.Caio]);
        Assert.Equal(CommitVerdict.Refused, Add(graph, After(Cast.Caio, [removal, again], [Cast.Ana, Cast.Bia, Cast.Caio])));
        Assert.Equal(CommitVerdict.Taken, Add(graph, joined));
        Assert.Equal(joined.Id, graph.Tip!.Id);
        Assert.False(graph.MustFollow);
    }

    [Fact]
    public void Of_two_changes_at_once_both_count_and_of_letting_in_and_removing_the_removal_wins()
    {
        var graph = new EpochGraph(Room);
        var first = First();
        var grown = After(Cast.Ana, [first], [Cast.Ana, Cast.Bia, Cast.Caio], [Cast.Ana, Cast.Bia]);
        var bySlot = After(Cast.Ana, [grown], [Cast.Ana, Cast.Bia], [Cast.Ana, Cast.Bia]); // ana removes caio…
        var byBia = After(Cast.Bia, [grown], [Cast.Ana, Cast.Bia, Cast.Caio, Sealed.Dora], [Cast.Ana, Cast.Bia]); // …while bia lets dora in
        foreach (var step in (Step[])[first, grown, bySlot, byBia])
        {
            Assert.Equal(CommitVerdict.Taken, Add(graph, step));
        }

        Assert.Equal(Sealed.Accounts(Cast.Ana, Cast.Bia, Sealed.Dora), graph.Now.Members.OrderBy(static account => account.Value));
        Assert.True(graph.MustFollow);
        var back = After(Cast.Bia, [bySlot, byBia], [Cast.Ana, Cast.Bia, Cast.Caio, Sealed.Dora], [Cast.Ana, Cast.Bia]);
        Assert.Equal(CommitVerdict.Taken, Add(graph, back)); // who knew of the removal may let him in again
        Assert.Contains(Cast.Caio.Account, graph.Now.Members);
        Assert.True(graph.Allows(Cast.Caio.Account, Cast.Caio.Device, 100));
    }

    [Fact]
    public void What_a_dismissed_admin_changes_beside_his_dismissal_does_not_count()
    {
        var graph = new EpochGraph(Room);
        var first = First();
        var appointed = After(Cast.Ana, [first], [Cast.Ana, Cast.Bia, Cast.Caio], [Cast.Ana, Cast.Bia]);
        var dismissed = After(Cast.Ana, [appointed], [Cast.Ana, Cast.Bia, Cast.Caio], [Cast.Ana]);
        var letsIn = After(Cast.Bia, [appointed], [Cast.Ana, Cast.Bia, Cast.Caio, Sealed.Dora], [Cast.Ana, Cast.Bia]);
        foreach (var step in (Step[])[first, appointed, dismissed, letsIn])
        {
            Assert.Equal(CommitVerdict.Taken, Add(graph, step));
        }

        Assert.DoesNotContain(Sealed.Dora.Account, graph.Now.Members);
        Assert.Equal(dismissed.Id, graph.Tip!.Id);
    }

    [Fact]
    public void The_same_commits_give_the_same_room_in_whatever_order_they_come() =>
        Gen.Select(Gen.Select(Gen.Int[0, 3], Gen.Int[0, 9], Gen.Int[0, 9], Gen.Int[0, 15], Gen.Bool).Array[1, 14], Gen.Int[0, 1_000_000]).Sample(
            (choices, seed) =>
            {
                var steps = Grow(choices);
                var (one, other) = (Fill(steps), Fill(Shuffle(steps, seed)));
                Assert.Equal(one.Commits.Count, other.Commits.Count);
                Assert.Equal(one.Tip?.Id, other.Tip?.Id);
                Assert.Equal(one.Heads, other.Heads);
                Assert.Equal(one.MustFollow, other.MustFollow);
                Assert.True(one.Now.Members.SetEquals(other.Now.Members) && one.Now.Admins.SetEquals(other.Now.Admins));
                Assert.Contains(Cast.Ana.Account, one.Now.Members);

                // Whoever is in may make one commit after all heads, and with it everybody who is in has a secret, and nobody else.
                var last = After(Cast.Ana, [.. steps.Where(step => one.Heads.Contains(step.Id))], [.. People.Where(person => one.Now.Members.Contains(person.Account))], [.. People.Where(person => one.Now.Admins.Contains(person.Account))]);
                Assert.Equal(CommitVerdict.Taken, Add(one, last));
                Assert.Equal(last.Id, one.Tip!.Id);
                Assert.False(one.MustFollow);
            },
            iter: 1_500,
            threads: 1);

    [Fact]
    public void A_removed_member_who_has_every_byte_and_the_broker_reads_nothing_sent_after_his_removal()
    {
        var (old, fresh) = (Sealed.Secret(Room, "old"), Sealed.Secret(Room, "fresh"));
        var begin = Sealed.Entry(Room, Cast.Ana, Sealed.Commit(Room, Cast.Ana, old, [Cast.Ana, Cast.Bia], []));
        var removal = Sealed.Entry(Room, Cast.Ana, Sealed.Commit(Room, Cast.Ana, fresh, [Cast.Ana], [begin.Id]), begin);
        var after = Sealed.Said(Room, Cast.Ana, "sem a bia", fresh, removal, removal);
        var known = Sealed.Unwrap(begin, Cast.Bia)!;
        Assert.Null(Sealed.Unwrap(removal, Cast.Bia));
        foreach (var commit in (Entry[])[begin, removal])
        {
            Assert.Null(SealedContent.Open(known.MessageKey(commit.Id, Cast.Ana.Device), after));
        }

        foreach (var wrap in Sealed.Read(removal).Wraps)
        {
            Assert.Null(Sealed.Read(removal).Unwrap(Cast.Home, Room, Cast.Ana.Device, wrap, Sealed.PrekeyOf(Cast.Bia)));
        }

        Assert.NotNull(SealedContent.Open(Sealed.Unwrap(removal, Cast.Ana)!.MessageKey(removal.Id, Cast.Ana.Device), after));
    }

    [Fact]
    public void A_newcomer_opens_the_past_only_where_the_commit_carries_it()
    {
        var (old, fresh) = (Sealed.Secret(Room, "old"), Sealed.Secret(Room, "fresh"));
        var begin = Sealed.Entry(Room, Cast.Ana, Sealed.Commit(Room, Cast.Ana, old, [Cast.Ana, Cast.Bia], []));
        var shared = Sealed.Commit(Room, Cast.Ana, fresh, [Cast.Ana, Cast.Bia, Cast.Caio], [begin.Id]);
        shared = shared with { Past = [new SealedPast(begin.Id, fresh.PastKey(begin.Id).SealWith(Sealed.Bytes("n", 12), [], old.Bytes.Span))] };
        var entry = Sealed.Entry(Room, Cast.Ana, shared, begin);
        var caios = Sealed.Unwrap(entry, Cast.Caio)!;
        Assert.Null(Sealed.Unwrap(begin, Cast.Caio));
        var past = Assert.Single(Sealed.Read(entry).Past);
        Assert.Equal(old.Bytes.ToArray(), caios.PastKey(past.Parent).OpenWith([], past.Sealed.Span));
        Assert.Null(old.PastKey(past.Parent).OpenWith([], past.Sealed.Span));
    }

    [Fact]
    public void What_a_removed_copy_commits_counts_only_where_its_removal_follows_it()
    {
        var (first, stolen, list) = (First(), Sealed.CopyOf(Cast.Bia), Removing(Cast.Bia));
        var known = After(Cast.Bia, [first], [Cast.Ana, Cast.Bia]);
        var removal = After(Cast.Bia, [known], [Cast.Ana, Cast.Bia]);
        removal = removal with { Commit = removal.Commit with { OwnList = list.Bytes, Expelled = [new EndedLog(Cast.Caio.Device, 4)] } };
        var beside = After(Cast.Bia, [known], [Cast.Ana, Cast.Bia]);
        var later = After(Cast.Bia, [removal], [Cast.Ana, Cast.Bia]);
        var laterStill = After(Cast.Bia, [later], [Cast.Ana, Cast.Bia]);
        foreach (var order in (Step[][])[[first, known, removal, beside, later, laterStill], [first, known, beside, removal, later, laterStill]])
        {
            var graph = new EpochGraph(Room);
            foreach (var step in order)
            {
                var isRemoval = step == removal;
                Assert.Equal(CommitVerdict.Taken, graph.Add(step.Id, step.By.Account, isRemoval || step == first ? step.By.Device : Cast.Caio.Device, step.Commit, isRemoval || step == first ? null : stolen, isRemoval ? list : null));
            }

            Assert.Equal(removal.Id, graph.Tip!.Id);
            Assert.Equal([removal.Id], graph.Heads);
            Assert.False(graph.MustFollow);
            Assert.True(graph.IsExpelled(Cast.Bia.Account, stolen));
            Assert.True(graph.Allows(Cast.Bia.Account, Cast.Caio.Device, 4, stolen));
            Assert.False(graph.Allows(Cast.Bia.Account, Cast.Caio.Device, 5, stolen));
            Assert.False(graph.Allows(Cast.Bia.Account, Sealed.Dora.Device, 0, stolen)); // of the same copy, and not named
            Assert.True(graph.Allows(Cast.Bia.Account, Cast.Bia.Device, 99));
        }
    }

    [Fact]
    public void A_removed_copy_has_no_say_in_where_its_own_log_ends()
    {
        var (first, stolen, list) = (First(), Sealed.CopyOf(Cast.Bia), Removing(Cast.Bia));
        var own = After(Cast.Bia, [first], [Cast.Ana, Cast.Bia]);
        own = own with { Commit = own.Commit with { OwnList = list.Bytes, Expelled = [new EndedLog(Cast.Caio.Device, 99)] } };
        var removal = After(Cast.Bia, [own], [Cast.Ana, Cast.Bia]);
        removal = removal with { Commit = removal.Commit with { OwnList = list.Bytes, Expelled = [new EndedLog(Cast.Caio.Device, 4)] } };
        var graph = new EpochGraph(Room);
        Add(graph, first);
        graph.Add(own.Id, Cast.Bia.Account, Cast.Caio.Device, own.Commit, stolen, list);
        Assert.False(graph.IsExpelled(Cast.Bia.Account, stolen));
        graph.Add(removal.Id, Cast.Bia.Account, Cast.Bia.Device, removal.Commit, null, list);
        Assert.True(graph.IsExpelled(Cast.Bia.Account, stolen));
        Assert.True(graph.Allows(Cast.Bia.Account, Cast.Caio.Device, 4, stolen));
        Assert.False(graph.Allows(Cast.Bia.Account, Cast.Caio.Device, 5, stolen));
    }

    [Fact]
    public void Nobody_takes_copies_of_another_account_out_of_a_room()
    {
        var first = First();
        var graph = new EpochGraph(Room);
        Add(graph, first);
        var step = After(Cast.Ana, [first], [Cast.Ana, Cast.Bia]);
        var commit = step.Commit with { OwnList = Removing(Cast.Bia).Bytes };
        Assert.Equal(CommitVerdict.Taken, graph.Add(step.Id, Cast.Ana.Account, Cast.Ana.Device, commit, null, Removing(Cast.Bia)));
        Assert.False(graph.IsExpelled(Cast.Bia.Account, Sealed.CopyOf(Cast.Bia)));
        Assert.True(Commit.TryRead(commit.Encode(), out var read));
        Assert.Equal(commit.OwnList.ToArray(), read.OwnList.ToArray());
    }

    private static DeviceList Removing(Person person) => DeviceList.Make(Cast.Home, person.AccountKeys, 2, [], [Sealed.CopyOf(person)]);

    private Step First() => new(Id(), Cast.Ana, new Commit { Genesis = Sealed.Den, Members = Sealed.Accounts(Cast.Ana, Cast.Bia), Admins = [Cast.Ana.Account], SecretHash = new byte[32] });

    private Step After(Person by, Step[] parents, Person[] members, Person[]? admins = null) => new(
        Id(), by, new Commit { Parents = Ascending(parents), Members = Sealed.Accounts(members), Admins = Sealed.Accounts(admins ?? [Cast.Ana]), SecretHash = new byte[32] });

    private static EntryId[] Ascending(params Step[] steps) => [.. steps.Select(static step => step.Id).OrderBy(static id => id.Value)];

    private EntryId Id() => new(Hashing.First16(Sealed.Bytes($"commit {_made++}", 16)));

    private static CommitVerdict Add(EpochGraph graph, Step step) => graph.Add(step.Id, step.By.Account, step.By.Device, step.Commit);

    // Random commits, most of them such that somebody may make them; the graph refuses the others in every order.
    private List<Step> Grow((int By, int Parent, int Other, int Members, bool Appoints)[] choices)
    {
        List<Step> steps = [First()];
        foreach (var (by, parent, other, members, appoints) in choices)
        {
            var parents = new[] { steps[parent % steps.Count], steps[other % steps.Count] }.DistinctBy(static step => step.Id).ToArray();
            Person[] inside = [Cast.Ana, .. People.Skip(1).Where((_, at) => (members >> at & 1) == 1)];
            steps.Add(After(People[by], parents, inside, appoints && inside.Contains(Cast.Bia) ? [Cast.Ana, Cast.Bia] : null));
        }

        return steps;
    }

    private static EpochGraph Fill(IReadOnlyList<Step> steps)
    {
        var graph = new EpochGraph(Room);
        for (var waits = steps; waits.Count > 0;)
        {
            var left = waits.Where(step => Add(graph, step) == CommitVerdict.Waits).ToList();
            if (left.Count == waits.Count)
            {
                break; // what follows a refused one waits for ever
            }

            waits = left;
        }

        return graph;
    }

    private static List<Step> Shuffle(List<Step> steps, int seed) => [.. steps.OrderBy(step => step.Id.Value ^ Hashing.First16(Sealed.Bytes($"order {seed} {step.Id}", 16)))];
}
