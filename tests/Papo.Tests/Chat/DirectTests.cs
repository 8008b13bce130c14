// Owns: direct messages through real brokers: the two read them, nobody else does, and nothing of them lies anywhere in the clear.
// Must never: look inside; these tests see what a user of the library sees, and what a broker does.
using Papo.Client;
using Papo.Protocol;
using Papo.Tests.Hub;
using Papo.Tests.World;

namespace Papo.Tests.Chat;

public sealed class DirectTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Ana_and_bia_write_to_each_other_and_neither_caio_nor_the_broker_reads_it()
    {
        await using var mosquitto = await Mosquitto.StartAsync();
        await using var tap = await Wiretap.StartAsync(mosquitto.Address);
        await using var ana = await Member.ArriveAsync("ana", mosquitto.Address);
        await using var bia = await Member.ArriveAsync("bia", mosquitto.Address);
        await using var caio = await Member.ArriveAsync("caio", mosquitto.Address);
        await ana.UntilAsync<PersonChanged>(change => change.Person.Who.Name == "bia");

        var room = await ana.Client.OpenDirectAsync("bia", Stop);
        Assert.NotNull(room);
        Assert.Equal("@bia", room.ToString());
        var number = await ana.SayAsync("segredo da ana", room);
        var heard = await bia.UntilSaidAsync("segredo da ana");
        Assert.Equal(("ana", Trust.Signed, "@ana"), (heard.From.Name, heard.From.Trust, heard.Room.ToString()));
        await bia.SayAsync("resposta da bia", heard.Room);
        await ana.UntilSaidAsync("resposta da bia");
        await ana.UntilAsync<StateChanged>(change => change.Number == number && change.State == MessageState.Held);

        await caio.SayAndHoldAsync("nada para ver aqui");
        Assert.True(tap.Heard("nada para ver aqui"));
        Assert.False(tap.Heard("segredo da ana"));
        Assert.False(tap.Heard("resposta da bia"));
        Assert.DoesNotContain(caio.Lines, static line => line is "segredo da ana" or "resposta da bia");
        Assert.Equal(["segredo da ana", "resposta da bia"], ana.Messages.Where(message => message.Room == room).Select(static message => message.Text));
    }

    [Fact]
    public async Task Answers_edits_reactions_and_deletions_work_as_in_open_rooms()
    {
        await using var mosquitto = await Mosquitto.StartAsync();
        await using var tap = await Wiretap.StartAsync(mosquitto.Address);
        await using var ana = await Member.ArriveAsync("ana", mosquitto.Address);
        await using var bia = await Member.ArriveAsync("bia", mosquitto.Address);
        await ana.UntilAsync<PersonChanged>(change => change.Person.Who.Name == "bia");

        var room = (await ana.Client.OpenDirectAsync("bia", Stop))!;
        var said = await ana.SayAndHoldAsync("um erro de digitasao", room);
        await ana.Client.SendAsync(room, new Draft("sem erro nenhum") { Kind = MessageKind.Edit, Target = said.Id }, Stop);
        var edited = await bia.UntilAsync<MessageAmended>(change => change.Target?.Text == "sem erro nenhum");
        Assert.True(edited.Target!.Edited);
        await bia.Client.SendAsync(edited.Target.Room, new Draft("👏") { Kind = MessageKind.Reaction, Target = said.Id }, Stop);
        await ana.UntilAsync<MessageAmended>(change => change.Target?.Reactions is [{ Text: "👏" }]);
        await bia.Client.SendAsync(edited.Target.Room, new Draft("respondo") { Target = said.Id }, Stop);
        Assert.Equal("um erro de digitasao", (await ana.UntilSaidAsync("respondo")).Quote?.Line);
        await ana.Client.SendAsync(room, new Draft("") { Kind = MessageKind.Delete, Target = said.Id }, Stop);
        await bia.UntilAsync<MessageAmended>(change => change.Target is { Deleted: true });
        Assert.False(tap.Heard("digitasao"));
        Assert.False(tap.Heard("sem erro nenhum"));
        Assert.False(tap.Heard("👏"));

        var found = await bia.Client.SearchAsync("respondo", null, null, 10, TimeSpan.Zero, Stop);
        Assert.Equal("respondo", Assert.Single(found.Messages).Text);
    }

    [Fact]
    public async Task What_was_written_while_bia_was_away_is_there_when_she_comes_back()
    {
        await using var mosquitto = await Mosquitto.StartAsync();
        using var home = new TestHome();
        await using var ana = await Member.ArriveAsync("ana", mosquitto.Address);
        await using (var before = await Member.ArriveAsync("bia", mosquitto.Address, home.Path))
        {
            await ana.UntilAsync<PersonChanged>(change => change.Person.Who.Name == "bia");
        }

        await ana.UntilAsync<PersonChanged>(static change => change.What == PersonEvent.Left);
        var room = (await ana.Client.OpenDirectAsync("bia", Stop))!;
        await ana.SayAsync("até logo", room);
        await ana.SayAsync("volta quando puderes", room);
        await using var bia = await Member.ArriveAsync("bia", mosquitto.Address, home.Path);
        await bia.UntilSaidAsync("até logo");
        await bia.UntilSaidAsync("volta quando puderes");
        Assert.Equal(["até logo", "volta quando puderes"], bia.Messages.Where(static message => message.Room.IsPrivate).Select(static message => message.Text));
    }

    [Fact]
    public async Task Both_read_on_after_a_restart_with_the_same_keys()
    {
        await using var mosquitto = await Mosquitto.StartAsync();
        using var home = new TestHome();
        await using var ana = await Member.ArriveAsync("ana", mosquitto.Address);
        Room room;
        await using (var before = await Member.ArriveAsync("bia", mosquitto.Address, home.Path))
        {
            await ana.UntilAsync<PersonChanged>(change => change.Person.Who.Name == "bia");
            room = (await ana.Client.OpenDirectAsync("bia", Stop))!;
            await ana.SayAndHoldAsync("antes", room);
            await before.UntilSaidAsync("antes");
        }

        await ana.SayAsync("entretanto", room);
        await using var bia = await Member.ArriveAsync("bia", mosquitto.Address, home.Path);
        await bia.UntilSaidAsync("entretanto");
        Assert.Contains(room, bia.Client.Joined);
        Assert.Equal("@ana", bia.Client.Joined.First(joined => joined == room).ToString());
        await bia.SayAsync("depois", room);
        await ana.UntilSaidAsync("depois");
        var page = await bia.Client.HistoryAsync(room, new HistoryQuery(10), TimeSpan.Zero, Stop);
        Assert.Equal(["antes", "entretanto", "depois"], page.Messages.Select(static message => message.Text));
    }

    [Fact]
    public async Task What_another_process_of_the_profile_took_first_is_told_here_too()
    {
        await using var mosquitto = await Mosquitto.StartAsync();
        await using var proxy = new Proxy(mosquitto.Port);
        using var home = new TestHome();
        await using var ana = await Member.ArriveAsync("ana", mosquitto.Address);
        await using var bia = await Member.ArriveAsync("bia", mosquitto.Address, home.Path);
        await using var beside = await Member.ArriveAsync("bia", proxy.Address, home.Path);
        await beside.SayAndHoldAsync("cheguei na outra tela");
        await ana.UntilSaidAsync("cheguei na outra tela"); // ana knows of both

        proxy.Freeze();
        var room = (await ana.Client.OpenDirectAsync("bia", Stop))!;
        await ana.SayAndHoldAsync("quem lê primeiro?", room);
        await bia.UntilSaidAsync("quem lê primeiro?");
        proxy.Thaw();
        await beside.UntilSaidAsync("quem lê primeiro?");
        await ana.SayAsync("e agora as duas", room);
        await beside.UntilSaidAsync("e agora as duas");
        Assert.Equal(["cheguei na outra tela", "quem lê primeiro?", "e agora as duas"], beside.Lines);
    }

    [Fact]
    public async Task What_a_process_that_is_gone_said_in_a_room_that_it_alone_had_joined_goes_out_with_another()
    {
        await using var mosquitto = await Mosquitto.StartAsync();
        await using var proxy = new Proxy(mosquitto.Port);
        using var home = new TestHome();
        var time = new ShiftedTime();
        Assert.True(Room.TryFromWire("cozinha", out var kitchen));
        await using var ana = await Member.ArriveAsync("ana", mosquitto.Address);
        await ana.Client.JoinAsync(kitchen!, Stop);
        await using var bia = await Member.ArriveAsync("bia", mosquitto.Address, home.Path, options => options with { Time = time });
        await using (var beside = await Member.ArriveAsync("bia", proxy.Address, home.Path))
        {
            await proxy.RefuseAsync();
            await beside.UntilAsync<ConnectionChanged>(static change => !change.Connection.Up);
            await beside.Client.JoinAsync(kitchen!, Stop);
            await beside.SayAsync("o café está pronto", kitchen);
        }

        Assert.DoesNotContain(kitchen!, bia.Client.Joined);
        time.Advance(TimeSpan.FromSeconds(31));
        await ana.SayAsync("oi"); // she looks at the clock
        await ana.UntilSaidAsync("o café está pronto");
    }

    [Fact]
    public async Task Two_processes_of_one_profile_read_and_write_the_same_direct_messages()
    {
        await using var mosquitto = await Mosquitto.StartAsync();
        using var home = new TestHome();
        await using var ana = await Member.ArriveAsync("ana", mosquitto.Address);
        await using var bia = await Member.ArriveAsync("bia", mosquitto.Address, home.Path);
        await using var beside = await Member.ArriveAsync("bia", mosquitto.Address, home.Path);
        Assert.NotEqual(bia.Slot, beside.Slot);
        await beside.SayAndHoldAsync("as duas estão aqui"); // ana has heard of both
        await bia.SayAndHoldAsync("estamos");
        await ana.UntilSaidAsync("as duas estão aqui");
        await ana.UntilSaidAsync("estamos");

        var room = (await ana.Client.OpenDirectAsync("bia", Stop))!;
        await ana.SayAsync("para as duas", room);
        await bia.UntilSaidAsync("para as duas");
        await beside.UntilSaidAsync("para as duas");
        await beside.SayAsync("da outra janela", room);
        await ana.UntilSaidAsync("da outra janela");
        Assert.True((await bia.UntilSaidAsync("da outra janela")).Mine);
    }

    [Fact]
    public async Task A_hub_that_comes_later_gets_what_was_said_in_private_while_nobody_else_was_there()
    {
        await using var mosquitto = await Mosquitto.StartAsync();
        await using var ana = await Member.ArriveAsync("ana", mosquitto.Address);
        var room = (await ana.Client.CreateRoomAsync(DisplayName.TryParse("diário", out var title) == NameProblem.None ? title! : null!, false, Stop))!;
        var number = await ana.SayAsync("só para mim", room);
        await ana.UntilAsync<StateChanged>(change => change.Number == number && change.State == MessageState.Sent);
        await using var hub = await HubWorld.HubAsync("casa", mosquitto);
        await ana.UntilAsync<StateChanged>(change => change.Number == number && change.State == MessageState.Held);
    }

    [Fact]
    public async Task A_hub_keeps_and_heals_what_it_cannot_read()
    {
        await using var mosquitto = await Mosquitto.StartAsync();
        using var hubHome = new TestHome();
        using var biaHome = new TestHome();
        await using (await HubWorld.HubAsync("casa", mosquitto, hubHome.Path))
        {
            await using (var before = await Member.ArriveAsync("bia", mosquitto.Address, biaHome.Path))
            {
                await before.SayAndHoldAsync("estou aqui");
            }

            await using (var ana = await Member.ArriveAsync("ana", mosquitto.Address))
            {
                var room = (await ana.Client.OpenDirectAsync("bia", Stop))!;
                await ana.SayAndHoldAsync("guardado e fechado", room); // only the hub can hold it
            }

            await using var bia = await Member.ArriveAsync("bia", mosquitto.Address, biaHome.Path);
            await bia.UntilSaidAsync("guardado e fechado");
        }

        foreach (var file in Directory.EnumerateFiles(hubHome.Path, "*", SearchOption.AllDirectories))
        {
            Assert.Equal(-1, File.ReadAllBytes(file).AsSpan().IndexOf("guardado e fechado"u8));
        }
    }
}
