// Owns: reading the command line: from arguments to one typed request, or to one clear sentence about what is wrong.
// Must never: guess; whatever is not understood is a usage error.
using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using Papo.Client.Wire;
using Papo.Protocol;
using Papo.Texts;

namespace Papo.Commands;

/// <summary>What the command line said.</summary>
/// <param name="Language">The language to answer in.</param>
/// <param name="NoColor">Whether <c>--no-color</c> was given.</param>
/// <param name="Options">The options of every command.</param>
/// <param name="Request">What to do.</param>
internal sealed partial record CommandLineReading(Language Language, bool NoColor, GlobalOptions Options, Request Request)
{
    private const int MostMessages = 100_000;

    private static readonly TimeSpan ShortestRetention = TimeSpan.FromHours(1);
    private static readonly TimeSpan DefaultTimeout = TimeSpan.FromSeconds(15);

    /// <summary>Reads; <paramref name="fallback"/> is the language of the environment, in which <paramref name="variable"/> looks for the settings of a hub.</summary>
    public static CommandLineReading Read(IReadOnlyList<string> arguments, Language fallback, DateTimeOffset now, TimeZoneInfo zone, Func<string, string?> variable)
    {
        var grammar = new Grammar();
        var result = grammar.Parse(arguments);
        var tag = Value(result, grammar.Lang);
        var known = Language.TryParse(tag, out var language);
        language = known ? language : fallback;
        var settings = IsHub(grammar, result) ? HubSettings.Read(grammar, variable, Value(result, grammar.Config), Value(result, grammar.Home), Words.For(language)) : HubSettings.None;
        var reader = new RequestReader(grammar, result, settings, Words.For(language), now, zone);
        var (options, request) = reader.Read();
        if (tag is not null && !known && request is not UsageProblem)
        {
            request = reader.Wrong(Words.For(language).UsageLanguage(tag));
        }

        return new CommandLineReading(language, Has(result, grammar.NoColor), options, request);
    }

    // An option that was not given has a result all the same, with its default.
    private static bool Has(ParseResult result, Option<bool> option) => result.GetResult(option) is not null && result.GetValue(option);

    private static string? Value(ParseResult result, Option<string> option) =>
        result.GetResult(option) is { Tokens: [.., var last] } ? last.Value : null;

    // One reading; the first problem found wins.
    private sealed partial class RequestReader(Grammar grammar, ParseResult result, HubSettings settings, Words words, DateTimeOffset now, TimeZoneInfo zone)
    {
        private UsageProblem? _problem;
        private string? _origin;

        private Command Command => result.CommandResult.Command;

        private string FullName => $"papo {NameOf(Command)}".TrimEnd();

        public (GlobalOptions Options, Request Request) Read()
        {
            if (Has(grammar.Help))
            {
                return (new GlobalOptions(), new HelpRequest(Command == grammar.Root ? null : NameOf(Command)));
            }

            CheckTokens();
            if (settings.Problem is { } wrong)
            {
                Wrong(wrong);
            }

            var options = ReadOptions();
            var request = _problem ?? ReadRequest();
            return (options, _problem ?? request);
        }

        public UsageProblem Wrong(string sentence) => _problem ??= new UsageProblem(_origin is null ? sentence : $"{_origin}: {sentence}", words.UsageHint(FullName));

        private string NameOf(Command command) =>
            command == grammar.Root ? "" : string.Join(' ', command.Parents.OfType<Command>().Where(parent => parent != grammar.Root).Append(command).Select(static part => part.Name));

        private void CheckTokens()
        {
            foreach (var option in result.CommandResult.Children.Concat(result.RootCommandResult.Children).OfType<OptionResult>())
            {
                var name = option.IdentifierToken?.Value ?? option.Option.Name;
                if (option.Option is Option<string> && option.Tokens.Count == 0)
                {
                    Wrong(words.UsageNeedsValue(name));
                }
                else if (option.Option is Option<string> && option.Tokens.Count > 1)
                {
                    Wrong(words.UsageOnce(name));
                }
            }

            CheckDashes();
            if (result.UnmatchedTokens is [var token, ..])
            {
                Unknown(token);
            }

            if (result.Errors is [var error, ..])
            {
                Wrong(error.Message);
            }
        }

        // A mistyped option must not become text of a message: before "--" nothing that begins with a dash is an argument.
        private void CheckDashes()
        {
            var literal = result.Tokens.TakeWhile(static token => token.Type != TokenType.DoubleDash).ToHashSet(ReferenceEqualityComparer.Instance);
            foreach (var token in result.CommandResult.Children.OfType<ArgumentResult>().SelectMany(static argument => argument.Tokens))
            {
                if (token.Value.StartsWith('-') && token.Value.Length > 1 && literal.Contains(token))
                {
                    Unknown(token.Value);
                }
            }
        }

        private void Unknown(string token)
        {
            if (token.StartsWith('-'))
            {
                var near = Nearest.To(token, Command.Options.Concat(grammar.Root.Options).SelectMany(static option => option.Aliases.Prepend(option.Name)));
                var more = near is not null ? words.UsageDidYouMean(near) : Command == grammar.Send ? words.UsageDashText : words.UsageHint(FullName);
                _problem ??= new UsageProblem(words.UsageUnknownOption(token), more);
                return;
            }

            var command = Nearest.To(token, Command.Subcommands.Select(static c => c.Name));
            _problem ??= new UsageProblem(words.UsageUnknown(token), command is null ? words.UsageHint(FullName) : words.UsageDidYouMean($"{FullName} {command}"));
        }

        private GlobalOptions ReadOptions()
        {
            DisplayName? name = null;
            if (Get(grammar.Name) is { } given && DisplayName.TryParse(given, out name) is var problem and not NameProblem.None)
            {
                Wrong(words.Name(problem));
            }

            var broker = Get(grammar.Broker);
            var root = Get(grammar.TopicRoot) ?? "chat";
            if (root.Length == 0 || root.StartsWith('$') || root.Any(static c => c is '/' or '+' or '#' || char.IsWhiteSpace(c) || char.IsControl(c)))
            {
                Wrong(words.UsageRoot(root));
            }

            string? trusted = null;
            if (Get(grammar.Trust) is { } key && !KeyFingerprint.TryParse(key, out trusted))
            {
                Wrong(words.UsageTrust(key));
            }

            return new GlobalOptions
            {
                Broker = broker,
                Name = name,
                Home = Get(grammar.Home),
                Plain = Has(grammar.Plain),
                Verbose = Has(grammar.Verbose),
                User = Get(grammar.User),
                CaFile = Get(grammar.Ca),
                TrustedKey = trusted,
                CertFile = Get(grammar.Cert),
                KeyFile = Get(grammar.Key),
                Root = root,
            };
        }

        private Request ReadRequest()
        {
            if (Has(grammar.Version))
            {
                return new VersionRequest();
            }

            if (Has(grammar.Paths))
            {
                return new PathsRequest();
            }

            return Command.Name switch
            {
                "send" => ReadSend(),
                "tail" => new TailRequest(ReadTargets(), ReadCount(10), Has(grammar.Json), !Has(grammar.NoFollow)),
                "history" when RequiredTarget() is { } target =>
                    new HistoryRequest(target, ReadCount(50), ReadMoment(grammar.Before), ReadMoment(grammar.After), Has(grammar.Json)),
                "search" => ReadSearch(),
                "rooms" => new RoomsRequest(Has(grammar.Json)),
                "who" => new WhoRequest(FirstArgument() is { } given ? ReadRoom(given) : null, Has(grammar.Json)),
                "invite" => ReadInvite(),
                "join" => ReadJoin(),
                "devices" => ReadDevices(),
                "link" => new LinkDeviceRequest(),
                "name" => ReadNameDevice(),
                "remove" => ReadRemoveDevice(),
                "hub" => ReadHub(),
                "passphrase" => new PassphraseRequest(Has(grammar.RemovePassphrase)),
                "backup" when Command == grammar.BackupProfile => FirstArgument() is { } file ? new BackupRequest(Path.GetFullPath(file)) : Wrong(words.UsageMissing("FILE")),
                "restore" when Command == grammar.RestoreProfile => FirstArgument() is { } file ? new RestoreRequest(Path.GetFullPath(file)) : Wrong(words.UsageMissing("FILE")),
                "backup" => ReadBackup(),
                "restore" => ReadRestore(),
                _ => _problem ?? (Request)new ChatRequest(),
            };
        }

        private Request ReadSend()
        {
            if (RequiredTarget() is not { } target)
            {
                return _problem!;
            }

            var timeout = DefaultTimeout;
            if (Get(grammar.Timeout) is { } given && !Moment.TryParseSpan(given, out timeout))
            {
                return Wrong(words.UsageTimeout(given));
            }

            var parts = result.GetValue(grammar.Text) ?? [];
            return new SendRequest(target, parts.Length == 0 ? null : string.Join(' ', parts), timeout);
        }

        private Request ReadSearch()
        {
            var search = string.Join(' ', result.GetValue(grammar.SearchWords) ?? []).Trim();
            var target = Get(grammar.In) is { } given ? ReadTarget(given) : null;
            return search.Length == 0
                ? Wrong(words.UsageMissing("WORDS"))
                : new SearchRequest(search, target, Get(grammar.From), ReadCount(50), Has(grammar.Json));
        }

        private Target? RequiredTarget()
        {
            if (FirstArgument() is { } given)
            {
                return ReadTarget(given);
            }

            Wrong(words.UsageMissing("ROOM"));
            return null;
        }

        private string? FirstArgument() =>
            result.CommandResult.Children.OfType<ArgumentResult>().SelectMany(static argument => argument.Tokens).FirstOrDefault()?.Value;

        private List<Target> ReadTargets() =>
            [.. (result.GetValue(grammar.Targets) ?? []).Select(ReadTarget).OfType<Target>().Distinct()];

        private Target? ReadTarget(string given)
        {
            if (Target.Parse(given) is { } target)
            {
                return target;
            }

            Wrong(words.RoomName(given));
            return null;
        }

        private Room? ReadRoom(string given)
        {
            if (!Room.TryParse(given, out var room))
            {
                Wrong(words.RoomName(given));
            }

            return room;
        }

        private int ReadCount(int fallback)
        {
            if (Get(grammar.Count) is not { } given)
            {
                return fallback;
            }

            if (int.TryParse(given, NumberStyles.None, CultureInfo.InvariantCulture, out var count) && count <= MostMessages)
            {
                return count;
            }

            Wrong(words.UsageCount(given));
            return 0;
        }

        private Moment? ReadMoment(Option<string> option)
        {
            if (Get(option) is not { } given)
            {
                return null;
            }

            if (!Moment.TryParse(given, now, zone, out var moment))
            {
                Wrong(words.UsageMoment(given));
            }

            return moment;
        }

        private bool Has(Option<bool> option) => CommandLineReading.Has(result, option);

        // What is said about a value that nobody typed says where it stands.
        private string? Get(Option<string> option)
        {
            var setting = Value(result, option) is null ? settings.Find(option.Name) : null;
            _origin = setting?.Origin;
            return setting?.Value ?? Value(result, option);
        }
    }
}
