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
        await using var hub = await HubAsync("casa", mosquitto);
        await SayAndGoAsync("ana", mosquitto, 60);

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
        await using var hub = await HubAsync("casa", mosquitto);
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
        await using var hub = await HubAsync("casa", mosquitto);
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
    public async Task Without_the_hub_people_go_on()
    {
        await using var mosquitto = await Mosquitto.StartAsync();
        await using var ana = await Member.ArriveAsync("ana", mosquitto.Address);
        await using var bia = await Member.ArriveAsync("bia", mosquitto.Address);
        await using (var hub = await HubAsync("casa", mosquitto))
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
        await using var hub = await HubAsync("casa", mosquitto);
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
        await using var one = await HubAsync("casa", mosquitto);
        await using (await HubAsync("filial", mosquitto, home.Path))
        {
            await SayAndGoAsync("ana", mosquitto, 5);
        }

        await SayAndGoAsync("bia", mosquitto, 100);
        await using var two = await HubAsync("filial", mosquitto, home.Path);
        Assert.Equal(0, await two.Client.CatchUpAsync(null, TimeSpan.FromSeconds(20), Stop));
        await Chat.NothingLostTests.AssertSamePastAsync([one, two], 105);
    }

    [Fact]
    public async Task A_second_account_that_says_to_be_the_hub_is_told_once_and_not_believed()
    {
        await using var mosquitto = await Mosquitto.StartAsync();
        using var home = new TestHome();
        await using (await HubAsync("casa", mosquitto))
        {
            await (await Member.ArriveAsync("ana", mosquitto.Address, home.Path)).DisposeAsync();
        }

        await using var other = await HubAsync("impostor", mosquitto);

        await using var ana = await Member.ArriveAsync("ana", mosquitto.Address, home.Path);
        await ana.UntilAsync<Noticed>(static change => change.Notice.Kind == NoticeKind.HubDoubtful);
        var number = await ana.SayAsync("oi");
        var safe = await ana.Client.WaitSafeAsync(number, TimeSpan.FromSeconds(10), Stop);

        Assert.Equal(SafeOutcome.WithBrokerOnly, safe.Outcome);
        Assert.DoesNotContain(ana.Told, static change => change is Noticed { Notice.Kind: NoticeKind.HubFound });
    }

    [Fact]
    public async Task A_newcomer_finds_what_those_said_who_have_gone()
    {
        await using var mosquitto = await Mosquitto.StartAsync();
        await using var hub = await HubAsync("casa", mosquitto);
        await using (var ana = await Member.ArriveAsync("ana", mosquitto.Address))
        {
            var said = await ana.SayAndHoldAsync("São João é amanhã");
            await ana.SayAndHoldAsync("não, é hoje");
            var edit = await ana.Client.SendAsync(Room.General, new Draft("São Pedro é amanhã") { Kind = MessageKind.Edit, Target = said.Id }, Stop);
            await ana.UntilAsync<StateChanged>(change => change.Number == edit.Number && change.State == MessageState.Held);
        }

        await SayAndGoAsync("caio", mosquitto, 60);
        await using var bia = await Member.ArriveAsync("bia", mosquitto.Address);
        var found = await bia.Client.SearchAsync("pedro amanha", null, null, 10, TimeSpan.FromSeconds(10), Stop);
        var byName = await bia.Client.SearchAsync("caio 17", Room.General, "Caio", 10, TimeSpan.FromSeconds(10), Stop);
        var notThere = await bia.Client.SearchAsync("hoje", Room.General, "caio", 10, TimeSpan.FromSeconds(10), Stop);

        Assert.Equal(PastSource.Hub, found.Source);
        Assert.Equal(["São Pedro é amanhã"], found.Messages.Select(static message => message.Text));
        Assert.Equal(["caio 17"], byName.Messages.Select(static message => message.Text));
        Assert.Empty(notThere.Messages);
    }

    [Fact]
    public async Task Whoever_was_away_catches_up_in_all_rooms_by_a_cursor()
    {
        await using var mosquitto = await Mosquitto.StartAsync();
        using var home = new TestHome();
        await using var hub = await HubAsync("casa", mosquitto);
        await using (var bia = await Member.ArriveAsync("bia", mosquitto.Address, home.Path))
        {
            await bia.Client.JoinAsync(Works, Stop);
            await bia.SayAndHoldAsync("até já", Works);
            await bia.Client.CatchUpAsync(null, TimeSpan.FromSeconds(10), Stop);
            await UntilAsync(() => Cursor(home) is not null);
        }

        await using (var ana = await Member.ArriveAsync("ana", mosquitto.Address))
        {
            await ana.Client.JoinAsync(Works, Stop);
            for (var i = 0; i < 40; i++)
            {
                await ana.SayAsync($"geral {i}");
                await ana.SayAsync(new string('x', 12_000) + i, Works); // more than one answer holds
            }

            await ana.SayAndHoldAsync("fim");
            await ana.SayAndHoldAsync("fim", Works);
        }

        await mosquitto.RestartAsync(); // what it kept for bia is gone
        await using var caio = await Member.ArriveAsync("caio", mosquitto.Address);
        await caio.UntilAsync<Noticed>(static change => change.Notice.Kind == NoticeKind.HubFound);
        var before = Cursor(home);
        await using var back = await Member.ArriveAsync("bia", mosquitto.Address, home.Path);
        Assert.Equal(0, await back.Client.CatchUpAsync(null, TimeSpan.FromSeconds(20), Stop));

        Assert.NotEqual(before, Cursor(home));
        Assert.Equal([.. Enumerable.Range(0, 40).Select(static i => $"geral {i}"), "fim"], back.Messages.Where(static message => message.Room == Room.General).Select(static message => message.Text));
        Assert.Equal(41, back.Messages.Count(static message => message.Room == Works));
    }

    [Fact]
    public async Task What_a_guest_said_is_kept_once_and_can_be_answered()
    {
        await using var mosquitto = await Mosquitto.StartAsync();
        using var home = new TestHome();
        await using var hub = await HubAsync("casa", mosquitto, home.Path);
        await using var replica = await HubAsync("casa", mosquitto, home.Path);
        await using var ana = await Member.ArriveAsync("ana", mosquitto.Address);
        await using (var sensor = await Device.ConnectAsync(Device.Options(mosquitto.Address, "sensor")))
        {
            await sensor.Session.PublishAsync(new PublishMessage("chat/general", "porta aberta"u8.ToArray()) { From = "porta" });
            await sensor.Session.PublishAsync(new PublishMessage("chat/general", "porta aberta"u8.ToArray()) { From = "porta" });
        }

        await ana.SayAndHoldAsync("vi");
        await using var bia = await Member.ArriveAsync("bia", mosquitto.Address);
        var seen = await PastAsync(bia, 3);
        var seenLive = await PastAsync(ana, 3);

        string?[] said = ["porta aberta", "porta aberta", "vi"];
        Assert.Equal(said.Order(), seen.Select(static message => message.Text).Order());
        Assert.Equal(said.Order(), seenLive.Select(static message => message.Text).Order());
        Assert.All(seen.Where(static message => message.Text != "vi"), static message => Assert.Equal(("porta", Trust.Guest), (message.From.Name, message.From.Trust)));
        var answer = await bia.Client.SendAsync(Room.General, new Draft("fechei") { Target = seen.First(static message => message.Text == "porta aberta").Id }, Stop);
        Assert.Null(answer.Problem);
        Assert.Equal(("porta", "porta aberta"), (await ana.UntilSaidAsync("fechei")).Quote);
        Assert.Equal(2, ana.Lines.Count(static line => line == "porta aberta"));
    }

    [Fact]
    public async Task What_is_older_than_the_hub_keeps_is_gone_from_its_disk_and_nobody_misses_it()
    {
        var later = new ShiftedTime();
        later.Advance(TimeSpan.FromHours(2));
        await using var mosquitto = await Mosquitto.StartAsync();
        using var home = new TestHome();
        await using (await HubAsync("casa", mosquitto, home.Path))
        {
            await using var ana = await Member.ArriveAsync("ana", mosquitto.Address);
            var said = await ana.SayAndHoldAsync("velha jabuticaba");
            var edit = await ana.Client.SendAsync(Room.General, new Draft("velha pitanga") { Kind = MessageKind.Edit, Target = said.Id }, Stop);
            await ana.UntilAsync<StateChanged>(change => change.Number == edit.Number && change.State == MessageState.Held);
        }

        Assert.True(home.Contains("jabuticaba") && home.Contains("pitanga"));
        await using var hub = await Member.ArriveAsync("casa", mosquitto.Address, home.Path, options => options with { Hub = new HubRole("Casa") { Retention = TimeSpan.FromHours(1) }, Time = later });
        await UntilAsync(() => !home.Contains("jabuticaba") && !home.Contains("pitanga"));
        await using var caio = await Member.ArriveAsync("caio", mosquitto.Address, null, options => options with { Time = later });
        await caio.SayAndHoldAsync("novidade");

        await using var bia = await Member.ArriveAsync("bia", mosquitto.Address, null, options => options with { Time = later });
        await caio.SayAndHoldAsync("oi, bia");
        await bia.UntilSaidAsync("oi, bia");
        var page = await bia.Client.HistoryAsync(Room.General, new HistoryQuery(60), TimeSpan.FromSeconds(5), Stop);

        Assert.Equal(["novidade", "oi, bia"], page.Messages.Select(static message => message.Text));
        Assert.True(page.Complete);
        Assert.Empty((await bia.Client.SearchAsync("jabuticaba", null, null, 10, TimeSpan.FromSeconds(5), Stop)).Messages);
        Assert.DoesNotContain(bia.Told.OfType<MissingChanged>(), static change => change.Missing > 0);
    }

    [Fact]
    public async Task A_hub_is_no_person()
    {
        await using var mosquitto = await Mosquitto.StartAsync();
        await using var hub = await HubAsync("casa", mosquitto);
        await using var ana = await Member.ArriveAsync("ana", mosquitto.Address);
        await ana.SayAndHoldAsync("oi");
        Assert.Equal(["ana"], (await ana.Client.WhoAsync(null, Stop)).Select(static person => person.Who.Name));
    }

    private static Task<Member> HubAsync(string name, Mosquitto mosquitto, string? home = null) =>
        Member.ArriveAsync(name, mosquitto.Address, home, static options => options with { Hub = new HubRole("Casa") });

    private static async Task SayAndGoAsync(string name, Mosquitto mosquitto, int count)
    {
        await using var member = await Member.ArriveAsync(name, mosquitto.Address);
        for (var i = 1; i < count; i++)
        {
            await member.SayAsync($"{name} {i}");
        }

        await member.SayAndHoldAsync($"{name} {count}");
    }

    // The past, once that many messages of it have an id: a guest's line gets one when a hub has written it down.
    private static async Task<IReadOnlyList<ChatMessage>> PastAsync(Member member, int count)
    {
        var began = TimeProvider.System.GetTimestamp();
        while (true)
        {
            var page = await member.Client.HistoryAsync(Room.General, new HistoryQuery(50), TimeSpan.FromSeconds(5), Stop);
            if (page.Messages.Count(static message => message.Id is not null) == count && page.Messages.Count == count)
            {
                return page.Messages;
            }

            Assert.True(TimeProvider.System.GetElapsedTime(began) < Member.Soon, string.Join("|", page.Messages.Select(static message => $"{message.Id} {message.Text}")));
            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System, Stop);
        }
    }

    private static string? Cursor(TestHome home) => home.Query("SELECT hex(value) FROM meta WHERE key LIKE 'cursor %'").SingleOrDefault();

    private static async Task UntilAsync(Func<bool> met)
    {
        var began = TimeProvider.System.GetTimestamp();
        while (!met())
        {
            Assert.True(TimeProvider.System.GetElapsedTime(began) < Member.Soon, "waited in vain");
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, Stop);
        }
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
