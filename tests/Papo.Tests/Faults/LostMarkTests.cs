// Owns: brokers that forgot the mark of the space, and who is followed when somebody makes another.
// Must never: leave two communities on one broker where one of them is a mistake of a moment ago, or bring a community to strangers at home.
using Papo.Client;
using Papo.Client.Wire;
using Papo.Protocol;
using Papo.Tests.World;

namespace Papo.Tests.Faults;

public sealed class LostMarkTests
{
    [Fact]
    public async Task Who_was_started_again_brings_the_mark_back_over_that_of_a_newcomer()
    {
        await using var mosquitto = await Mosquitto.StartAsync();
        using var home = new TestHome();
        using var other = new TestHome();
        await TalkAsync(mosquitto, home.Path, other.Path);
        await ForgetAsync(mosquitto);

        await using var caio = await Member.ArriveAsync("caio", mosquitto.Address);
        await caio.SayAsync("ninguém aqui?");
        await using var ana = await Member.ArriveAsync("ana", mosquitto.Address, home.Path);
        await ana.UntilSaidAsync("ninguém aqui?");
        await caio.UntilSaidAsync("oi, ana");
        await using var bia = await Member.ArriveAsync("bia", mosquitto.Address, other.Path);
        await bia.SayAndHoldAsync("todos aqui");
        await caio.UntilSaidAsync("todos aqui");

        Assert.DoesNotContain(NoticeKind.SpaceChanged, Told(ana, bia, caio));
    }

    [Fact]
    public async Task What_a_newcomer_edited_before_he_followed_arrives_edited_and_what_he_took_back_does_not()
    {
        await using var mosquitto = await Mosquitto.StartAsync();
        using var home = new TestHome();
        await TalkAsync(mosquitto, home.Path);
        await ForgetAsync(mosquitto);
        await using var caio = await Member.ArriveAsync("caio", mosquitto.Address);
        var (said, wrong) = (await SayAsync(caio, "ninguém aki?"), await SayAsync(caio, "sala errada"));
        await AmendAsync(caio, MessageKind.Edit, said, "ninguém aqui?");
        await AmendAsync(caio, MessageKind.Delete, wrong, "");

        await using var ana = await Member.ArriveAsync("ana", mosquitto.Address, home.Path);
        await caio.UntilSaidAsync("oi, ana");
        await caio.SayAndHoldAsync("fim");

        var page = await ana.Client.HistoryAsync(Room.General, new HistoryQuery(10), TimeSpan.FromSeconds(1), TestContext.Current.CancellationToken);
        Assert.Equal([("oi, ana", false), ("ninguém aqui?", true), ("fim", false)], page.Messages.Select(static message => (message.Text, message.Edited)));
    }

    [Fact]
    public async Task Who_comes_to_a_broker_where_others_live_by_now_follows_them_and_is_told()
    {
        await using var mosquitto = await Mosquitto.StartAsync();
        using var home = new TestHome();
        await TalkAsync(mosquitto, home.Path, null, HoursAgo(2));
        await ForgetAsync(mosquitto);
        await using var caio = await Member.ArriveAsync("caio", mosquitto.Address);
        await using var dora = await Member.ArriveAsync("dora", mosquitto.Address);
        await caio.SayAndHoldAsync("oi, dora");
        await dora.SayAndHoldAsync("oi, caio");

        await using var ana = await Member.OpenAsync("ana", mosquitto.Address, home.Path);
        await ana.UntilAsync<Noticed>(static change => change.Notice.Kind == NoticeKind.SpaceChanged);
        await ana.UntilSaidAsync("oi, dora");
        await ana.SayAndHoldAsync("oi, gente nova");
        await caio.UntilSaidAsync("oi, gente nova");
        await dora.UntilSaidAsync("oi, gente nova");

        Assert.DoesNotContain(NoticeKind.SpaceChanged, Told(caio, dora));
    }

    [Fact]
    public async Task Somebody_at_home_behind_the_same_address_is_never_asked_to_move()
    {
        await using var mosquitto = await Mosquitto.StartAsync();
        using var home = new TestHome();
        await TalkAsync(mosquitto, home.Path, null, HoursAgo(2));
        await ForgetAsync(mosquitto);
        await using var caio = await Member.ArriveAsync("caio", mosquitto.Address, null, static options => options with { Time = HoursAgo(1) });
        await caio.SayAsync("só para mim");
        await using var stranger = await Stranger.ArriveAsync("dora", mosquitto.Address);

        await using var ana = await Member.OpenAsync("ana", mosquitto.Address, home.Path);
        await ana.UntilAsync<Noticed>(static change => change.Notice.Kind == NoticeKind.SpaceChanged);
        await ana.UntilSaidAsync("só para mim");
        await stranger.PublishAsync(new PublishMessage("chat/_space", stranger.SpaceCard.Encode()) { Qos = 0, Retain = true });

        // The first mark that dora sees after her own look at the broker is the one she wrote: ana wrote none.
        Assert.True(SpaceCard.TryRead((await stranger.Device.MessageAsync()).Payload, out var mark));
        Assert.Equal(stranger.SpaceCard, mark);
    }

    [Fact]
    public async Task A_hub_keeps_its_own_broker_for_its_own_community()
    {
        await using var mosquitto = await Mosquitto.StartAsync();
        using var home = new TestHome();
        await TalkAsync(mosquitto, home.Path, null, null, AsOwner);
        await ForgetAsync(mosquitto);
        await using var caio = await Member.ArriveAsync("caio", mosquitto.Address);
        await using var dora = await Member.ArriveAsync("dora", mosquitto.Address);
        await dora.SayAndHoldAsync("oi, caio");
        await using var stranger = await Stranger.ArriveAsync("eva", mosquitto.Address);

        await using var hub = await Member.OpenAsync("ana", mosquitto.Address, home.Path, AsOwner);
        for (var marks = new List<SpaceCard>(); marks.Count(mark => mark != stranger.SpaceCard) < 2 || marks[^1] == stranger.SpaceCard;)
        {
            Assert.True(SpaceCard.TryRead((await stranger.Device.MessageAsync()).Payload, out var mark));
            marks.Add(mark!);
        }

        Assert.DoesNotContain(NoticeKind.SpaceChanged, Told(hub));
    }

    private static ChatOptions AsOwner(ChatOptions options) => options with { Hub = new HubRole("Casa") { OwnsBroker = true } };

    // Ana and bia make a community and go.
    private static async Task TalkAsync(Mosquitto mosquitto, string home, string? other = null, TimeProvider? time = null, Func<ChatOptions, ChatOptions>? change = null)
    {
        await using var ana = await Member.OpenAsync("ana", mosquitto.Address, home, options => (change ?? Same)(options with { Time = time ?? TimeProvider.System }));
        await ana.UntilAsync<ConnectionChanged>(static told => told.Connection.Up);
        await using var bia = await Member.ArriveAsync("bia", mosquitto.Address, other, options => options with { Time = time ?? TimeProvider.System });
        await bia.SayAndHoldAsync("oi, ana");
        static ChatOptions Same(ChatOptions options) => options;
    }

    private static async Task<EntryId> SayAsync(Member member, string text)
    {
        var number = await member.SayAsync(text);
        return (await member.UntilAsync<MessageArrived>(change => change.Message.Number == number)).Message.Id!.Value;
    }

    private static async Task AmendAsync(Member member, MessageKind kind, EntryId target, string text) =>
        Assert.Null((await member.Client.SendAsync(Room.General, new Draft(text) { Kind = kind, Target = target }, TestContext.Current.CancellationToken)).Problem);

    private static ShiftedTime HoursAgo(int hours)
    {
        var time = new ShiftedTime();
        time.Advance(TimeSpan.FromHours(-hours));
        return time;
    }

    // An unconfigured Mosquitto keeps nothing.
    private static async Task ForgetAsync(Mosquitto mosquitto)
    {
        await mosquitto.KillAsync();
        await mosquitto.RestartAsync();
    }

    private static List<NoticeKind> Told(params Member[] members) => [.. members.SelectMany(static member => member.Told.OfType<Noticed>()).Select(static change => change.Notice.Kind)];
}
