// Owns: what a hub was told outside the command line: the environment before the settings file.
// Must never: hold a value without saying where it comes from.
using System.CommandLine;
using Papo.Texts;

namespace Papo.Commands;

/// <summary>A value and where it stands, for people.</summary>
internal sealed record HubSetting(string Value, string Origin);

/// <summary>Settings of <c>papo hub</c> by the long name of the option they stand for.</summary>
internal sealed class HubSettings
{
    private const string VariablePrefix = "PAPO_HUB_";
    private const string BrokerVariable = "PAPO_BROKER";
    private readonly HubSettingsFile _file;
    private readonly Func<string, string?> _variable;

    private HubSettings(HubSettingsFile file, string path, Func<string, string?> variable) => (_file, Path, _variable) = (file, path, variable);

    /// <summary>No settings at all, as for every other command.</summary>
    public static HubSettings None { get; } = new(HubSettingsFile.Empty, "", static _ => null);

    /// <summary>What is wrong with the file, or null.</summary>
    public string? Problem => _file.Problem;

    /// <summary>The settings file, which need not exist.</summary>
    public string Path { get; }

    /// <summary>The options that may also stand in a file: each with a value that a hub takes, in the order in which they are shown.</summary>
    public static IEnumerable<Option<string>> Options(Grammar grammar) =>
        new[] { grammar.Broker }
            .Concat(grammar.Hub.Options.OfType<Option<string>>().Where(option => option != grammar.Config))
            .Concat([grammar.User, grammar.Ca, grammar.Trust, grammar.Cert, grammar.Key, grammar.TopicRoot]);

    /// <summary>The key of an option in a file.</summary>
    public static string Key(Option<string> option) => option.Name.TrimStart('-');

    /// <summary>The environment variable of a key.</summary>
    public static string Variable(string key) => key == "broker" ? BrokerVariable : VariablePrefix + key.Replace('-', '_').ToUpperInvariant();

    /// <summary>Reads environment and file; <paramref name="file"/> and <paramref name="home"/> are what the command line says of them.</summary>
    public static HubSettings Read(Grammar grammar, Func<string, string?> variable, string? file, string? home, Words words)
    {
        var named = file ?? Given(variable, Variable("config"));
        var path = named is null ? SettingsPlace.File(variable, Entrance.ExplicitHome(variable, new GlobalOptions { Home = home })) : System.IO.Path.GetFullPath(named);
        return new HubSettings(HubSettingsFile.Read(path, named is not null, [.. Options(grammar).Select(Key)], words), path, variable);
    }

    /// <summary>The value for an option, or null.</summary>
    public HubSetting? Find(string option)
    {
        var key = option.TrimStart('-');
        var name = Variable(key);
        return Given(_variable, name) is { } value ? new HubSetting(value, name) : _file.Values.GetValueOrDefault(key);
    }

    // An empty variable is an unset one, as with PAPO_HOME and PAPO_BROKER.
    private static string? Given(Func<string, string?> variable, string name) => variable(name) is { Length: > 0 } value ? value : null;
}
