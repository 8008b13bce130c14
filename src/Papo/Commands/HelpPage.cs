// Owns: the help of the command line, in the chosen language.
// Must never: mention a command or an option that does not work yet.
using Papo.Output;
using Papo.Texts;

namespace Papo.Commands;

/// <summary>Help pages.</summary>
internal static class HelpPage
{
    private sealed record Page(string Usage, string About, (string Option, string About)[] Options, string[] Examples);

    /// <summary>The page of the program (null) or of one command.</summary>
    public static IEnumerable<string> Lines(string? command, Words words) => command is null ? Whole(words) : One(command, words);

    /// <summary>How an option of a hub is written, and what it is for.</summary>
    public static (string Option, string About) HubOption(string name, Words words) =>
        Of("hub", words).Options.Concat(Everywhere(words)).First(row => row.Option.StartsWith(name + " ", StringComparison.Ordinal));

    private static IEnumerable<string> Whole(Words words)
    {
        yield return words.AboutPapo;
        yield return "";
        yield return $"{words.HelpUsage}: papo [COMMAND] [OPTIONS]";
        yield return "  " + words.AboutChat;
        yield return "";
        yield return words.HelpCommands + ":";
        string[] commands =
        [
            "send", "tail", "history", "search", "rooms", "who", "invite", "join", "devices", "devices link", "devices name", "devices remove", "passphrase", "backup", "restore",
            "hub", "hub backup", "hub restore",
        ];
        foreach (var row in Table([.. commands.Select(name => (Of(name, words).Usage, Of(name, words).About))]))
        {
            yield return row;
        }

        yield return "";
        yield return words.HelpEverywhere + ":";
        foreach (var row in Table(Everywhere(words)))
        {
            yield return row;
        }

        yield return "";
        yield return words.HelpMore;
    }

    private static IEnumerable<string> One(string command, Words words)
    {
        var page = Of(command, words);
        yield return page.About;
        yield return "";
        yield return $"{words.HelpUsage}: papo {page.Usage}";
        if (page.Options.Length > 0)
        {
            yield return "";
            yield return words.HelpOptions + ":";
            foreach (var row in Table(page.Options))
            {
                yield return row;
            }
        }

        yield return "";
        yield return words.HelpEverywhere + ":";
        foreach (var row in Table(Everywhere(words)))
        {
            yield return row;
        }

        yield return "";
        yield return words.HelpExamples + ":";
        foreach (var example in page.Examples)
        {
            yield return "  " + example;
        }
    }

    private static Page Of(string command, Words words) => command switch
    {
        "send" => new(
            "send ROOM [TEXT...] [--timeout TIME]",
            words.AboutSend,
            [("--timeout TIME", words.OptionTimeout)],
            ["papo send general oi!", "uptime | papo send general", "papo send builds --timeout 1m -- -v2 is out"]),
        "tail" => new(
            "tail [ROOM...] [-n N] [--json] [--no-follow]",
            words.AboutTail,
            [("-n N", words.OptionCount + " (10)"), ("--json", words.OptionJson), ("--no-follow", words.OptionNoFollow)],
            ["papo tail", "papo tail general builds --json"]),
        "history" => new(
            "history ROOM [-n N] [--before ID|TIME] [--after ID|TIME] [--json]",
            words.AboutHistory,
            [
                ("-n N", words.OptionCount + " (50)"), ("--before ID|TIME", words.OptionBefore), ("--after ID|TIME", words.OptionAfter),
                ("--json", words.OptionJson),
            ],
            ["papo history general -n 100", "papo history general --after 2h", "papo history general --before 2026-11-22 --json"]),
        "search" => new(
            "search WORDS [--in ROOM] [--from NAME] [-n N] [--json]",
            words.AboutSearch,
            [("--in ROOM", words.OptionIn), ("--from NAME", words.OptionFrom), ("-n N", words.OptionCount + " (50)"), ("--json", words.OptionJson)],
            ["papo search deploy", "papo search café --in general --from bia"]),
        "hub" => new(
            "hub [--broker embedded|mosquitto|URL] [--bind ADDRESS] [--tls-cert FILE --tls-key FILE] [--archive sqlite:FOLDER|postgres://…] [--retention 90d|none] [--log logfmt|json] [--title TEXT] [--config FILE] [--print-config]",
            words.AboutHub,
            [
                ("--broker embedded|mosquitto|URL", words.OptionHubBroker), ("--bind ADDRESS", words.OptionBind), ("--tls-cert FILE", words.OptionTlsCert),
                ("--tls-key FILE", words.OptionTlsKey), ("--archive PLACE", words.OptionArchive), ("--retention 90d|none", words.OptionRetention),
                ("--log logfmt|json", words.OptionLog), ("--title TEXT", words.OptionTitle),
                ("--config FILE", words.OptionConfig), ("--print-config", words.OptionPrintConfig),
            ],
            ["papo hub", "papo hub --bind 0.0.0.0 --title \"Casa da Ana\"", "papo hub --broker mosquitto", "papo hub --broker mqtt://192.168.0.10"]),
        "hub backup" => new(
            "hub backup FILE [--config FILE]",
            words.AboutHubBackup,
            [("--config FILE", words.OptionConfig)],
            ["papo hub backup papo-hub.tar"]),
        "hub restore" => new(
            "hub restore FILE [--archive sqlite:FOLDER|postgres://…] [--config FILE]",
            words.AboutHubRestore,
            [("--archive PLACE", words.OptionArchive), ("--config FILE", words.OptionConfig)],
            ["papo hub restore papo-hub.tar", "papo hub restore papo-hub.tar --home /srv/papo"]),
        "passphrase" => new("passphrase [--remove]", words.AboutPassphrase, [("--remove", words.OptionRemovePassphrase)], ["papo passphrase", "papo passphrase --remove --name ana"]),
        "invite" => new(
            "invite [ROOM] [--valid TIME] [--list] [--revoke ID]",
            words.AboutInvite,
            [("--valid TIME", words.OptionValid), ("--list", words.OptionList), ("--revoke ID", words.OptionRevoke)],
            ["papo invite", "papo invite builds", "papo invite '~den' --valid 7d", "papo invite --list"]),
        "join" => new("join LINK", words.AboutJoin, [], ["papo join papo://192.168.1.42/general/s=…"]),
        "devices" => new("devices [--json]", words.AboutDevices, [("--json", words.OptionJson)], ["papo devices", "papo devices --json"]),
        "devices link" => new("devices link", words.AboutDevicesLink, [], ["papo devices link"]),
        "devices name" => new("devices name DEVICE NAME", words.AboutDevicesName, [], ["papo devices name k7m2 laptop"]),
        "devices remove" => new("devices remove DEVICE", words.AboutDevicesRemove, [], ["papo devices remove phone"]),
        "backup" => new("backup FILE", words.AboutBackup, [], ["papo backup ana.papo", "PAPO_PASSPHRASE=… papo backup --name ana ana.papo"]),
        "restore" => new("restore FILE", words.AboutRestore, [], ["papo restore ana.papo", "papo restore ana.papo --home /media/stick/papo"]),
        "rooms" => new("rooms [--json]", words.AboutRooms, [("--json", words.OptionJson)], ["papo rooms"]),
        _ => new("who [ROOM] [--json]", words.AboutWho, [("--json", words.OptionJson)], ["papo who", "papo who general --json"]),
    };

    private static (string Option, string About)[] Everywhere(Words words) =>
    [
        ("--broker URL", words.OptionBroker),
        ("--name NAME", words.OptionName),
        ("--home DIR", words.OptionHome),
        ("--plain", words.OptionPlain),
        ("--no-color", words.OptionNoColor),
        ("--lang TAG", words.OptionLang),
        ("-v, --verbose", words.OptionVerbose),
        ("--user USER", words.OptionUser),
        ("--ca FILE", words.OptionCa),
        ("--trust KEY", words.OptionTrust),
        ("--cert FILE", words.OptionCert),
        ("--key FILE", words.OptionKey),
        ("--root NAME", words.OptionRoot),
        ("-h, --help", words.OptionHelp),
        ("--version", words.OptionVersion),
        ("--paths", words.OptionPaths),
    ];

    // A usage that is too long for the column stands on a line of its own.
    private static IEnumerable<string> Table((string Left, string Right)[] rows)
    {
        const int widest = 26;
        var width = Math.Min(widest, rows.Max(static row => TextWidth.Of(row.Left)));
        foreach (var (left, right) in rows)
        {
            if (TextWidth.Of(left) <= width)
            {
                yield return $"  {left.PadRight(width)}  {right}";
                continue;
            }

            yield return "  " + left;
            yield return $"  {new string(' ', width)}  {right}";
        }
    }
}
