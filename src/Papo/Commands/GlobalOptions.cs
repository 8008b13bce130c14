// Owns: what every command was told: where, who, how to look.
// Must never: be filled in from anywhere but the command line; environment and saved choices are looked up where they are used.
using Papo.Protocol;

namespace Papo.Commands;

/// <summary>Options that stand before or after any command; null and false where not given.</summary>
internal sealed record GlobalOptions
{
    /// <summary><c>--broker</c>: an explicit broker never hosts.</summary>
    public string? Broker { get; init; }

    /// <summary><c>--name</c>: the profile to use or make; with it no name is asked.</summary>
    public DisplayName? Name { get; init; }

    /// <summary><c>--home</c>: the folder of all profiles.</summary>
    public string? Home { get; init; }

    /// <summary><c>--plain</c>: plain lines, also on a terminal.</summary>
    public bool Plain { get; init; }

    /// <summary><c>-v</c>: the log also goes to standard error.</summary>
    public bool Verbose { get; init; }

    /// <summary><c>--user</c>: user name for the broker.</summary>
    public string? User { get; init; }

    /// <summary><c>--ca</c>: PEM file.</summary>
    public string? CaFile { get; init; }

    /// <summary><c>--trust</c>: the key the broker has, checked.</summary>
    public string? TrustedKey { get; init; }

    /// <summary><c>--cert</c>: PEM file.</summary>
    public string? CertFile { get; init; }

    /// <summary><c>--key</c>: PEM file.</summary>
    public string? KeyFile { get; init; }

    /// <summary><c>--root</c>: first level of all topics.</summary>
    public string Root { get; init; } = "chat";
}
