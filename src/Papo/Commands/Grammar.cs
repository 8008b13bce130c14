// Owns: the words of the command line: which commands, options and arguments there are.
// Must never: run anything; commands that do not exist yet are absent, not hidden.
using System.CommandLine;

namespace Papo.Commands;

/// <summary>The symbols of the command line. Values come out as text; <see cref="CommandLineReading"/> gives them their types.</summary>
internal sealed class Grammar
{
    /// <summary>Builds every symbol.</summary>
    public Grammar()
    {
        Root = new RootCommand();
        Root.Options.Clear(); // help and version are ours: in the chosen language
        Root.Directives.Clear();
        Root.SetAction(static _ => 0); // never invoked; without it a command would be required
        Option[] everywhere = [Broker, Name, Home, Plain, NoColor, Lang, Verbose, User, Ca, Trust, Cert, Key, TopicRoot, Help];
        foreach (var option in everywhere)
        {
            option.Recursive = true;
            Root.Add(option);
        }

        Root.Add(Version);
        Root.Add(Paths);
        Send = Add("send", [Target(ArgumentArity.ZeroOrOne), Text], [Timeout]);
        Tail = Add("tail", [Targets], [Count, Json, NoFollow]);
        History = Add("history", [Target(ArgumentArity.ZeroOrOne)], [Count, Before, After, Json]);
        Search = Add("search", [SearchWords], [In, From, Count, Json]);
        Rooms = Add("rooms", [], [Json]);
        Invite = Add("invite", [Target(ArgumentArity.ZeroOrOne)], [Valid, List, Revoke]);
        Join = Add("join", [Link], []);
        Devices = Add("devices", [], [Json]);
        Devices.SetAction(static _ => 0); // a command in its own right, too
        LinkDevice = Add("link", [], [], Devices);
        NameDevice = Add("name", [Device, DeviceName], [], Devices);
        RemoveDevice = Add("remove", [Device], [], Devices);
        Hub = Add("hub", [], [Bind, TlsCert, TlsKey, Log, Archive, Retention, Title, Config, PrintConfig]);
        Hub.SetAction(static _ => 0); // a command in its own right, too
        Backup = Add("backup", [BackupFile], [Config], Hub);
        Restore = Add("restore", [BackupFile], [Archive, Config], Hub);
        BackupProfile = Add("backup", [BackupFile], []);
        RestoreProfile = Add("restore", [BackupFile], []);
        Passphrase = Add("passphrase", [], [RemovePassphrase]);
        Who = Add("who", [Target(ArgumentArity.ZeroOrOne)], [Json]);
    }

    public RootCommand Root { get; }

    public Command Send { get; }

    public Command Tail { get; }

    public Command History { get; }

    public Command Search { get; }

    public Command Rooms { get; }

    public Command Who { get; }

    public Command Invite { get; }

    public Command Join { get; }

    public Command Devices { get; }

    public Command LinkDevice { get; }

    public Command NameDevice { get; }

    public Command RemoveDevice { get; }

    public Command Hub { get; }

    public Command Passphrase { get; }

    public Command BackupProfile { get; }

    public Command RestoreProfile { get; }

    public Command Backup { get; }

    public Command Restore { get; }

    public Option<string> Broker { get; } = new("--broker");

    public Option<string> Name { get; } = new("--name");

    public Option<string> Home { get; } = new("--home");

    public Option<bool> Plain { get; } = new("--plain");

    public Option<bool> NoColor { get; } = new("--no-color");

    public Option<string> Lang { get; } = new("--lang");

    public Option<bool> Verbose { get; } = new("--verbose", "-v");

    public Option<string> User { get; } = new("--user");

    public Option<string> Ca { get; } = new("--ca");

    public Option<string> Trust { get; } = new("--trust");

    public Option<string> Cert { get; } = new("--cert");

    public Option<string> Key { get; } = new("--key");

    public Option<string> TopicRoot { get; } = new("--root");

    public Option<bool> Help { get; } = new("--help", "-h", "-?");

    public Option<bool> Version { get; } = new("--version");

    public Option<bool> Paths { get; } = new("--paths");

    public Option<string> Timeout { get; } = new("--timeout");

    public Option<string> Count { get; } = new("-n");

    public Option<bool> Json { get; } = new("--json");

    public Option<bool> NoFollow { get; } = new("--no-follow");

    public Option<string> Before { get; } = new("--before");

    public Option<string> After { get; } = new("--after");

    public Option<string> Bind { get; } = new("--bind");

    public Option<string> Log { get; } = new("--log");

    public Option<string> TlsCert { get; } = new("--tls-cert");

    public Option<string> TlsKey { get; } = new("--tls-key");

    public Option<string> Archive { get; } = new("--archive");

    public Option<string> Retention { get; } = new("--retention");

    public Option<string> Title { get; } = new("--title");

    public Option<string> Config { get; } = new("--config");

    public Option<bool> PrintConfig { get; } = new("--print-config");

    public Option<bool> RemovePassphrase { get; } = new("--remove");

    public Option<string> In { get; } = new("--in");

    public Option<string> From { get; } = new("--from");

    public Option<string> Valid { get; } = new("--valid");

    public Option<bool> List { get; } = new("--list");

    public Option<string> Revoke { get; } = new("--revoke");

    public Argument<string> Link { get; } = new("LINK") { Arity = ArgumentArity.ZeroOrOne };

    public Argument<string> Device { get; } = new("DEVICE") { Arity = ArgumentArity.ZeroOrOne };

    public Argument<string> DeviceName { get; } = new("NAME") { Arity = ArgumentArity.ZeroOrOne };

    public Argument<string[]> Text { get; } = new("TEXT") { Arity = ArgumentArity.ZeroOrMore };

    public Argument<string[]> Targets { get; } = new("ROOM") { Arity = ArgumentArity.ZeroOrMore };

    public Argument<string> BackupFile { get; } = new("FILE") { Arity = ArgumentArity.ZeroOrOne };

    public Argument<string[]> SearchWords { get; } = new("WORDS") { Arity = ArgumentArity.ZeroOrMore };

    /// <summary>Parses without running anything.</summary>
    public ParseResult Parse(IReadOnlyList<string> arguments) =>
        Root.Parse(arguments, new ParserConfiguration { ResponseFileTokenReplacer = null }); // @bia is a person, not a file

    private static Argument<string> Target(ArgumentArity arity) => new("ROOM") { Arity = arity };

    private Command Add(string name, Argument[] arguments, Option[] options, Command? under = null)
    {
        var command = new Command(name);
        foreach (var argument in arguments)
        {
            command.Add(argument);
        }

        foreach (var option in options)
        {
            command.Add(option);
        }

        (under ?? Root).Add(command);
        return command;
    }
}
