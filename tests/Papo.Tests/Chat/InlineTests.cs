// Owns: clients whose work is done by whoever brings it: callers and readers in the client's own thread.
// Must never: assert how long anything takes.
using Papo.Client;
using Papo.Protocol;
using Papo.Tests.World;

namespace Papo.Tests.Chat;

public sealed class InlineTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_reader_in_the_clients_own_thread_may_answer_what_it_reads()
    {
        await using var mosquitto = await Mosquitto.StartAsync();
        await using var ana = await Member.ArriveAsync("ana", mosquitto.Address, change: static options => options with { Inline = true });
        using var home = new TestHome();
        using var profile = home.Open("eco");
        await using var echo = await ChatClient.OpenAsync(new ChatOptions { Profile = profile, Broker = mosquitto.Address, Inline = true }, Stop);
        var answering = AnswerAsync(echo);
        Assert.True(await echo.WaitConnectedAsync(Member.Soon, Stop));
        await ana.UntilAsync<PersonChanged>(static change => change.Person.Who.Name == "eco");

        var lines = Enumerable.Range(1, 50).Select(static at => $"linha {at}").ToList();
        foreach (var line in lines)
        {
            await ana.SayAsync(line);
        }

        foreach (var line in lines)
        {
            await ana.UntilSaidAsync("eco: " + line);
        }

        Assert.Equal(lines.Select(static line => "eco: " + line), ana.Messages.Where(static message => !message.Mine).Select(static message => message.Text));
        await echo.DisposeAsync();
        await answering;
    }

    [Fact]
    public async Task A_caller_who_has_his_receipt_has_it_on_the_disk_and_on_its_way()
    {
        await using var mosquitto = await Mosquitto.StartAsync();
        using var home = new TestHome();
        await using var bia = await Member.ArriveAsync("bia", mosquitto.Address);
        await using var ana = await Member.ArriveAsync("ana", mosquitto.Address, home.Path, static options => options with { Inline = true });
        await ana.SayAndHoldAsync("olá");
        await ana.SayAsync("oi, bia!");
        Assert.True(home.Contains("oi, bia!"));
        await bia.UntilSaidAsync("oi, bia!");
    }

    private static async Task AnswerAsync(ChatClient echo)
    {
        await foreach (var change in echo.Changes.ReadAllAsync(CancellationToken.None))
        {
            if (change is MessageArrived { Message: { Mine: false, Text: { } text } })
            {
                Assert.Null((await echo.SendAsync(Room.General, new Draft("eco: " + text), CancellationToken.None)).Problem);
            }
        }
    }
}
