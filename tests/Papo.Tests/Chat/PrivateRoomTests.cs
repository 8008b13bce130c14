// Owns: private rooms through a real broker: who is in reads, who is out does not, and lost keys come back.
// Must never: look inside; these tests see what a user of the library sees, and what a broker does.
using Papo.Client;
using Papo.Protocol;
using Papo.Tests.World;

namespace Papo.Tests.Chat;

public sealed class PrivateRoomTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Ana_makes_a_room_invites_bia_and_nobody_outside_learns_its_words_or_its_name()
    {
        await using var mosquitto = await Mosquitto.StartAsync();
        await using var tap = await Wiretap.StartAsync(mosquitto.Address);
        await using var ana = await Member.ArriveAsync("ana", mosquitto.Address);
        await using var bia = await Member.ArriveAsync("bia", mosquitto.Address);
        await using var caio = await Member.ArriveAsync("caio", mosquitto.Address);
        var room = await MakeAsync(ana, "a nossa toca", sharesPast: false, bia);

        await ana.SayAsync("plano secreto", room);
        var heard = await bia.UntilSaidAsync("plano secreto");
        Assert.Equal("~a nossa toca", heard.Room.ToString());
        await bia.SayAsync("combinado assim", heard.Room);
        await ana.UntilSaidAsync("combinado assim");
        Assert.Equal(["ana", "bia"], (await bia.Client.WhoAsync(heard.Room, Stop)).Select(static person => person.Who.Name).Order(StringComparer.Ordinal));
        await caio.SayAndHoldAsync("silêncio");
        Assert.False(tap.Heard("plano secreto"));
        Assert.False(tap.Heard("combinado assim"));
        Assert.False(tap.Heard("nossa toca"));
        Assert.Equal(MemberResult.NotAllowed, await bia.Client.InviteAsync(room, "caio", Stop));
    }

    [Fact]
    public async Task Whoever_was_removed_reads_nothing_more_and_is_heard_no_more()
    {
        await using var mosquitto = await Mosquitto.StartAsync();
        await using var ana = await Member.ArriveAsync("ana", mosquitto.Address);
        await using var bia = await Member.ArriveAsync("bia", mosquitto.Address);
        await using var caio = await Member.ArriveAsync("caio", mosquitto.Address);
        var room = await MakeAsync(ana, "toca", sharesPast: false, bia, caio);
        await ana.SayAsync("com a bia", room);
        await bia.UntilSaidAsync("com a bia");
        await caio.UntilSaidAsync("com a bia");

        Assert.Equal(MemberResult.Done, await ana.Client.RemoveAsync(room, "bia", Stop));
        await ana.SayAsync("sem a bia", room);
        await caio.UntilSaidAsync("sem a bia");
        await caio.SayAsync("ela não lê isto", room);
        await ana.UntilSaidAsync("ela não lê isto");
        await bia.UntilAsync<Noticed>(static change => change.Notice.Kind == NoticeKind.RemovedFromRoom);
        Assert.Equal(SendProblem.NotMember, (await bia.Client.SendAsync(room, new Draft("e eu?"), Stop)).Problem);
        await caio.SayAndHoldAsync("ainda aqui", Room.General);
        await bia.UntilSaidAsync("ainda aqui");
        Assert.DoesNotContain(bia.Lines, static line => line is "sem a bia" or "ela não lê isto");
        Assert.DoesNotContain(ana.Lines, static line => line == "e eu?");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Whoever_is_taken_in_again_is_told_so_also_where_he_has_left_meanwhile(bool hasLeft)
    {
        await using var mosquitto = await Mosquitto.StartAsync();
        await using var ana = await Member.ArriveAsync("ana", mosquitto.Address);
        await using var bia = await Member.ArriveAsync("bia", mosquitto.Address);
        var room = await MakeAsync(ana, "toca", sharesPast: false, bia);
        Assert.Equal(MemberResult.Done, await ana.Client.RemoveAsync(room, "bia", Stop));
        await bia.UntilAsync<Noticed>(static change => change.Notice.Kind == NoticeKind.RemovedFromRoom);
        if (hasLeft)
        {
            await bia.Client.LeaveAsync(room, Stop);
        }

        Assert.Equal(MemberResult.Done, await ana.Client.InviteAsync(room, "bia", Stop));
        if (hasLeft)
        {
            await Eventually.IsAsync(() => Task.FromResult(bia.Told.OfType<RoomOpened>().Count(opened => opened.Room == room) == 2), bia.Summary);
        }
        else
        {
            await bia.UntilAsync<Noticed>(change => change.Notice.Kind == NoticeKind.BackInRoom && change.Notice.Room == room);
        }

        await bia.SayAsync("voltei", room);
        await ana.UntilSaidAsync("voltei");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_newcomer_reads_the_past_only_where_the_room_says_so(bool sharesPast)
    {
        await using var mosquitto = await Mosquitto.StartAsync();
        await using var ana = await Member.ArriveAsync("ana", mosquitto.Address);
        await using var bia = await Member.ArriveAsync("bia", mosquitto.Address);
        await using var caio = await Member.ArriveAsync("caio", mosquitto.Address);
        var room = await MakeAsync(ana, "toca", sharesPast, bia);
        await ana.SayAsync("antes do caio", room);
        await bia.UntilSaidAsync("antes do caio");

        await ana.UntilAsync<PersonChanged>(change => change.Person.Who.Name == "caio");
        Assert.Equal(MemberResult.Done, await ana.Client.InviteAsync(room, "caio", Stop));
        await ana.SayAsync("depois do caio", room);
        var heard = await caio.UntilSaidAsync("depois do caio");
        await caio.Client.CatchUpAsync(room, Member.Soon, Stop);
        if (sharesPast)
        {
            await caio.UntilSaidAsync("antes do caio");
        }

        var page = await caio.Client.HistoryAsync(heard.Room, new HistoryQuery(10), Member.Soon, Stop);
        Assert.Equal(sharesPast, page.Messages.Any(static message => message.Text == "antes do caio"));
        Assert.Equal("depois do caio", page.Messages[^1].Text);
    }

    [Fact]
    public async Task A_profile_that_lost_its_keys_asks_for_them_and_reads_again()
    {
        await using var mosquitto = await Mosquitto.StartAsync();
        using var first = new TestHome();
        using var second = new TestHome();
        await using var ana = await Member.ArriveAsync("ana", mosquitto.Address);
        Room room;
        await using (var bia = await Member.ArriveAsync("bia", mosquitto.Address, first.Path))
        {
            await ana.UntilAsync<PersonChanged>(change => change.Person.Who.Name == "bia");
            room = (await ana.Client.OpenDirectAsync("bia", Stop))!;
            await ana.SayAndHoldAsync("guarda isto", room);
            await bia.UntilSaidAsync("guarda isto");
        }

        // The same account on another computer, as after a restore: no device, no keys, no past.
        var profile = Directory.EnumerateDirectories(Path.Combine(first.Path, "profiles")).Single();
        var copy = Path.Combine(second.Path, "profiles", Path.GetFileName(profile));
        Directory.CreateDirectory(copy);
        foreach (var file in (string[])["account.key", "name"])
        {
            File.Copy(Path.Combine(profile, file), Path.Combine(copy, file));
        }

        await using var again = await Member.ArriveAsync("bia", mosquitto.Address, second.Path);
        await again.UntilAsync<CaughtUp>();
        Assert.NotNull(await again.Client.OpenDirectAsync("ana", Stop));
        await again.UntilSaidAsync("guarda isto");
        await again.SayAsync("voltei", room);
        await ana.UntilSaidAsync("voltei");
    }

    private static async Task<Room> MakeAsync(Member ana, string title, bool sharesPast, params Member[] others)
    {
        Assert.Equal(NameProblem.None, DisplayName.TryParse(title, out var name));
        var room = (await ana.Client.CreateRoomAsync(name!, sharesPast, Stop))!;
        foreach (var other in others)
        {
            await ana.UntilAsync<PersonChanged>(change => change.Person.Who.Name == other.Name);
            Assert.Equal(MemberResult.Done, await ana.Client.InviteAsync(room, other.Name, Stop));
            await other.UntilAsync<RoomOpened>(opened => opened.Room == room);
        }

        return room;
    }
}
