// Owns: the tests of what a hub remembers for others: searching it, catching up with it, guests, and forgetting in time.
// Must never: let a member help out where the hub is meant to.
using Papo.Client;
using Papo.Client.Wire;
using Papo.Protocol;
using Papo.Tests.World;

namespace Papo.Tests.Hub;

public sealed class HubPastTests
{
    private static readonly Room Works = Parse("obras");

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_newcomer_finds_what_those_said_who_have_gone()
    {
        await using var mosquitto = await Mosquitto.StartAsync();
        await using var hub = await HubWorld.HubAsync("casa", mosquitto);
        await using (var ana = await Member.ArriveAsync("ana", mosquitto.Address))
        {
            var said = await ana.SayAndHoldAsync("São João é amanhã");
            await ana.SayAndHoldAsync("não, é hoje");
            var edit = await ana.Client.SendAsync(Room.General, new Draft("São Pedro é amanhã") { Kind = MessageKind.Edit, Target = said.Id }, Stop);
            await ana.UntilAsync<StateChanged>(change => change.Number == edit.Number && change.State == MessageState.Held);
        }

        await HubWorld.SayAndGoAsync("caio", mosquitto, 60);
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
        await using var hub = await HubWorld.HubAsync("casa", mosquitto);
        await using (var bia = await Member.ArriveAsync("bia", mosquitto.Address, home.Path))
        {
            await bia.Client.JoinAsync(Works, Stop);
            await bia.SayAndHoldAsync("até já", Works);
            await bia.Client.CatchUpAsync(null, TimeSpan.FromSeconds(10), Stop);
            await HubWorld.UntilAsync(() => Cursor(home) is not null, "a cursor");
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
        await using var hub = await HubWorld.HubAsync("casa", mosquitto, home.Path);
        await using var replica = await HubWorld.HubAsync("casa", mosquitto, home.Path);
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
    public async Task What_a_guest_said_while_all_replicas_were_away_is_written_down_once()
    {
        await using var mosquitto = await Mosquitto.StartAsync();
        using var home = new TestHome();
        await using (await HubWorld.HubAsync("casa", mosquitto, home.Path))
        await using (await HubWorld.HubAsync("casa", mosquitto, home.Path))
        {
            await using var ana = await Member.ArriveAsync("ana", mosquitto.Address);
            await ana.SayAndHoldAsync("oi, casa");
        }

        await using (var sensor = await Device.ConnectAsync(Device.Options(mosquitto.Address, "sensor")))
        {
            await sensor.Session.PublishAsync(new PublishMessage("chat/general", "porta aberta"u8.ToArray()) { From = "porta" });
        }

        // Both get it from the broker's queue, one after the other.
        await using var hub = await HubWorld.HubAsync("casa", mosquitto, home.Path);
        await HubWorld.UntilAsync(() => WrittenDown(home).Count == 1, "the first replica to write it down");
        await using var replica = await HubWorld.HubAsync("casa", mosquitto, home.Path);
        await HubWorld.UntilAsync(() => WrittenDown(home) is [not ""] or [_, _], "the second replica to look at it");
        Assert.Single(WrittenDown(home));
    }

    // The lines of guests in the hub's logs, each with who saw it besides.
    private static IReadOnlyList<string> WrittenDown(TestHome home) => home.Query("SELECT sources FROM entries WHERE kind = 8");

    [Fact]
    public async Task What_is_older_than_the_hub_keeps_is_gone_from_its_disk_and_nobody_misses_it()
    {
        var later = new ShiftedTime();
        later.Advance(TimeSpan.FromHours(2));
        await using var mosquitto = await Mosquitto.StartAsync();
        using var home = new TestHome();
        await using (await HubWorld.HubAsync("casa", mosquitto, home.Path))
        {
            await using var ana = await Member.ArriveAsync("ana", mosquitto.Address);
            var said = await ana.SayAndHoldAsync("velha jabuticaba");
            var edit = await ana.Client.SendAsync(Room.General, new Draft("velha pitanga") { Kind = MessageKind.Edit, Target = said.Id }, Stop);
            await ana.UntilAsync<StateChanged>(change => change.Number == edit.Number && change.State == MessageState.Held);
        }

        Assert.True(home.Contains("jabuticaba") && home.Contains("pitanga"));
        await using var hub = await Member.ArriveAsync("casa", mosquitto.Address, home.Path, options => options with { Hub = new HubRole("Casa") { Retention = TimeSpan.FromHours(1) }, Time = later });
        await HubWorld.UntilAsync(() => !home.Contains("jabuticaba") && !home.Contains("pitanga"), "the texts to be gone from the disk");
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

    // The past, once that many messages of it have an id: a guest's line gets one when a hub has written it down.
    private static async Task<IReadOnlyList<ChatMessage>> PastAsync(Member member, int count)
    {
        IReadOnlyList<ChatMessage> messages = [];
        await Eventually.IsAsync(
            async () =>
            {
                messages = (await member.Client.HistoryAsync(Room.General, new HistoryQuery(50), TimeSpan.FromSeconds(5), Stop)).Messages;
                return messages.Count(static message => message.Id is not null) == count && messages.Count == count;
            },
            () => string.Join("|", messages.Select(static message => $"{message.Id} {message.Text}")));
        return messages;
    }

    private static string? Cursor(TestHome home) => home.Query("SELECT hex(value) FROM meta WHERE key LIKE 'cursor %'").SingleOrDefault();

    private static Room Parse(string name) => Room.TryParse(name, out var room) ? room : throw new ArgumentException(name);
}
