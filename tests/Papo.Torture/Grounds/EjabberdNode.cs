// Owns: a node of an ejabberd cluster as Debian packages it, run as whoever runs the torture, and its joining another.
// Must never: leave a port mapper (epmd) behind, or touch the cookie and the folders of an ejabberd that is installed here.
using System.Globalization;
using System.Net;
using Papo.Torture.World;

namespace Papo.Torture.Grounds;

/// <summary>
/// What <c>ejabberdctl foreground</c> starts, without its change of user: then it is one process, which can be killed. Its nodes find each other
/// by address and a fixed port (<c>ERL_DIST_PORT</c>), so there is no port mapper.
/// </summary>
internal sealed class EjabberdNode
{
    private static readonly TimeSpan JoinTime = TimeSpan.FromSeconds(30);
    private readonly string _folder;
    private readonly string _log;
    private readonly IPEndPoint _door;
    private readonly int _distribution;

    public EjabberdNode(string world, string name, IPEndPoint door, int distribution)
    {
        (_folder, _log, _door, _distribution) = (Path.GetFullPath(Path.Combine(world, name)), Path.Combine(world, name + ".log"), door, distribution);
        Directory.CreateDirectory(_folder);
        File.WriteAllText(Path.Combine(_folder, "ejabberd.yml"), Configuration(door));
        Actor = new Actor(name, Start, process => Groundwork.AcceptsAsync(process, door));
    }

    public Actor Actor { get; }

    private string Node => $"papo@{_door.Address}";

    /// <summary>Becomes one of the other's cluster, for good; false when it is not told so in time.</summary>
    public async Task<bool> JoinAsync(EjabberdNode other)
    {
        string[] command = ["-dist_listen", "false", "-hidden", "-s", "ejabberd_ctl", "-extra", Node, "join_cluster", other.Node];
        using var told = Child.Start("erl", [.. Erlang("join"), .. command], Path.Combine(_folder, "join.log"), null, Surroundings());
        return await told.EndAsync(JoinTime) == 0;
    }

    private Child Start()
    {
        string[] own = ["-kernel", "inet_dist_use_interface", $"{{{_door.Address.ToString().Replace('.', ',')}}}", "-mnesia", "dir", $"\"{Path.Combine(_folder, "spool")}\"", "-s", "ejabberd"];
        return Child.Start("erl", [.. Erlang("papo"), .. own], _log, null, Surroundings());
    }

    // No busy waiting between messages (+sbwt): two idle nodes would take the machine from those they serve.
    private string[] Erlang(string name) =>
        ["-noinput", "+sbwt", "none", "-name", $"{name}@{_door.Address}", "-setcookie", "papo", "-start_epmd", "false", "-erl_epmd_port", _distribution.ToString(CultureInfo.InvariantCulture)];

    private Dictionary<string, string> Surroundings() => new()
    {
        ["HOME"] = _folder,
        ["ERL_LIBS"] = Libraries(),
        ["ERL_CRASH_DUMP"] = Path.Combine(_folder, "crash"),
        ["EJABBERD_CONFIG_PATH"] = Path.Combine(_folder, "ejabberd.yml"),
        ["EJABBERD_LOG_PATH"] = Path.Combine(_folder, "ejabberd.log"),
    };

    // Where Debian keeps it, a folder for each processor: /usr/lib/x86_64-linux-gnu/ejabberd-23.01.
    private static string Libraries() =>
        Directory.EnumerateDirectories("/usr/lib", "*-linux-*").FirstOrDefault(static folder => Directory.EnumerateDirectories(folder, "ejabberd-*").Any())
        ?? throw new DirectoryNotFoundException("ejabberd is not installed here");

    private static string Configuration(IPEndPoint door) => string.Create(CultureInfo.InvariantCulture, $"""
        hosts:
          - localhost
        loglevel: warning
        listen:
          - port: {door.Port}
            ip: {door.Address}
            module: mod_mqtt
        auth_method: anonymous
        anonymous_protocol: login_anon
        modules:
          mod_mqtt:
            max_queue: 100000
            match_retained_limit: infinity
            session_expiry: 7 days

        """);
}
