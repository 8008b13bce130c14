// Owns: computers of their own on one network: namespaces of this machine, joined by a bridge, gone at the end.
// Must never: touch the network of the machine itself, or end a process it did not start.
using System.Diagnostics;
using System.Globalization;
using System.Text;
using Papo.Tests.World;

namespace Papo.Tests.Discovery;

/// <summary>Ana's, bia's and caio's computer on one Ethernet.</summary>
internal sealed class NeighbourhoodWorld : IAsyncDisposable
{
    private static readonly string[] People = ["ana", "bia", "caio"];
    private static int _count;
    private readonly string _prefix = string.Create(CultureInfo.InvariantCulture, $"papo{Environment.ProcessId}n{Interlocked.Increment(ref _count)}");
    private readonly List<TestHome> _homes = [];
    private readonly List<PapoProgram> _programs = [];
    private readonly List<Process> _others = [];

    private NeighbourhoodWorld()
    {
    }

    /// <summary>Makes the network.</summary>
    /// <param name="ipv4">Whether computers have IPv4 addresses, 10.77.0.1 to 3; else only link-local IPv6 ones.</param>
    public static async Task<NeighbourhoodWorld> MakeAsync(bool ipv4 = true)
    {
        Assert.True(
            OperatingSystem.IsLinux() && Environment.IsPrivilegedProcess,
            "This test makes computers of its own out of network namespaces (ip netns). That needs Linux, and root.");
        var world = new NeighbourhoodWorld();
        try
        {
            await world.BuildAsync(ipv4);
            return world;
        }
        catch
        {
            await world.DisposeAsync();
            throw;
        }
    }

    /// <summary>Starts Papo on somebody's computer, with nothing remembered and no address given.</summary>
    public PapoProgram Start(string who, params string[] arguments) => StartUnder(who, [], arguments);

    /// <summary>The same on a computer where Avahi runs too.</summary>
    public PapoProgram StartBesideAvahi(string who, params string[] arguments) => StartUnder(who, ["bash", Script, who, "-"], arguments);

    /// <summary>Runs Papo to its end; fails unless it ends with 0.</summary>
    public async Task<PapoProgram> RunAsync(string who, params string[] arguments)
    {
        var program = Start(who, arguments);
        var code = await program.EndAsync();
        Assert.True(code == 0, $"{who}: papo {string.Join(' ', arguments)} ended with {code}: {program.Error}");
        return program;
    }

    /// <summary>Starts a hub on somebody's computer and waits until it is up.</summary>
    public async Task<PapoProgram> HubAsync(string who, params string[] arguments)
    {
        var hub = Start(who, ["hub", .. arguments]);
        await Eventually.IsAsync(() => hub.Error.Contains("The hub is up", StringComparison.Ordinal), () => hub.Error);
        return hub;
    }

    /// <summary>Starts Mosquitto on somebody's computer, open to the network.</summary>
    public Task MosquittoAsync(string who) => MosquittoAsync(who, Home(), []);

    /// <summary>The same, announced by an Avahi that reads these service files.</summary>
    public async Task MosquittoByAvahiAsync(string who, params string[] services)
    {
        var home = Home();
        for (var i = 0; i < services.Length; i++)
        {
            await File.WriteAllTextAsync(Path.Combine(home.Path, $"{i}.service"), services[i]);
        }

        await MosquittoAsync(who, home, ["bash", Script, $"{who}-box", home.Path]);
    }

    /// <summary>Starts Papo in a terminal on somebody's computer: what it has shown so far, and the keyboard.</summary>
    public (Func<string> Shown, StreamWriter Keys) Sit(string who)
    {
        var papo = string.Join(' ', PapoProgram.Command.Append($"--plain --name {who} --lang en --home {Home().Path}"));
        var shown = Other(who, ["script", "-qefc", papo, "/dev/null"]);
        return (shown, _others[^1].StandardInput);
    }

    /// <summary>Avahi's own tool on somebody's computer; what it has printed so far.</summary>
    public Func<string> AvahiBrowse(string who, params string[] arguments) => Other(who, ["bash", Script, who, "-", "avahi-browse", .. arguments]);

    /// <summary>Takes somebody's cable away, or plugs it in.</summary>
    public Task PlugAsync(string who, bool isIn) => IpAsync("-n", Space(who), "link", "set", "e0", isIn ? "up" : "down");

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        foreach (var program in _programs)
        {
            await program.DisposeAsync();
        }

        foreach (var other in _others)
        {
            if (!other.HasExited)
            {
                other.Kill(entireProcessTree: true);
            }

            await other.WaitForExitAsync(CancellationToken.None);
            other.Dispose();
        }

        // What those had started is killed too, and was not waited for: nobody may write into a folder that is about to go.
        await Eventually.IsAsync(() => !People.Any(HasProcesses), static () => "processes in the test's own namespaces did not end");
        foreach (var who in (string[])[.. People, "bridge"])
        {
            using var remove = Process.Start(new ProcessStartInfo("ip", ["netns", "del", Space(who)]) { RedirectStandardError = true })!;
            await remove.WaitForExitAsync(CancellationToken.None);
        }

        _homes.ForEach(static home => home.Dispose());
    }

    private static string Script
    {
        get
        {
            var folder = new DirectoryInfo(AppContext.BaseDirectory);
            while (!File.Exists(Path.Combine(folder!.FullName, "Papo.slnx")))
            {
                folder = folder.Parent;
            }

            return Path.Combine(folder.FullName, "tests", "e2e", "avahi.sh");
        }
    }

    private PapoProgram StartUnder(string who, string[] command, string[] arguments)
    {
        var program = PapoProgram.StartUnder(["ip", "netns", "exec", Space(who), .. command], Home().Path, ["--name", who, .. arguments]);
        _programs.Add(program);
        return program;
    }

    private async Task MosquittoAsync(string who, TestHome home, string[] under)
    {
        var config = Path.Combine(home.Path, "mosquitto.conf");
        await File.WriteAllTextAsync(config, "listener 1883\nallow_anonymous true\nuser root\n");
        var broker = Other(who, [.. under, Mosquitto.Program, "-v", "-c", config]);
        await Eventually.IsAsync(() => broker().Contains(" running\n", StringComparison.Ordinal), broker);
    }

    private TestHome Home()
    {
        var home = new TestHome();
        _homes.Add(home);
        return home;
    }

    private Func<string> Other(string who, string[] command)
    {
        var text = new StringBuilder();
        var process = new Process { StartInfo = new ProcessStartInfo("ip", ["netns", "exec", Space(who), .. command]) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true } };
        process.StartInfo.Environment.Remove("PAPO_BROKER");
        process.OutputDataReceived += (_, line) => Note(line.Data);
        process.ErrorDataReceived += (_, line) => Note(line.Data);
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        _others.Add(process);
        return () =>
        {
            lock (text)
            {
                return text.ToString();
            }
        };

        void Note(string? line)
        {
            lock (text)
            {
                text.AppendLine(line);
            }
        }
    }

    private async Task BuildAsync(bool ipv4)
    {
        await IpAsync("netns", "add", Space("bridge"));
        await IpAsync("-n", Space("bridge"), "link", "add", "br0", "type", "bridge", "mcast_snooping", "0");
        await IpAsync("-n", Space("bridge"), "link", "set", "br0", "up");
        for (var i = 0; i < People.Length; i++)
        {
            var who = People[i];
            await IpAsync("netns", "add", Space(who));
            await IpAsync("-n", Space(who), "link", "set", "lo", "up");
            await IpAsync("link", "add", "e0", "netns", Space(who), "type", "veth", "peer", "name", who, "netns", Space("bridge"));
            await IpAsync("-n", Space("bridge"), "link", "set", who, "master", "br0", "up");
            if (ipv4)
            {
                await IpAsync("-n", Space(who), "addr", "add", $"10.77.0.{i + 1}/24", "dev", "e0");
            }

            await IpAsync("-n", Space(who), "link", "set", "e0", "up");
        }

        if (!ipv4)
        {
            // The system tries each address for a moment before it lets programs use it.
            await Task.WhenAll(People.Select(who => Eventually.IsAsync(
                async () => (await IpAsync("-n", Space(who), "-6", "addr", "show", "dev", "e0")) is var shown && shown.Contains("inet6", StringComparison.Ordinal) && !shown.Contains("tentative", StringComparison.Ordinal),
                () => $"{who} has no address")));
        }
    }

    // Ends what still runs there; whether anything did. Only this test starts programs on these computers.
    private bool HasProcesses(string who)
    {
        using var list = Process.Start(new ProcessStartInfo("ip", ["netns", "pids", Space(who)]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var ids = list.StandardOutput.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries);
        list.WaitForExit();
        foreach (var id in ids)
        {
            using var kill = Process.Start(new ProcessStartInfo("kill", ["-KILL", id]) { RedirectStandardError = true })!;
            kill.WaitForExit();
        }

        return ids.Length > 0;
    }

    private static async Task<string> IpAsync(params string[] arguments)
    {
        using var ip = Process.Start(new ProcessStartInfo("ip", arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var said = await ip.StandardOutput.ReadToEndAsync();
        var error = await ip.StandardError.ReadToEndAsync();
        await ip.WaitForExitAsync();
        Assert.True(ip.ExitCode == 0, $"ip {string.Join(' ', arguments)}: {error} This machine does not let the test make network namespaces.");
        return said;
    }

    private string Space(string who) => $"{_prefix}-{who}";
}
