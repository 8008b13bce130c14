// Owns: the tests of a Mosquitto that a hub runs: nothing is lost when it is killed, and what keeps it from running is said.
// Must never: touch the Mosquitto of the system.
using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Papo.Client;
using Papo.Hub;
using Papo.Tests.World;

namespace Papo.Tests.Hub;

public sealed class MosquittoTests
{
    private const string UpAndKept = "What is said in open rooms is kept";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_broker_killed_amid_500_messages_comes_back_and_everybody_holds_all()
    {
        await using var hub = await HubWorld.StartAsync();
        await using var ana = await Member.ArriveAsync("ana", hub.Node.Broker);
        await using var bia = await Member.ArriveAsync("bia", hub.Node.Broker);
        var first = hub.MosquittoProcess;
        var talking = Task.WhenAll(Chat.NothingLostTests.SayAsync(ana, 250), Chat.NothingLostTests.SayAsync(bia, 250));
        await bia.UntilLinesAsync(100);
        Kill(first);
        await talking;

        await Task.WhenAll(ana.UntilLinesAsync(500), bia.UntilLinesAsync(500));
        await Chat.NothingLostTests.AssertSamePastAsync([ana, bia], 500);
        await HubWorld.UntilAsync(() => hub.Home.Texts.Count == 500, "500 messages in the hub");
        Assert.Equal(500, hub.Home.Texts.Distinct().Count());
        Assert.NotEqual(first, hub.MosquittoProcess);
        Assert.Equal([BrokerEvent.Ended, BrokerEvent.Back], hub.Notices.Select(static notice => notice.What));
    }

    [Fact]
    public async Task It_is_started_again_as_often_as_it_is_killed()
    {
        await using var hub = await HubWorld.StartAsync();
        for (var kill = 1; kill <= 2; kill++)
        {
            Kill(hub.MosquittoProcess);
            var backs = kill;
            await HubWorld.UntilAsync(() => hub.Notices.Count(static notice => notice.What == BrokerEvent.Back) == backs, "the broker to be back");
        }

        Assert.Equal([0.5, 1], hub.Notices.Where(static notice => notice.What == BrokerEvent.Ended).Select(static notice => notice.RetryIn.TotalSeconds));
    }

    [Fact]
    public async Task Its_folder_is_for_its_owner_only_and_what_it_holds_is_there_after_the_next_start()
    {
        using var home = new TestHome();
        await using (var hub = await HubWorld.StartAsync(home))
        {
            Assert.Equal("600\n700\n", await RunAsync("stat", ["-c", "%a", Path.Combine(hub.MosquittoFolder, "mosquitto.conf"), hub.MosquittoFolder]));
        }

        var data = Path.Combine(HubNode.BrokerFolder(new Home(home.Path)), "data", "mosquitto.db");
        Assert.True(new FileInfo(data).Length > 0);
        await using var again = await HubWorld.StartAsync(home);
        Assert.DoesNotContain(again.Notices, static notice => notice.What == BrokerEvent.Ended);
    }

    [Fact]
    public async Task A_client_that_is_away_gets_more_than_the_thousand_that_mosquitto_keeps_by_default()
    {
        await using var hub = await HubWorld.StartAsync();
        string[] away = ["-p", hub.Node.Broker.Port.ToString(CultureInfo.InvariantCulture), "-q", "1", "-i", "caio", "-c", "-t", "fila"];
        await RunAsync("mosquitto_sub", [.. away, "-E"]);
        var lines = string.Join('\n', Enumerable.Range(1, 3_000));
        await RunAsync("mosquitto_pub", ["-p", hub.Node.Broker.Port.ToString(CultureInfo.InvariantCulture), "-q", "1", "-t", "fila", "-l"], lines);

        Assert.Equal(lines, (await RunAsync("mosquitto_sub", [.. away, "-C", "3000", "-W", "20"])).TrimEnd());
    }

    [Fact]
    public async Task A_second_hub_of_one_home_does_not_take_the_broker_away_from_the_first()
    {
        using var home = new TestHome();
        await using var hub = await HubWorld.StartAsync(home);
        var refused = await Assert.ThrowsAsync<MosquittoException>(() => HubWorld.StartAsync(home));
        Assert.Equal(MosquittoProblem.InUse, refused.Problem);
        Assert.True(hub.Node.Connection.Up);
    }

    [Fact]
    public async Task A_full_disk_below_it_is_told()
    {
        await using var disk = await SmallDisk.MountAsync();
        await using var hub = await HubWorld.StartAsync(plan: async _ => await HubWorld.MosquittoAsync(disk.Path));
        await RunAsync("mosquitto_pub", ["-p", hub.Node.Broker.Port.ToString(CultureInfo.InvariantCulture), "-q", "1", "-r", "-t", "grande", "-m", new string('g', 60_000)]);
        disk.Fill();
        await RunAsync("kill", ["-USR1", HubWorld.ProcessIn(HubNode.BrokerFolder(new Home(disk.Path))).ToString(CultureInfo.InvariantCulture)]);
        await HubWorld.UntilAsync(() => hub.Notices.Any(static notice => notice.What == BrokerEvent.DiskFull), "a word about the full disk");
        disk.Free();
    }

    [Fact]
    public async Task A_hub_that_was_killed_leaves_the_chat_running_and_the_next_one_takes_over()
    {
        using var home = new TestHome();
        var folder = HubNode.BrokerFolder(new Home(home.Path));
        await using (var first = StartProgram(home, "127.0.0.61"))
        {
            await first.UntilErrorAsync(UpAndKept);
            await first.KillAloneAsync();
        }

        var left = HubWorld.ProcessIn(folder);
        await using var ana = await Member.ArriveAsync("ana", Address("127.0.0.61"));
        await ana.SayAsync("sem hub");
        await using var second = StartProgram(home, "127.0.0.61");
        await second.UntilErrorAsync(UpAndKept);
        await ana.SayAndHoldAsync("com hub");
        await HubWorld.UntilAsync(() => home.Texts.Count == 2, "both messages in the hub");
        Assert.NotEqual(left, HubWorld.ProcessIn(folder));

        await second.TerminateAsync();
        Assert.Equal(143, await second.EndAsync());
        Assert.False(File.Exists(Path.Combine(folder, "process")));
        await Assert.ThrowsAnyAsync<SocketException>(() => new TcpClient().ConnectAsync("127.0.0.61", 1883, Stop).AsTask());
    }

    [Fact]
    public async Task A_port_of_another_broker_is_said_with_what_to_do()
    {
        using var home = new TestHome();
        using var other = new TcpListener(IPAddress.Parse("127.0.0.62"), 1883);
        other.Start();
        await using var hub = StartProgram(home, "127.0.0.62");
        Assert.Equal(1, await hub.EndAsync());
        Assert.Contains("Port 1883 is taken by another program; nothing was started.", hub.Error, StringComparison.Ordinal);
        Assert.Contains("papo hub --broker mqtt://", hub.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_mosquitto_the_package_is_named()
    {
        using var home = new TestHome();
        await using var hub = PapoProgram.StartUnder(
            ["unshare", "-m", "sh", "-c", $"mount --bind /dev/null {World.Mosquitto.Program} && exec \"$@\"", "sh"], home.Path, "hub", "--broker", "mosquitto");
        Assert.Equal(1, await hub.EndAsync());
        Assert.Contains("Mosquitto is not installed here; nothing was started. Install the package mosquitto", hub.Error, StringComparison.Ordinal);
    }

    private static PapoProgram StartProgram(TestHome home, string address) =>
        PapoProgram.Start(home.Path, "", null, "hub", "--broker", "mosquitto", "--bind", address, "--title", "Casa");

    private static Papo.Client.Wire.BrokerAddress Address(string host)
    {
        Assert.True(Papo.Client.Wire.BrokerAddress.TryParse($"mqtt://{host}", out var address, out _));
        return address;
    }

    private static void Kill(int id)
    {
        using var process = Process.GetProcessById(id);
        process.Kill();
    }

    private static async Task<string> RunAsync(string program, string[] arguments, string input = "")
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardInput = true, RedirectStandardOutput = true })!;
        await process.StandardInput.WriteAsync(input);
        process.StandardInput.Close();
        var output = await process.StandardOutput.ReadToEndAsync(Stop);
        await process.WaitForExitAsync(Stop);
        Assert.Equal(0, process.ExitCode);
        return output;
    }
}
