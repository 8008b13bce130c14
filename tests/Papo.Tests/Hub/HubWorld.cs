// Owns: one hub inside the test process, with the broker the test asks for, and what it told.
// Must never: use a well-known port; port 0 is asked for everywhere.
using System.Collections.Concurrent;
using System.Net;
using Papo.Client;
using Papo.Hub;
using Papo.Tests.World;

namespace Papo.Tests.Hub;

internal sealed class HubWorld : IAsyncDisposable
{
    private readonly ConcurrentQueue<BrokerNotice> _notices = new();
    private readonly TestHome? _ownHome;
    private readonly Task _reading;

    private HubWorld(HubNode node, TestHome home, TestHome? ownHome)
    {
        (Node, Home, _ownHome) = (node, home, ownHome);
        _reading = Task.WhenAll(ReadAsync(), ReadNoticesAsync());
    }

    public HubNode Node { get; }

    public TestHome Home { get; }

    /// <summary>What happened to its broker so far.</summary>
    public IReadOnlyCollection<BrokerNotice> Notices => _notices;

    /// <summary>The folder of its Mosquitto.</summary>
    public string MosquittoFolder => HubNode.BrokerFolder(new Home(Home.Path));

    /// <summary>The process of its Mosquitto.</summary>
    public int MosquittoProcess => ProcessIn(MosquittoFolder);

    /// <summary>The process that the folder of a Mosquitto names.</summary>
    public static int ProcessIn(string folder) => int.Parse(File.ReadAllText(Path.Combine(folder, "process")).Split(' ')[0]);

    /// <summary>A Mosquitto of its own, on a free port of loopback.</summary>
    public static async Task<BrokerPlan> MosquittoAsync(string home) => new BrokerPlan.Mosquitto(new MosquittoOptions
    {
        Program = (await MosquittoProgram.FindAsync(null, CancellationToken.None))!,
        Folder = HubNode.BrokerFolder(new Home(home)),
        Addresses = [IPAddress.Loopback],
        Port = 0,
    });

    /// <summary>A broker inside the test process, on free ports of loopback.</summary>
    public static Task<BrokerPlan> EmbeddedAsync(string home) =>
        Task.FromResult<BrokerPlan>(new BrokerPlan.Embedded(new EmbeddedBrokerOptions { Addresses = [IPAddress.Loopback], Port = 0 }));

    /// <summary>The plan of that name with a TLS port.</summary>
    public static async Task<BrokerPlan> WithTlsAsync(string broker, string home, int port = 0) => broker == "mosquitto"
        ? new BrokerPlan.Mosquitto(((BrokerPlan.Mosquitto)await MosquittoAsync(home)).Options with { TlsPort = port })
        : new BrokerPlan.Embedded(((BrokerPlan.Embedded)await EmbeddedAsync(home)).Options with { TlsPort = port });

    /// <summary>Starts a hub that has joined its broker.</summary>
    public static async Task<HubWorld> StartAsync(TestHome? home = null, Func<string, Task<BrokerPlan>>? plan = null, Func<HubOptions, HubOptions>? change = null)
    {
        var own = home is null ? new TestHome() : null;
        var used = home ?? own!;
        var options = new HubOptions { Home = new Home(used.Path), Broker = await (plan ?? MosquittoAsync)(used.Path), Title = "Casa" };
        var world = new HubWorld(await HubNode.StartAsync(change?.Invoke(options) ?? options, TestContext.Current.CancellationToken), used, own);
        Assert.True(await world.Node.WaitConnectedAsync(Member.Soon, TestContext.Current.CancellationToken), "the hub did not join its broker");
        return world;
    }

    /// <summary>A hub as a member of a test: the library alone, without a broker of its own.</summary>
    public static Task<Member> HubAsync(string name, Mosquitto mosquitto, string? home = null) =>
        Member.ArriveAsync(name, mosquitto.Address, home, static options => options with { Hub = new HubRole("Casa") });

    /// <summary>Somebody who comes, says so much, and goes when it is held.</summary>
    public static async Task SayAndGoAsync(string name, Mosquitto mosquitto, int count)
    {
        await using var member = await Member.ArriveAsync(name, mosquitto.Address);
        for (var i = 1; i < count; i++)
        {
            await member.SayAsync($"{name} {i}");
        }

        await member.SayAndHoldAsync($"{name} {count}");
    }

    /// <summary>Waits until something is true.</summary>
    public static Task UntilAsync(Func<bool> met, string what) => Eventually.IsAsync(met, () => "waited in vain for " + what);

    public async ValueTask DisposeAsync()
    {
        await Node.DisposeAsync();
        await _reading;
        _ownHome?.Dispose();
    }

    private async Task ReadAsync()
    {
        while (await Node.Changes.WaitToReadAsync())
        {
            Node.Changes.TryRead(out _);
        }
    }

    private async Task ReadNoticesAsync()
    {
        await foreach (var notice in Node.BrokerNotices.ReadAllAsync())
        {
            _notices.Enqueue(notice);
        }
    }
}
