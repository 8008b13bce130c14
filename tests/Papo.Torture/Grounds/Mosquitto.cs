// Owns: Mosquitto as a broker of a world: as it comes, or as one end of a bridge.
// Must never: keep anything on disk: what a killed broker forgets is the harder half of the test.
using System.Globalization;
using System.Net;
using Papo.Torture.World;

namespace Papo.Torture.Grounds;

/// <summary>Makes brokers.</summary>
internal static class Mosquitto
{
    /// <summary>Without a line of configuration.</summary>
    public static Actor Unconfigured(string folder, string name, IPEndPoint door) =>
        Make(folder, name, door, ["-p", door.Port.ToString(CultureInfo.InvariantCulture)]);

    /// <summary>One of two that are bridged; the one that is told where the other listens makes the connection (docs/OPERATING.md).</summary>
    public static Actor End(string folder, string name, IPEndPoint door, IPEndPoint? other)
    {
        var file = Path.Combine(folder, name + ".conf");
        File.WriteAllText(file, Listener(door) + (other is null ? "" : Bridge(other)));
        return Make(folder, name, door, ["-c", file]);
    }

    private static Actor Make(string folder, string name, IPEndPoint door, string[] arguments) =>
        new(name, () => Child.Start(Program(), arguments, Path.Combine(folder, name + ".log"), null), process => Groundwork.AcceptsAsync(process, door));

    private static string Listener(IPEndPoint door) => string.Create(CultureInfo.InvariantCulture, $"""
        listener {door.Port} {door.Address}
        allow_anonymous true
        set_tcp_nodelay true
        max_queued_messages 10000

        """);

    private static string Bridge(IPEndPoint other) => string.Create(CultureInfo.InvariantCulture, $"""
        connection papo
        address {other}
        bridge_protocol_version mqttv50
        topic chat/# both 1
        cleansession false
        restart_timeout 1 5
        notifications false

        """);

    private static string Program()
    {
        var folders = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Concat(["/usr/sbin", "/usr/local/sbin", "/opt/homebrew/sbin"]);
        return folders.Select(static folder => Path.Combine(folder, "mosquitto")).FirstOrDefault(File.Exists) ?? "mosquitto";
    }
}
