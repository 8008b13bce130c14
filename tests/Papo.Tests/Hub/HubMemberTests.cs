// Owns: the tests of a hub among its members: what it keeps, what it says, and what happens without it.
// Must never: let a member help out where the hub is meant to.
using Papo.Client;
using Papo.Client.Wire;
using Papo.Protocol;
using Papo.Tests.World;

namespace Papo.Tests.Hub;

public sealed class HubMemberTests
{
    private static readonly Room Works = Parse("obras");

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_newcomer_sees_what_those_said_who_have_gone()
    {
        await using var mosquitto = await Mosquitto.StartAsync();
        await using var hub = await HubWorld.HubAsync("casa", mosquitto);
        await HubWorld.SayAndGoAsync("ana", mosquitto, 60);

        await using var bia = await Member.ArriveAsync("bia", mosquitto.Address);
        var page = await bia.Client.HistoryAsync(Room.General, new HistoryQuery(50), TimeSpan.FromSeconds(5), Stop);

        Assert.True(page.Complete);
        Assert.Equal(Enumerable.Range(11, 50).Select(static i => $"ana {i}"), page.Messages.Select(static message => message.Text));
        var notice = await bia.UntilAsync<Noticed>(static change => change.Notice.Kind == NoticeKind.HubFound);
        Assert.Equal("Casa", notice.Notice.Text);
    }

    [Fact]
    public async Task A_room_that_somebody_opens_is_kept_without_being_asked()
    {
        await using var mosquitto = await Mosquitto.StartAsync();
        await using var hub = await HubWorld.HubAsync("casa", mosquitto);
        await using (var ana = await Member.ArriveAsync("ana", mosquitto.Address))
        {
            await ana.Client.JoinAsync(Works, Stop);
            await ana.SayAndHoldAsync("o muro caiu", Works);
        }

        await using var bia = await Member.ArriveAsync("bia", mosquitto.Address);
        await bia.Client.JoinAsync(Works, Stop);
        await bia.Client.CatchUpAsync(Works, TimeSpan.FromSeconds(5), Stop);
        var page = await bia.Client.HistoryAsync(Works, new HistoryQuery(50), TimeSpan.FromSeconds(5), Stop);
        Assert.Equal(["o muro caiu"], page.Messages.Select(static message => message.Text));
    }

    [Fact]
    public async Task The_author_is_told_what_is_on_the_disk_also_when_it_sends_again()
    {
        await using var mosquitto = await Mosquitto.StartAsync();
        await using var hub = await HubWorld.HubAsync("casa", mosquitto);
        await using var ear = await InboxEar.ListenAsync(mosquitto.Address);
        await using var ana = await Stranger.ArriveAsync("ana", mosquitto.Address);

        var text = await ana.SayAsync("oi");
        await ear.UntilStoredAsync(text.Id);
        ear.Forget();
        await ana.PublishAsync(text);
        await ear.UntilStoredAsync(text.Id);

        Assert.Equal([ana.Card.Device], ear.Addressed.Distinct());
    }

    [Fact]
    public async Task A_newcomer_and_a_replica_meet_a_hub_whose_card_their_broker_has_not_kept()
    {
        await using var mosquitto = await Mosquitto.StartAsync();
        using var home = new TestHome();
        await using var hub = await HubWorld.HubAsync("casa", mosquitto, home.Path);
        await using var device = await Device.ConnectAsync(Device.Options(mosquitto.Address, "ear"));
        await device.SubscribeAsync("chat/_hub/+", 0);
        var card = (await device.MessageAsync()).Topic;

        await ForgetAsync(device, card);
        await using var bia = await Member.ArriveAsync("bia", mosquitto.Address);
        await bia.UntilAsync<Noticed>(static change => change.Notice.Kind == NoticeKind.HubFound);
        Assert.Equal(card, (await device.MessageAsync()).Topic);

        await ForgetAsync(device, card);
        await using var replica = await HubWorld.HubAsync("casa", mosquitto, home.Path);
        Assert.NotEqual(card, (await device.MessageAsync()).Topic);
        Assert.Equal(card, (await device.MessageAsync()).Topic);
    }

    [Fact]
    public async Task Without_the_hub_people_go_on()
    {
        await using var mosquitto = await Mosquitto.StartAsync();
        await using var ana = await Member.ArriveAsync("ana", mosquitto.Address);
        await using var bia = await Member.ArriveAsync("bia", mosquitto.Address);
        await using (var hub = await HubWorld.HubAsync("casa", mosquitto))
        {
            await ana.SayAndHoldAsync("com hub");
        }

        await ana.SayAndHoldAsync("sem hub");
        await bia.UntilSaidAsync("sem hub");
        Assert.Equal(["com hub", "sem hub"], bia.Lines);
    }

    [Fact]
    public async Task A_new_hub_fills_itself_from_the_members()
    {
        await using var mosquitto = await Mosquitto.StartAsync();
        var ana = await Member.ArriveAsync("ana", mosquitto.Address);
        var bia = await Member.ArriveAsync("bia", mosquitto.Address);
        for (var i = 1; i < 200; i++)
        {
            await ana.SayAsync($"ana {i}");
        }

        await ana.SayAndHoldAsync("ana 200");
        await ana.DisposeAsync();
        await using var hub = await HubWorld.HubAsync("casa", mosquitto);
        Assert.Equal(0, await hub.Client.CatchUpAsync(null, TimeSpan.FromSeconds(20), Stop));
        await bia.DisposeAsync();

        await using var caio = await Member.ArriveAsync("caio", mosquitto.Address);
        var page = await caio.Client.HistoryAsync(Room.General, new HistoryQuery(300), TimeSpan.FromSeconds(5), Stop);
        Assert.Equal(Enumerable.Range(1, 200).Select(static i => $"ana {i}"), page.Messages.Select(static message => message.Text));
    }

    [Fact]
    public async Task Two_hubs_hold_the_same_after_one_of_them_was_away()
    {
        await using var mosquitto = await Mosquitto.StartAsync();
        using var home = new TestHome();
        await using var one = await HubWorld.HubAsync("casa", mosquitto);
        await using (await HubWorld.HubAsync("filial", mosquitto, home.Path))
        {
            await HubWorld.SayAndGoAsync("ana", mosquitto, 5);
        }

        await HubWorld.SayAndGoAsync("bia", mosquitto, 100);
        await using var two = await HubWorld.HubAsync("filial", mosquitto, home.Path);
        Assert.Equal(0, await two.Client.CatchUpAsync(null, TimeSpan.FromSeconds(20), Stop));
        await Chat.NothingLostTests.AssertSamePastAsync([one, two], 105);
    }

    [Fact]
    public async Task A_second_account_that_says_to_be_the_hub_is_told_once_and_not_believed()
    {
        await using var mosquitto = await Mosquitto.StartAsync();
        using var home = new TestHome();
        await using (await HubWorld.HubAsync("casa", mosquitto))
        {
            await (await Member.ArriveAsync("ana", mosquitto.Address, home.Path)).DisposeAsync();
        }

        await using var other = await HubWorld.HubAsync("impostor", mosquitto);

        await using var ana = await Member.ArriveAsync("ana", mosquitto.Address, home.Path);
        await ana.UntilAsync<Noticed>(static change => change.Notice.Kind == NoticeKind.HubDoubtful);
        var number = await ana.SayAsync("oi");
        var safe = await ana.Client.WaitSafeAsync(number, TimeSpan.FromSeconds(10), Stop);

        Assert.Equal(SafeOutcome.WithBrokerOnly, safe.Outcome);
        Assert.DoesNotContain(ana.Told, static change => change is Noticed { Notice.Kind: NoticeKind.HubFound });
    }

    [Fact]
    public async Task A_hub_is_no_person()
    {
        await using var mosquitto = await Mosquitto.StartAsync();
        await using var hub = await HubWorld.HubAsync("casa", mosquitto);
        await using var ana = await Member.ArriveAsync("ana", mosquitto.Address);
        await ana.SayAndHoldAsync("oi");
        Assert.Equal(["ana"], (await ana.Client.WhoAsync(null, Stop)).Select(static person => person.Who.Name));
    }

    // As a node of a cluster does not have it that keeps what was retained on itself alone.
    private static async Task ForgetAsync(Device device, string topic)
    {
        await device.Session.PublishAsync(new PublishMessage(topic, ReadOnlyMemory<byte>.Empty) { Retain = true });
        Assert.True((await device.MessageAsync()).Payload.IsEmpty);
    }

    private static Room Parse(string name) => Room.TryParse(name, out var room) ? room : throw new ArgumentException(name);

    // Hears what hubs say to authors: on a bare broker anybody can.
    private sealed class InboxEar : IAsyncDisposable
    {
        private readonly Session _session;
        private readonly Lock _gate = new();
        private readonly List<(DeviceId Author, EntryId Entry)> _stored = [];
        private TaskCompletionSource _more = new(TaskCreationOptions.RunContinuationsAsynchronously);

        private InboxEar(BrokerAddress broker, TaskCompletionSource up) =>
            _session = new Session(new SessionOptions { Address = broker, ClientId = "ear" }, what => Take(what, up));

        public IReadOnlyList<DeviceId> Addressed
        {
            get
            {
                lock (_gate)
                {
                    return [.. _stored.Select(static item => item.Author)];
                }
            }
        }

        public static async Task<InboxEar> ListenAsync(BrokerAddress broker)
        {
            var up = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            var ear = new InboxEar(broker, up);
            ear._session.Start();
            await up.Task;
            await ear._session.SubscribeAsync([new Subscription("chat/_i/+/+", 1)], Stop);
            return ear;
        }

        public void Forget()
        {
            lock (_gate)
            {
                _stored.Clear();
            }
        }

        public async Task UntilStoredAsync(EntryId entry)
        {
            while (true)
            {
                Task more;
                lock (_gate)
                {
                    if (_stored.Exists(item => item.Entry == entry))
                    {
                        return;
                    }

                    more = _more.Task;
                }

                await more.WaitAsync(TimeSpan.FromSeconds(10), Stop);
            }
        }

        public ValueTask DisposeAsync() => _session.DisposeAsync();

        private ValueTask Take(SessionEvent what, TaskCompletionSource up)
        {
            if (what is SessionEvent.Up)
            {
                up.TrySetResult();
            }

            if (what is SessionEvent.Arrived arrived)
            {
                arrived.Message.Acknowledge();
                Topics.TryMake("chat", out var topics);
                if (SignedContent.TrySplit(arrived.Message.Payload, out var split) && StoredNote.TryRead(split, out var note))
                {
                    var author = topics.Parse(arrived.Message.Topic).Device;
                    lock (_gate)
                    {
                        _stored.AddRange(note.Rooms.SelectMany(static room => room.Places).Select(place => (author, place.Id)));
                        (var before, _more) = (_more, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
                        before.TrySetResult();
                    }
                }
            }

            return ValueTask.CompletedTask;
        }
    }
}
