// Owns: the promise that nothing is lost or doubled, under the faults that brokers have.
// Must never: time anything; a wait ends when what was waited for is there.
using Papo.Client;
using Papo.Protocol;
using Papo.Tests.World;

namespace Papo.Tests.Chat;

public sealed class NothingLostTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Three_people_who_talk_at_once_hold_every_line_once_and_in_the_same_order()
    {
        await using var mosquitto = await Mosquitto.StartAsync();
        await using var ana = await Member.ArriveAsync("ana", mosquitto.Address);
        await using var bia = await Member.ArriveAsync("bia", mosquitto.Address);
        await using var caio = await Member.ArriveAsync("caio", mosquitto.Address);
        Member[] all = [ana, bia, caio];

        await Task.WhenAll(all.Select(member => SayAsync(member, 100)));
        await Task.WhenAll(all.Select(static member => member.UntilLinesAsync(300)));

        await AssertSamePastAsync(all, 300);
        Assert.All(all, static member => Assert.Equal(300, member.Lines.Distinct().Count()));
        Assert.All(all, AssertToldInOrder);
    }

    [Fact]
    public async Task Bia_who_was_away_for_3000_messages_gets_all_of_them_once_and_in_order()
    {
        await using var mosquitto = await Mosquitto.StartAsync();
        await using var ana = await Member.ArriveAsync("ana", mosquitto.Address);
        await using var caio = await Member.ArriveAsync("caio", mosquitto.Address);
        var home = Conscience.NewFolder();
        await using (var bia = await Member.ArriveAsync("bia", mosquitto.Address, home))
        {
            await bia.SayAndHoldAsync("já volto");
        }

        await Task.WhenAll(SayAsync(ana, 1_500), SayAsync(caio, 1_500));
        await Task.WhenAll(ana.UntilLinesAsync(3_001), caio.UntilLinesAsync(3_001));

        await using (var bia = await Member.OpenAsync("bia", mosquitto.Address, home))
        {
            await bia.UntilLinesAsync(3_000);
            await bia.UntilAsync<CaughtUp>();
            await AssertSamePastAsync([ana, bia, caio], 3_001);
            Assert.Equal(3_000, bia.Lines.Distinct().Count());
            AssertToldInOrder(bia);
        }

        Directory.Delete(home, recursive: true);
    }

    [Fact]
    public async Task Killing_the_broker_amid_5000_messages_loses_none()
    {
        await using var mosquitto = await Mosquitto.StartAsync();
        await using var ana = await Member.ArriveAsync("ana", mosquitto.Address);
        await using var bia = await Member.ArriveAsync("bia", mosquitto.Address);
        await using var caio = await Member.ArriveAsync("caio", mosquitto.Address);
        Member[] all = [ana, bia, caio];

        var talking = Task.WhenAll(SayAsync(ana, 1_667), SayAsync(bia, 1_667), SayAsync(caio, 1_666));
        await caio.UntilLinesAsync(1_000);
        await mosquitto.KillAsync();
        await talking;
        await mosquitto.RestartAsync();

        await Task.WhenAll(all.Select(static member => member.UntilLinesAsync(5_000)));
        await AssertSamePastAsync(all, 5_000);
        Assert.All(all, static member => Assert.Equal(5_000, member.Lines.Distinct().Count()));
    }

    internal static async Task SayAsync(Member member, int count)
    {
        for (var i = 0; i < count; i++)
        {
            await member.SayAsync($"{member.Name} {i}");
        }
    }

    internal static async Task AssertSamePastAsync(Member[] members, int count)
    {
        IReadOnlyList<string?>? first = null;
        foreach (var member in members)
        {
            var page = await member.Client.HistoryAsync(Room.General, new HistoryQuery(count + 10), TimeSpan.FromSeconds(5), Stop);
            var lines = page.Messages.Select(static message => message.Text).ToList();
            first ??= lines;
            Assert.Equal(count, lines.Count);
            Assert.Equal(first, lines);
        }
    }

    // A line that is told out of order says so.
    private static void AssertToldInOrder(Member member)
    {
        var onTime = member.Messages.Where(static message => !message.Late && !message.Mine).ToList();
        Assert.Equal(onTime.OrderBy(static message => message.At).Select(static message => message.Text), onTime.Select(static message => message.Text));
    }
}
