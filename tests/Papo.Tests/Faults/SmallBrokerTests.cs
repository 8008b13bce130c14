// Owns: brokers that take packets much smaller than the protocol's frames: what is asked for comes in pieces.
// Must never: count frames; what arrives at whoever asked is what matters.
using Papo.Client;
using Papo.Protocol;
using Papo.Tests.World;

namespace Papo.Tests.Faults;

public sealed class SmallBrokerTests
{
    private const string Takes = "listener {port} 127.0.0.1\nallow_anonymous true\nmax_packet_size 3000\n";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Whoever_comes_later_gets_the_past_in_pieces_that_the_broker_takes()
    {
        await using var mosquitto = await Mosquitto.StartAsync(Takes);
        await using var ana = await Member.ArriveAsync("ana", mosquitto.Address);
        string[] said = [.. Enumerable.Range(0, 60).Select(static at => $"{at:D2} " + new string('a', 300 + (at * 25)))];
        foreach (var text in said)
        {
            await ana.SayAsync(text);
        }

        await using var bia = await Member.ArriveAsync("bia", mosquitto.Address);
        var page = await bia.Client.HistoryAsync(Room.General, new HistoryQuery(said.Length), Member.Soon, Stop);
        Assert.Equal(said, page.Messages.Select(static message => message.Text));
        await bia.SayAndHoldAsync("vi tudo");
    }

    [Fact]
    public async Task Whoever_was_away_heals_everything_and_asks_for_no_more_holes_than_fit_into_a_question()
    {
        await using var mosquitto = await Mosquitto.StartAsync(Takes);
        using var biaHome = new TestHome();
        await using var ana = await Member.ArriveAsync("ana", mosquitto.Address);
        await using (var bia = await Member.ArriveAsync("bia", mosquitto.Address, biaHome.Path))
        {
            await bia.SayAndHoldAsync("já volto");
        }

        string[] said = [.. Enumerable.Range(0, 80).Select(static at => $"{at:D2} " + new string('b', 900))];
        foreach (var text in said)
        {
            await ana.SayAsync(text);
        }

        await mosquitto.RestartAsync(); // and nothing is queued for bia
        await using var again = await Member.ArriveAsync("bia", mosquitto.Address, biaHome.Path);
        await again.UntilSaidAsync(said[^1]);
        await Eventually.IsAsync(() => Task.FromResult(said.All(text => again.Lines.Contains(text))), again.Summary);
    }

    [Fact]
    public async Task A_private_room_with_a_long_past_is_handed_over_in_pieces_and_a_computer_is_linked_to_it()
    {
        await using var mosquitto = await Mosquitto.StartAsync("listener {port} 127.0.0.1\nallow_anonymous true\nmax_packet_size 6000\n");
        using var phoneHome = new TestHome();
        await using var ana = await Member.ArriveAsync("ana", mosquitto.Address);
        await using var bia = await Member.ArriveAsync("bia", mosquitto.Address);
        await ana.UntilAsync<PersonChanged>(static change => change.Person.Who.Name == "bia");
        Assert.Equal(NameProblem.None, DisplayName.TryParse("toca", out var title));
        var room = (await ana.Client.CreateRoomAsync(title!, sharesPast: true, Stop))!;
        string[] said = [.. Enumerable.Range(0, 8).Select(static at => $"{at:D2} " + new string('c', 2000))];
        foreach (var text in said)
        {
            Assert.Equal(MemberResult.Done, await ana.Client.InviteAsync(room, "bia", Stop)); // an epoch for each
            await ana.SayAsync(text, room);
            await bia.UntilSaidAsync(text);
            Assert.Equal(MemberResult.Done, await ana.Client.RemoveAsync(room, "bia", Stop));
        }

        await Linked.LinkAsync(ana, mosquitto.Address, phoneHome, "celular");
        await using var phone = await Member.ArriveAsync("ana", mosquitto.Address, phoneHome.Path);
        Assert.Contains(room, phone.Client.Joined);
        await Eventually.IsAsync(
            async () => (await phone.Client.HistoryAsync(room, new HistoryQuery(20), Member.Soon, Stop)).Messages.Select(static message => message.Text).OfType<string>().SequenceEqual(said),
            phone.Summary);
    }
}
