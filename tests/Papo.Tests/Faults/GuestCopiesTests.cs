// Owns: lines of guests that a broker delivers more than once, seen by several connections, in a store of its own.
// Must never: need a broker; what brokers do on a bad line is played by hand.
using System.Globalization;
using Papo.Client.Store;
using Papo.Protocol;
using Papo.Tests.World;

namespace Papo.Tests.Faults;

public sealed class GuestCopiesTests : IDisposable
{
    private const long Day = 24 * 3_600_000L;
    private static readonly GuestLine Doorbell = new("porta", "alguém tocou");
    private readonly TestHome _home = new();
    private readonly SpaceStore _store;
    private readonly long _room;
    private long _now = 1_800_000_000_000;

    public GuestCopiesTests()
    {
        _store = SpaceStore.Open(Path.Combine(_home.Path, "store.db"));
        _room = _store.Rooms.Get(Room.General).No;
    }

    [Fact]
    public void A_line_delivered_again_on_every_connection_stays_one()
    {
        Assert.True(See(new Sighting(0, 1, Again: null)));
        Assert.False(See(new Sighting(0, 1, Again: 7)));
        Assert.False(See(new Sighting(0, 2, Again: 7)));
        Assert.False(See(new Sighting(0, 3, Again: 7)));
    }

    [Fact]
    public void A_line_whose_first_delivery_was_lost_is_taken_once()
    {
        Assert.True(See(new Sighting(0, 2, Again: 7)));
        Assert.False(See(new Sighting(0, 3, Again: 7)));
    }

    [Fact]
    public void Two_equal_lines_stay_two_however_often_they_are_delivered()
    {
        Assert.True(See(new Sighting(0, 1, Again: null)));
        Assert.True(See(new Sighting(0, 1, Again: null)));
        Assert.False(See(new Sighting(0, 2, Again: 7)));
        Assert.False(See(new Sighting(0, 2, Again: 8)));
        Assert.True(See(new Sighting(0, 2, Again: 9)));
    }

    // A broker that hears no answer may say it twice on one connection (MQTT 3.1.1 lets it); so may a network that repeats packets.
    [Fact]
    public void What_is_delivered_again_under_one_identifier_is_one_line()
    {
        Assert.True(See(new Sighting(0, 2, Again: 7)));
        Assert.False(See(new Sighting(0, 2, Again: 7)));
        Assert.True(See(new Sighting(0, 2, Again: 8)));
        Assert.False(See(new Sighting(0, 2, Again: 8)));
        Assert.False(See(new Sighting(0, 3, Again: 7)));
    }

    [Fact]
    public void What_two_terminals_see_is_one_line()
    {
        Assert.True(See(new Sighting(0, 1, Again: null)));
        Assert.False(See(new Sighting(1, 2, Again: null)));
        Assert.True(See(new Sighting(1, 2, Again: null)));
        Assert.False(See(new Sighting(0, 1, Again: null)));
    }

    [Fact]
    public void Equal_lines_of_long_ago_are_others()
    {
        Assert.True(See(new Sighting(0, 1, Again: null)));
        _now += 121_000;
        Assert.True(See(new Sighting(0, 2, Again: 7)));
    }

    [Fact]
    public void A_line_that_the_hub_wrote_down_is_known_on_every_connection()
    {
        WriteDown();

        Assert.False(See(new Sighting(0, 1, Again: null)));
        Assert.False(See(new Sighting(0, 2, Again: 7)));
        Assert.False(See(new Sighting(0, 3, Again: 7)));
        Assert.True(See(new Sighting(0, 3, Again: null)));
    }

    // The line it replaces was the last one here, so it may get that one's place.
    [Fact]
    public void A_line_that_the_hub_wrote_down_is_found_like_the_one_it_replaced_and_can_be_taken_away()
    {
        Assert.True(See(new Sighting(0, 1, Again: null)));
        Assert.Single(_store.Words.Search("tocou", [_room], 10));

        Assert.True(_store.Guests.Replace(_room, Doorbell, _now, null));
        WriteDown();
        _store.Commit();

        var found = Assert.Single(_store.Words.Search("tocou", [_room], 10));
        _store.Entries.DropBody(found);
        _store.Entries.DropBody(found);
        _store.Commit();
        Assert.Empty(_store.Words.Search("tocou", [_room], 10));
    }

    [Fact]
    public void On_a_computer_whose_clock_was_set_back_a_line_gives_way_to_the_hubs_by_its_stamp()
    {
        var stamp = Hlc.At(_now);
        Assert.NotNull(_store.Guests.Add(_room, Doorbell, stamp, _now - Day, new Sighting(0, 1, Again: null)));

        Assert.True(_store.Guests.Replace(_room, Doorbell, _now + 1_700, null));
        Assert.False(_store.Guests.Replace(_room, Doorbell, _now + 1_700, null));
    }

    [Fact]
    public void On_a_computer_whose_clock_is_ahead_a_line_gives_way_to_the_hubs_as_it_comes()
    {
        _now += Day;
        Assert.True(See(new Sighting(0, 1, Again: null)));

        Assert.False(_store.Guests.Replace(_room, Doorbell, _now - Day, null));
        Assert.False(_store.Guests.Replace(_room, Doorbell, _now - Day, _now + 121_000));
        Assert.True(_store.Guests.Replace(_room, Doorbell, _now - Day, _now + 30));
    }

    public void Dispose()
    {
        _store.Dispose();
        _home.Dispose();
    }

    private void WriteDown()
    {
        var header = new EntryHeader { Kind = EntryKind.Guest, Account = new AccountId(1), Device = new DeviceId(1), Seq = 1, Back = default, Hlc = Hlc.At(_now), Extension = EntryExtension.None };
        var entry = Entry.Sign(new SpaceId(1), Room.General, header, Doorbell.Encode(), KeyPair.Generate());
        _store.Entries.Add(_room, entry, entry.Header.Hlc, _now);
    }

    // True when it counts as a line of its own.
    private bool See(Sighting sighting)
    {
        var stored = _store.Guests.Add(_room, Doorbell, Hlc.At(_now), _now, sighting);
        _store.Commit();
        Assert.True(stored is null || stored.Guest == Doorbell.Name, string.Create(CultureInfo.InvariantCulture, $"{sighting}"));
        return stored is not null;
    }
}
