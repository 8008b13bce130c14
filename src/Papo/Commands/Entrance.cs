// Owns: the way in: home, profile, credentials, client, for every command alike.
// Must never: ask where nobody can answer, or put a credential anywhere but into the library's hands.
using Papo.Client;
using Papo.Client.Wire;
using Papo.Diagnostics;
using Papo.Hub;
using Papo.Protocol;

namespace Papo.Commands;

/// <summary>Opens profiles and clients.</summary>
internal sealed class Entrance(Surroundings around, GlobalOptions options, Questions questions)
{
    private const string NamelessUser = "someone";

    /// <summary>The folder of all profiles.</summary>
    public Home Home { get; } = new(HomePath(around, options));

    /// <summary>Which broker.</summary>
    public BrokerFinder Finder => new(around, options, Home, questions);

    /// <summary>The folder that flag or environment name, else the platform's.</summary>
    public static string HomePath(Surroundings around, GlobalOptions options) => ExplicitHome(around.Variable, options) ?? Home.DefaultPath;

    /// <summary>The folder that flag or environment name, or null.</summary>
    public static string? ExplicitHome(Func<string, string?> variable, GlobalOptions options)
    {
        var given = options.Home ?? variable("PAPO_HOME");
        return string.IsNullOrEmpty(given) ? null : Path.GetFullPath(given);
    }

    /// <summary>The name a command without <c>--name</c> uses: the last one, else the system's user.</summary>
    public DisplayName DefaultName()
    {
        if (options.Name is { } given)
        {
            return given;
        }

        return DisplayName.TryParse(Home.LastUsed, out var last) == NameProblem.None ? last! : SystemUser();
    }

    /// <summary>The name of the user of this computer.</summary>
    public static DisplayName SystemUser()
    {
        if (DisplayName.TryParse(Environment.UserName, out var user) == NameProblem.None)
        {
            return user!;
        }

        DisplayName.TryParse(NamelessUser, out var nobody);
        return nobody!;
    }

    /// <summary>Opens a profile, with the passphrase where it has one.</summary>
    public async Task<Profile> OpenProfileAsync(DisplayName name, CancellationToken cancellation) =>
        Home.Open(name, Home.HasPassphrase(name) ? await new Passphrases(around, questions).AskAsync(around.Words.PassphraseOf(Output.Harmless.Name(name.Text)), cancellation) : null);

    /// <summary>Opens the profile of a command and its client; the client connects by itself.</summary>
    public async Task<OpenChat> OpenAsync(bool oneShot, bool keepMessages, CancellationToken cancellation)
    {
        var broker = await Finder.ForCommandAsync(cancellation);
        var profile = await OpenProfileAsync(DefaultName(), cancellation);
        try
        {
            var credentials = await CredentialsAsync(broker, cancellation);
            var client = await ChatClient.OpenAsync(Options(profile, broker, credentials, oneShot), cancellation);
            return new OpenChat(profile, client, broker, around, keepMessages);
        }
        catch
        {
            profile.Dispose();
            throw;
        }
    }

    /// <summary>How a client takes part.</summary>
    public ChatOptions Options(Profile profile, BrokerAddress broker, Credentials credentials, bool oneShot) => new()
    {
        Profile = profile,
        Broker = broker,
        Credentials = credentials,
        Root = options.Root,
        OneShot = oneShot,
        Log = new LibraryLog(around.Log),
        Fault = FaultPoints.FromEnvironment(around.Variable),
        Time = around.Time,
    };

    /// <summary>How a hub of this home runs; broker and title are the caller's.</summary>
    public HubOptions HubOptions() => new()
    {
        Home = Home,
        Root = options.Root,
        Log = new LibraryLog(around.Log),
        Fault = FaultPoints.FromEnvironment(around.Variable),
        Time = around.Time,
    };

    /// <summary>What the broker is told: flags and PAPO_PASSWORD first, then what was kept, then what is typed.</summary>
    public async Task<Credentials> CredentialsAsync(BrokerAddress broker, CancellationToken cancellation)
    {
        foreach (var file in (string?[])[options.CaFile, options.CertFile, options.KeyFile])
        {
            if (file is not null && !File.Exists(file))
            {
                throw new CommandFailedException(ExitCode.Usage, around.Words.Credentials(file));
            }
        }

        var saved = Home.SavedCredentials(broker.ToString());
        var user = options.User ?? broker.User ?? saved?.User;
        var password = around.Variable("PAPO_PASSWORD") ?? (saved?.User == user ? saved?.Password : null);
        if (user is not null && password is null && options.CertFile is null && around.MayAsk)
        {
            password = await questions.AskSecretAsync(around.Words.PasswordPrompt(Output.Harmless.Line(user)), cancellation);
        }

        return new Credentials
        {
            User = user,
            Password = password,
            CaFile = options.CaFile ?? saved?.CaFile,
            TrustedKey = options.TrustedKey,
            CertFile = options.CertFile ?? saved?.CertFile,
            KeyFile = options.KeyFile ?? saved?.KeyFile,
        };
    }
}
