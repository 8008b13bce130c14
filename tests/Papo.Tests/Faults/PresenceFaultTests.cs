// Owns: who is shown as here: after a crash, with clocks that differ, with statements that are played back; names and typing.
// Must never: wait fifteen seconds; the receiver's clock is the test's.
using Papo.Client;
using Papo.Protocol;
using Papo.Tests.World;

namespace Papo.Tests.Faults;

public sealed class PresenceFaultTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    // The broker publishes the will of a killed program; here it is published by hand, so that nobody waits for the broker's own delay.
    [Fact]
    public async Task Somebody_whose_connection_was_lost_is_shown_as_gone_fifteen_seconds_after_that_was_seen()
    {
        await using var mosquitto = await Mosquitto.StartAsync();
        var time = new ShiftedTime();
        await using var bia = await Member.ArriveAsync("bia", mosquitto.Address, change: options => options with { Time = time });
        await using var caio = await Stranger.ArriveAsync("caio", mosquitto.Address);
        await caio.ComeAsync();
        await bia.UntilAsync<PersonChanged>(static change => change.Person.Who.Name == "caio" && change.What == PersonEvent.Came);

        await caio.PublishAsync(caio.PresenceMessage(1, PresenceState.Lost));
        await caio.Device.PublishAsync("chat/general", "fim");
        await bia.UntilSaidAsync("fim");
        time.Advance(TimeSpan.FromSeconds(10));
        Assert.Contains(await bia.Client.WhoAsync(null, Stop), static person => person.Who.Name == "caio" && person.Online);
        Assert.DoesNotContain(bia.Told, static change => change is PersonChanged { What: PersonEvent.Left });
        time.Advance(TimeSpan.FromSeconds(6));
        Assert.DoesNotContain(await bia.Client.WhoAsync(null, Stop), static person => person.Who.Name == "caio" && person.Online);
        await bia.UntilAsync<PersonChanged>(static change => change.Person.Who.Name == "caio" && change.What == PersonEvent.Left);
    }

    [Fact]
    public async Task Somebody_whose_clock_is_a_day_behind_is_here()
    {
        await using var mosquitto = await Mosquitto.StartAsync();
        await using var bia = await Member.ArriveAsync("bia", mosquitto.Address);
        await using var caio = await Stranger.ArriveAsync("caio", mosquitto.Address);
        var yesterday = TimeProvider.System.GetUtcNow().AddDays(-1).ToUnixTimeMilliseconds();

        await caio.PublishAsync(caio.PresenceMessage(1, PresenceState.Online, yesterday));

        await bia.UntilAsync<PersonChanged>(static change => change.Person.Who.Name == "caio" && change.What == PersonEvent.Came);
    }

    [Fact]
    public async Task An_older_statement_played_back_changes_nothing()
    {
        await using var mosquitto = await Mosquitto.StartAsync();
        await using var bia = await Member.ArriveAsync("bia", mosquitto.Address);
        await using var caio = await Stranger.ArriveAsync("caio", mosquitto.Address);
        var first = caio.PresenceMessage(1, PresenceState.Online);
        await caio.PublishAsync(first);
        await bia.UntilAsync<PersonChanged>(static change => change.What == PersonEvent.Came);
        await caio.PublishAsync(caio.PresenceMessage(2, PresenceState.Offline));
        await bia.UntilAsync<PersonChanged>(static change => change.What == PersonEvent.Left);

        await caio.PublishAsync(first);
        await caio.Device.PublishAsync("chat/general", "fim");
        await bia.UntilSaidAsync("fim");

        Assert.Single(bia.Told, static change => change is PersonChanged { What: PersonEvent.Came });
    }

    [Fact]
    public async Task A_new_name_shows_on_old_and_new_messages_and_in_presence()
    {
        await using var mosquitto = await Mosquitto.StartAsync();
        await using var ana = await Member.ArriveAsync("ana", mosquitto.Address);
        await using var bia = await Member.ArriveAsync("bia", mosquitto.Address);
        await ana.SayAndHoldAsync("antes");
        await bia.UntilSaidAsync("antes");

        Assert.Equal(NameProblem.None, DisplayName.TryParse("Ana Luísa", out var name));
        await ana.Client.RenameAsync(name!, Stop);
        await bia.UntilAsync<PersonChanged>(static change => change.Person.Who.Name == "Ana Luísa");
        await ana.SayAndHoldAsync("depois");
        var heard = await bia.UntilSaidAsync("depois");

        Assert.Equal(("Ana Luísa", Trust.Signed), (heard.From.Name, heard.From.Trust));
        var page = await bia.Client.HistoryAsync(Room.General, new HistoryQuery(10), TimeSpan.FromSeconds(1), Stop);
        Assert.All(page.Messages, static message => Assert.Equal("Ana Luísa", message.From.Name));
        Assert.Equal("Ana Luísa", ana.Client.Me.Name);
    }

    [Fact]
    public async Task Typing_is_told_until_the_message_comes_and_not_when_it_is_played_back()
    {
        await using var mosquitto = await Mosquitto.StartAsync();
        await using var ana = await Member.ArriveAsync("ana", mosquitto.Address);
        await using var bia = await Member.ArriveAsync("bia", mosquitto.Address);
        await using var caio = await Stranger.ArriveAsync("caio", mosquitto.Address);
        await caio.SayAsync("oi");
        await bia.UntilSaidAsync("oi");
        await ana.SayAndHoldAsync("oi");

        ana.Client.Typing(Room.General);
        await bia.UntilAsync<TypingChanged>(static change => change.Who.Name == "ana" && change.Typing);
        await ana.SayAsync("pronto");
        await bia.UntilAsync<TypingChanged>(static change => change.Who.Name == "ana" && !change.Typing);

        await caio.EphemeralAsync(new TypingBody(true), TimeProvider.System.GetUtcNow().AddMinutes(-10).ToUnixTimeMilliseconds());
        await caio.Device.PublishAsync("chat/general", "fim");
        await bia.UntilSaidAsync("fim");
        Assert.DoesNotContain(bia.Told, static change => change is TypingChanged { Who.Name: "caio" });
    }
}
