// Owns: what goes along when a client goes on in another space or as another device, in profiles and stores of their own.
// Must never: need a broker; LostMarkTests and IdentityTests have those.
using System.Threading.Channels;
using Papo.Client;
using Papo.Client.Engine;
using Papo.Client.Store;
using Papo.Client.Wire;
using Papo.Protocol;
using Papo.Tests.World;

namespace Papo.Tests.Faults;

public sealed class SpaceChangeTests : IDisposable
{
    private const string Url = "mqtt://127.0.0.1:1883";
    private static readonly DeviceId Device = new(7);
    private readonly TestHome _home = new();
    private readonly Channel<ChatChange> _changes = Channel.CreateUnbounded<ChatChange>();

    [Fact]
    public void What_was_said_about_a_message_goes_with_it_and_what_was_taken_back_stays()
    {
        using var profile = _home.Open("ana");
        var folder = Follow(profile, SpaceFolder.ForBroker(profile, Url), NewSpace(1));
        OutboxRow[] drafts;
        using (var store = SpaceStore.Open(folder.StorePath))
        {
            drafts = Speak(store);
        }

        var next = Follow(profile, folder, NewSpace(2));

        using var there = SpaceStore.Open(next.StorePath);
        var rows = there.Outbox.OfSlot(0);
        Assert.Equal([drafts[0].No, drafts[1].No, drafts[2].No, drafts[3].No], rows.Select(static row => row.No));
        Assert.Equal([null, drafts[0].No, drafts[0].No, drafts[0].No], rows.Select(static row => row.About));
        Assert.All(rows, static row => Assert.Equal((null, null, null), (row.Entry, row.Device, row.Extension.Target)));
        there.Outbox.GiveEntry(drafts[0].No, new EntryId(99));
        Assert.All(there.Outbox.OfSlot(0).Skip(1), static row => Assert.Equal((new EntryId(99), null), (row.Extension.Target, row.About)));
        using var here = SpaceStore.Open(folder.StorePath);
        Assert.Equal(drafts[4..].Select(static row => row.No), here.Outbox.OfSlot(0).Select(static row => row.No));
    }

    [Fact]
    public void A_new_device_says_again_what_nobody_held_with_all_that_is_about_it_and_nothing_that_was_taken_back()
    {
        using var profile = _home.Open("ana");
        var folder = Follow(profile, SpaceFolder.ForBroker(profile, Url), NewSpace(1));
        folder.DeviceKey(profile);
        using var store = SpaceStore.Open(folder.StorePath);
        var drafts = Speak(store);

        SpaceChange.Retire(profile, folder, store, Device);

        var rows = store.Outbox.OfSlot(0);
        Assert.Equal([.. drafts[..4].Select(static row => row.No), drafts[5].No, drafts[6].No], rows.Select(static row => row.No));
        Assert.Equal([null, drafts[0].No, drafts[0].No, drafts[0].No, null, null], rows.Select(static row => row.About));
        Assert.Equal([drafts[4].Entry, new EntryId(50)], rows.Skip(4).Select(static row => row.Extension.Target));
        Assert.All(rows, static row => Assert.Null(row.Entry));
    }

    // On a broker without a mark two processes of a profile may each have made one before they meet the other's.
    [Fact]
    public void Two_processes_that_meet_different_spaces_do_not_share_a_folder()
    {
        using var first = _home.Open("ana");
        using var second = _home.Open("ana");
        var (ours, theirs) = (SpaceFolder.ForBroker(first, Url), SpaceFolder.ForBroker(second, Url));
        Assert.Equal(ours.StorePath, theirs.StorePath);

        var stands = NewSpace(1);
        ours = Follow(first, ours, stands);
        theirs = Follow(second, theirs, NewSpace(2));
        Assert.NotEqual(ours.StorePath, theirs.StorePath);
        theirs = Follow(second, theirs, stands);

        Assert.Equal(ours.StorePath, theirs.StorePath);
        Assert.Equal((stands, stands), (ours.Space, theirs.Space));
        Assert.Equal((ours.StorePath, stands), (SpaceFolder.ForBroker(first, Url).StorePath, SpaceFolder.ForBroker(first, Url).Space));
    }

    [Fact]
    public void Two_processes_that_meet_the_same_space_keep_their_drafts_in_its_folder()
    {
        using var first = _home.Open("ana");
        using var second = _home.Open("ana");
        var (ours, theirs) = (SpaceFolder.ForBroker(first, Url), SpaceFolder.ForBroker(second, Url));
        using (var store = SpaceStore.Open(theirs.StorePath))
        {
            Draft(store, second.Slot, EntryKind.Text, "antes do espaço");
            store.Commit();
        }

        var space = NewSpace(1);
        ours = Follow(first, ours, space);
        theirs = Follow(second, theirs, space);

        Assert.Equal(ours.StorePath, theirs.StorePath);
        using var shared = SpaceStore.Open(ours.StorePath);
        Assert.Single(shared.Outbox.OfSlot(second.Slot));
    }

    public void Dispose() => _home.Dispose();

    private static SpaceCard NewSpace(byte id) => new(new SpaceId(id), TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds());

    private SpaceFolder Follow(Profile profile, SpaceFolder folder, SpaceCard space)
    {
        Assert.True(BrokerAddress.TryParse(Url, out var broker, out _));
        using var store = SpaceStore.Open(folder.StorePath);
        return SpaceChange.Follow(new ChatOptions { Profile = profile, Broker = broker }, folder, store, space, _changes.Writer);
    }

    // A message with an edit, a reaction and an answer; one that was taken back before that could be said; and an edit of one that somebody holds.
    private static OutboxRow[] Speak(SpaceStore store)
    {
        var said = Draft(store, 0, EntryKind.Text, "oi", null, new EntryId(40));
        var edit = Draft(store, 0, EntryKind.Edit, "olá", said.Entry, new EntryId(41));
        var reaction = Draft(store, 0, EntryKind.Reaction, "👍", said.Entry);
        var answer = Draft(store, 0, EntryKind.Text, "alguém?", said.Entry, new EntryId(42));
        var wrong = Draft(store, 0, EntryKind.Text, "errado", null, new EntryId(43));
        var taken = Draft(store, 0, EntryKind.Delete, "", wrong.Entry);
        var older = Draft(store, 0, EntryKind.Edit, "de antes", new EntryId(50), new EntryId(44));
        store.Commit();
        return [said, edit, reaction, answer, wrong, taken, older];
    }

    private static OutboxRow Draft(SpaceStore store, int slot, EntryKind kind, string text, EntryId? target = null, EntryId? entry = null)
    {
        var room = store.Rooms.Get(Room.General).No;
        var row = store.Outbox.Draft(slot, room, kind, EntryExtension.None with { Target = target }, System.Text.Encoding.UTF8.GetBytes(text), 1_800_000_000_000);
        row = entry is null ? row : row with { Entry = entry, Seq = (long)entry.Value.Value, Device = Device };
        store.Outbox.Add(row);
        return row;
    }
}
