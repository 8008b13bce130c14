// Owns: `papo hub` as a process: what it says, what it keeps when it is killed, and how it ends.
// Must never: use the port of a broker that runs on this computer.
using Papo.Client;
using Papo.Tests.World;

namespace Papo.Tests.Hub;

public sealed class HubProgramTests
{
    private const int Killed = 137;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(FaultPoints.Received)]
    [InlineData(FaultPoints.Stored)]
    public async Task A_hub_killed_at_a_step_has_the_message_once_after_its_next_start(string step)
    {
        await using var mosquitto = await Mosquitto.StartAsync();
        using var home = new TestHome();
        await using var ana = await Member.ArriveAsync("ana", mosquitto.Address);
        await using (var first = Start(home, mosquitto, step))
        {
            await ana.UntilAsync<Noticed>(static change => change.Notice.Kind == NoticeKind.HubFound);
            var number = await ana.SayAsync("fica guardado");
            Assert.Equal(Killed, await first.EndAsync());
            Assert.Equal(step == FaultPoints.Stored ? 1 : 0, home.Texts.Count);
            await using var second = Start(home, mosquitto, null);
            await ana.UntilAsync<StateChanged>(change => change.Number == number && change.State == MessageState.Held);
        }

        Assert.Equal(["fica guardado"], home.Texts);
    }

    [Fact]
    public async Task A_hub_killed_amid_ingest_loses_nothing_that_its_author_was_told_is_safe()
    {
        await using var mosquitto = await Mosquitto.StartAsync();
        using var home = new TestHome();
        List<string> expected = [];
        List<long> numbers = [];
        await using (var ana = await Member.ArriveAsync("ana", mosquitto.Address))
        {
            var first = Start(home, mosquitto, null);
            await ana.UntilAsync<Noticed>(static change => change.Notice.Kind == NoticeKind.HubFound);
            for (var i = 0; i < 1_000; i++)
            {
                expected.Add($"linha {i}");
                numbers.Add(await ana.SayAsync(expected[^1]));
                if (i == 600)
                {
                    await first.KillAsync();
                }
            }

            await first.DisposeAsync();
            var safe = ana.Told.OfType<StateChanged>().Where(static change => change.State == MessageState.Held).Select(static change => change.Number).ToHashSet();
            var kept = home.Texts.ToHashSet();
            Assert.All(ana.Messages.Where(message => safe.Contains(message.Number ?? 0)), message => Assert.Contains(message.Text!, kept));

            await using var second = Start(home, mosquitto, null);
            foreach (var number in numbers)
            {
                Assert.Equal(SafeOutcome.Held, (await ana.Client.WaitSafeAsync(number, TimeSpan.FromSeconds(20), Stop)).Outcome);
            }

            await ana.SayAndHoldAsync("fim");
            expected.Add("fim");
        }

        Assert.Equal(expected, home.Texts);
    }

    [Fact]
    public async Task A_hub_says_that_its_broker_is_gone_and_that_it_is_back()
    {
        await using var mosquitto = await Mosquitto.StartAsync();
        using var home = new TestHome();
        await using var hub = Start(home, mosquitto, null);
        await using var ana = await Member.ArriveAsync("ana", mosquitto.Address);
        await ana.UntilAsync<Noticed>(static change => change.Notice.Kind == NoticeKind.HubFound);
        await mosquitto.KillAsync();
        await hub.UntilErrorAsync($"No connection to {mosquitto.Address}: ");
        await mosquitto.RestartAsync();
        await hub.UntilErrorAsync($"Connected to {mosquitto.Address} again.");
    }

    [Theory]
    [InlineData("garbage")]
    [InlineData("half")]
    public async Task A_damaged_archive_is_named_and_left_as_it_is_and_an_empty_one_fills_itself(string how)
    {
        await using var mosquitto = await Mosquitto.StartAsync();
        using var home = new TestHome();
        await using var ana = await Member.ArriveAsync("ana", mosquitto.Address);
        await using (var first = Start(home, mosquitto, null))
        {
            await ana.UntilAsync<Noticed>(static change => change.Notice.Kind == NoticeKind.HubFound);
            for (var i = 0; i < 300; i++)
            {
                await ana.SayAsync($"linha {i}");
            }

            await ana.SayAndHoldAsync("fim");
            await first.TerminateAsync();
            await first.EndAsync();
        }

        var archive = Assert.Single(home.Stores);
        await using (var file = File.OpenWrite(archive))
        {
            if (how == "half")
            {
                file.SetLength(file.Length / 2);
            }
            else
            {
                await file.WriteAsync(new byte[4_096], Stop);
            }
        }

        var damaged = await File.ReadAllBytesAsync(archive, Stop);
        await using (var second = Start(home, mosquitto, null))
        {
            Assert.Equal(1, await second.EndAsync());
            Assert.Contains($"{archive} is damaged", second.Error, StringComparison.Ordinal);
            Assert.Contains("papo hub restore", second.Error, StringComparison.Ordinal);
        }

        Assert.Equal(damaged, await File.ReadAllBytesAsync(archive, Stop));
        File.Move(archive, archive + ".damaged");
        await using var third = Start(home, mosquitto, null);
        await third.UntilErrorAsync(mosquitto.Address.ToString());
        await HubWorld.UntilAsync(() => File.Exists(archive) && home.Texts.Count == 301, "301 messages in the new archive");
        Assert.Equal([.. Enumerable.Range(0, 300).Select(static i => $"linha {i}"), "fim"], home.Texts);
    }

    [Fact]
    public async Task On_a_full_disk_a_hub_acknowledges_nothing_and_has_all_of_it_when_there_is_space_again()
    {
        await using var mosquitto = await Mosquitto.StartAsync();
        await using var disk = await SmallDisk.MountAsync();
        await using var ana = await Member.ArriveAsync("ana", mosquitto.Address);
        await using var bia = await Member.ArriveAsync("bia", mosquitto.Address);
        await using (var hub = await Member.ArriveAsync("casa", mosquitto.Address, disk.Path, static options => options with { Hub = new HubRole("Casa") }))
        {
            await ana.SayAndHoldAsync("antes");
            disk.Fill();
            await ana.SayAsync(new string('a', 9_000));
            await hub.UntilAsync<Noticed>(static change => change.Notice.Kind == NoticeKind.StoreFailed);
            for (var i = 0; i < 20; i++)
            {
                await ana.SayAsync($"durante {i}");
            }

            await bia.UntilSaidAsync("durante 19");
            disk.Free();
            await hub.UntilAsync<Noticed>(static change => change.Notice.Kind == NoticeKind.StoreRecovered);
            await ana.SayAndHoldAsync("depois");
            await HubWorld.UntilAsync(() => Kept(disk.Path).Count == 23, "23 messages in the archive");
        }

        Assert.Equal(["antes", new string('a', 9_000), .. Enumerable.Range(0, 20).Select(static i => $"durante {i}"), "depois"], Kept(disk.Path));
    }

    [Fact]
    public async Task A_hub_ends_in_order_and_says_where_it_was()
    {
        await using var mosquitto = await Mosquitto.StartAsync();
        using var home = new TestHome();
        await using var ana = await Member.ArriveAsync("ana", mosquitto.Address);
        await using var hub = Start(home, mosquitto, null);
        await ana.UntilAsync<Noticed>(static change => change.Notice.Kind == NoticeKind.HubFound);
        await ana.SayAndHoldAsync("oi");
        await hub.TerminateAsync();

        Assert.Equal(143, await hub.EndAsync());
        Assert.Empty(hub.Out);
        Assert.Contains(mosquitto.Address.ToString(), hub.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("json")]
    [InlineData("logfmt")]
    public async Task Its_log_goes_to_standard_error_as_lines_with_fields_and_without_what_was_said(string form)
    {
        using var home = new TestHome();
        await using var hub = PapoProgram.Start(home.Path, "", null, "hub", "--broker", "mosquitto", "--bind", "127.0.0.65", "--log", form);
        await hub.UntilErrorAsync("health/ready");
        Assert.True(Papo.Client.Wire.BrokerAddress.TryParse("mqtt://127.0.0.65", out var address, out _));
        await using (var ana = await Member.ArriveAsync("ana", address))
        {
            await ana.SayAndHoldAsync("segredo nenhum");
        }

        await hub.TerminateAsync();
        Assert.Equal(143, await hub.EndAsync());
        var lines = hub.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.DoesNotContain("segredo", hub.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("ana", hub.Error.Split(' ', '"'));
        if (form == "json")
        {
            Assert.All(lines, static line => Assert.Equal(System.Text.Json.JsonValueKind.Number, System.Text.Json.JsonDocument.Parse(line).RootElement.GetProperty("event").ValueKind));
            Assert.Contains(lines, static line => line.Contains("\"event\":3101", StringComparison.Ordinal) && line.Contains("\"version\":\"2.", StringComparison.Ordinal));
        }
        else
        {
            Assert.All(lines, static line => Assert.Matches("^time=[^ ]+ level=(information|warning|error) event=[0-9]+ msg=", line));
            Assert.Contains(lines, static line => line.Contains(" event=3101 ", StringComparison.Ordinal) && line.Contains(" version=2.", StringComparison.Ordinal));
        }
    }

    private static List<string> Kept(string home) => [.. Directory.EnumerateFiles(home, "store.db", SearchOption.AllDirectories)
        .SelectMany(static store => TestHome.Query(store, "SELECT CAST(body AS TEXT) FROM entries WHERE shown = 1 ORDER BY sort, device, seq"))];

    private static PapoProgram Start(TestHome home, Mosquitto mosquitto, string? fault) =>
        PapoProgram.Start(home.Path, "", fault, "hub", "--broker", mosquitto.Address.ToString(), "--title", "Casa");
}
