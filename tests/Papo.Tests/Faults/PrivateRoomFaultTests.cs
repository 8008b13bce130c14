// Owns: private rooms where the word of a change comes late, or is more than a broker takes.
// Must never: wait for a fault to happen by itself.
using Papo.Client;
using Papo.Client.Wire;
using Papo.Protocol;
using Papo.Tests.World;

namespace Papo.Tests.Faults;

public sealed class PrivateRoomFaultTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_caio_said_before_bia_heard_of_his_removal_is_shown_by_nobody_until_he_is_in_again()
    {
        await using var mosquitto = await Mosquitto.StartAsync();
        await using var proxy = new Proxy(mosquitto.Port);
        await using var ana = await Member.ArriveAsync("ana", Through(proxy));
        await using var bia = await Member.ArriveAsync("bia", mosquitto.Address);
        await using var caio = await Member.ArriveAsync("caio", mosquitto.Address);
        var room = await MakeAsync(ana, bia, caio);
        await caio.SayAsync("todos leem", room);
        await ana.UntilSaidAsync("todos leem");

        proxy.Freeze();
        Assert.Equal(MemberResult.Done, await ana.Client.RemoveAsync(room, "caio", Stop));
        await caio.SayAsync("tarde demais", room);
        await bia.UntilSaidAsync("tarde demais");
        proxy.Thaw();

        var withdrawn = await bia.UntilAsync<MessageAmended>(static change => change is { Amendment.Kind: MessageKind.Withdrawn, Target.Deleted: true });
        Assert.Null(withdrawn.Target!.Text);
        await ana.SayAsync("sem o caio", room);
        await bia.UntilSaidAsync("sem o caio");
        Assert.Equal(["todos leem", "sem o caio"], await TextsAsync(ana, room));
        Assert.Equal(["todos leem", "sem o caio"], await TextsAsync(bia, room));
        Assert.Empty((await bia.Client.SearchAsync("tarde", null, null, 10, TimeSpan.Zero, Stop)).Messages);

        Assert.Equal(MemberResult.Done, await ana.Client.InviteAsync(room, "caio", Stop));
        await ana.UntilSaidAsync("tarde demais");
        await bia.UntilAsync<MessageAmended>(static change => change is { Amendment.Kind: MessageKind.Restored, Target: { Deleted: false, Text: "tarde demais" } });
        Assert.Equal(["todos leem", "tarde demais", "sem o caio"], await TextsAsync(bia, room));
        Assert.Equal(["todos leem", "tarde demais", "sem o caio"], await TextsAsync(ana, room));
    }

    [Fact]
    public async Task What_a_removed_computer_of_ana_said_before_bia_heard_of_its_removal_counts_for_nobody()
    {
        await using var mosquitto = await Mosquitto.StartAsync();
        await using var proxy = new Proxy(mosquitto.Port);
        using var phoneHome = new TestHome();
        await using var laptop = await Member.ArriveAsync("ana", Through(proxy));
        await using var bia = await Member.ArriveAsync("bia", mosquitto.Address);
        await Linked.LinkAsync(laptop, mosquitto.Address, phoneHome, "celular");
        await using var phone = await Member.ArriveAsync("ana", mosquitto.Address, phoneHome.Path);
        var room = (await phone.Client.OpenDirectAsync("bia", Stop))!;
        await phone.SayAsync("ainda é meu", room);
        await laptop.UntilSaidAsync("ainda é meu");
        var said = await bia.UntilSaidAsync("ainda é meu");

        proxy.Freeze();
        Assert.True(await laptop.Client.RemoveCopyAsync((await laptop.Client.CopiesAsync(Stop)).Single(static copy => copy.IsLinked).Copy, Stop));
        await phone.SayAsync("tarde demais", room);
        await bia.UntilSaidAsync("tarde demais");
        await phone.Client.SendAsync(room, new Draft("👍") { Kind = MessageKind.Reaction, Target = said.Id }, Stop);
        await bia.UntilAsync<MessageAmended>(static change => change.Target is { Reactions.Count: 1 });
        proxy.Thaw();

        var words = await bia.UntilAsync<MessageAmended>(static change => change is { Amendment.Kind: MessageKind.Withdrawn, Target.Deleted: true });
        Assert.Equal((null, null), (words.Amendment.Text, words.Target!.Text));
        var reaction = await bia.UntilAsync<MessageAmended>(change => change.Amendment.Kind == MessageKind.Withdrawn && change.Target?.Id == said.Id);
        Assert.Empty(reaction.Target!.Reactions);
        await laptop.SayAsync("sem o celular", room);
        await bia.UntilSaidAsync("sem o celular");
        Assert.Equal(["ainda é meu", "sem o celular"], await TextsAsync(bia, room));
        Assert.Equal(["ainda é meu", "sem o celular"], await TextsAsync(laptop, room));
    }

    [Fact]
    public async Task However_long_bia_rests_after_asking_in_vain_she_asks_at_once_when_she_is_let_in_again()
    {
        await using var mosquitto = await Mosquitto.StartAsync();
        await using var proxy = new Proxy(mosquitto.Port);
        var time = new ShiftedTime();
        await using var ana = await Member.ArriveAsync("ana", mosquitto.Address);
        await using var bia = await Member.ArriveAsync("bia", Through(proxy), change: options => options with { Time = time });
        var room = await MakeAsync(ana, bia);
        await proxy.RefuseAsync();
        Assert.Equal(MemberResult.Done, await ana.Client.RemoveAsync(room, "bia", Stop));
        await mosquitto.RestartAsync(); // and with it what it had queued for her
        await ana.UntilAsync<ConnectionChanged>(_ => ana.Told.OfType<ConnectionChanged>().Count(static change => change.Connection.Up) > 1);
        proxy.Allow();
        await bia.UntilAsync<ConnectionChanged>(_ => bia.Told.OfType<ConnectionChanged>().Count(static change => change.Connection.Up) > 1);
        await using var tap = await Wiretap.StartAsync(mosquitto.Address);
        int Answers() => tap.Everything.Split("_i/" + bia.Client.Me.Account).Length;

        await ana.SayAsync("sem a bia", room);
        for (var (round, heard) = (0, Answers()); round < 7; round++, heard = Answers())
        {
            time.Advance(TimeSpan.FromMinutes(3));
            await ana.SayAsync($"ouve {round}", Room.General);
            await bia.UntilSaidAsync($"ouve {round}");
            await Eventually.IsAsync(() => Task.FromResult(Answers() > heard), static () => "bia asked nobody");
            await bia.Client.VenueAsync(Stop);
        }

        Assert.Equal(MemberResult.Done, await ana.Client.InviteAsync(room, "bia", Stop));
        await ana.SayAsync("de volta", room);
        await bia.UntilSaidAsync("de volta");
    }

    [Fact]
    public async Task A_change_that_the_broker_would_not_take_changes_nothing_and_says_so()
    {
        await using var mosquitto = await Mosquitto.StartAsync("listener {port} 127.0.0.1\nallow_anonymous true\nmax_packet_size 1220\n");
        await using var ana = await Member.ArriveAsync("ana", mosquitto.Address);
        await using var bia = await Member.ArriveAsync("bia", mosquitto.Address);
        await ana.UntilAsync<PersonChanged>(static change => change.Person.Who.Name == "bia");
        var room = await RoomAsync(ana);
        Assert.Equal(MemberResult.BrokerTakesLess, await ana.Client.InviteAsync(room, "bia", Stop));
    }

    [Fact]
    public async Task An_invite_that_was_lost_with_the_broker_is_said_again_when_bia_connects()
    {
        await using var mosquitto = await Mosquitto.StartAsync();
        await using var proxy = new Proxy(mosquitto.Port);
        await using var ana = await Member.ArriveAsync("ana", mosquitto.Address);
        await using var bia = await Member.ArriveAsync("bia", Through(proxy));
        await ana.UntilAsync<PersonChanged>(static change => change.Person.Who.Name == "bia");

        await proxy.RefuseAsync(); // nobody is told before 15 s have passed
        await mosquitto.RestartAsync();
        await ana.UntilAsync<ConnectionChanged>(_ => ana.Told.OfType<ConnectionChanged>().Count(static change => change.Connection.Up) > 1);
        await ana.SayAsync("chega na mesma", (await ana.Client.OpenDirectAsync("bia", Stop))!);
        proxy.Allow();
        await bia.UntilSaidAsync("chega na mesma");
    }

    private static BrokerAddress Through(Proxy proxy) =>
        BrokerAddress.TryParse($"mqtt://127.0.0.1:{proxy.Port}", out var address, out _) ? address : throw new InvalidOperationException("a port");

    private static async Task<IEnumerable<string>> TextsAsync(Member member, Room room) =>
        (await member.Client.HistoryAsync(room, new HistoryQuery(10), TimeSpan.Zero, Stop)).Messages.Where(static message => message.Text is not null).Select(static message => message.Text!);

    private static async Task<Room> RoomAsync(Member ana)
    {
        Assert.Equal(NameProblem.None, DisplayName.TryParse("toca", out var name));
        return (await ana.Client.CreateRoomAsync(name!, sharesPast: false, Stop))!;
    }

    private static async Task<Room> MakeAsync(Member ana, params Member[] others)
    {
        var room = await RoomAsync(ana);
        foreach (var other in others)
        {
            await ana.UntilAsync<PersonChanged>(change => change.Person.Who.Name == other.Name);
            Assert.Equal(MemberResult.Done, await ana.Client.InviteAsync(room, other.Name, Stop));
            await other.UntilAsync<RoomOpened>(opened => opened.Room == room);
        }

        return room;
    }
}
