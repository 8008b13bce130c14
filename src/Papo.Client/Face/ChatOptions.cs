// Owns: the public face of the library: one person on one broker, whatever the connection does.
// Must never: know a screen or a console, or put anything in words.
using System.Security.Cryptography;
using Microsoft.Extensions.Logging;
using Papo.Client.Wire;
using Papo.Protocol;

namespace Papo.Client;

/// <summary>How a client takes part.</summary>
public sealed record ChatOptions
{
    /// <summary>Who this is; see <see cref="Client.Profile"/>.</summary>
    public required Profile Profile { get; init; }

    /// <summary>Where the chat is.</summary>
    public required BrokerAddress Broker { get; init; }

    /// <summary>User name, password and certificates for the broker.</summary>
    public Credentials Credentials { get; init; } = new();

    /// <summary>Root of all topics; no slash.</summary>
    public string Root { get; init; } = "chat";

    /// <summary>A command that comes and goes (no presence, nothing queued for it while it is away).</summary>
    public bool OneShot { get; init; }

    /// <summary>Set where this client is a hub: it joins every open room, keeps all of its past, and says so (docs/PROTOCOL.md, Hubs).</summary>
    public HubRole? Hub { get; init; }

    /// <summary>Where the library's own log goes, or null; it never holds message texts or secrets.</summary>
    public ILogger? Log { get; init; }

    /// <summary>Where the client counts, for whoever watches it; null: nowhere.</summary>
    public ClientFigures? Figures { get; init; }

    /// <summary>Called at each step of <see cref="FaultPoints"/>; null but where a test cuts there.</summary>
    public Action<string>? Fault { get; init; }

    /// <summary>
    /// Whoever brings the client something to do does it: a caller waits until his message is on the disk and on its way, and what awaits
    /// <see cref="ChatClient.Changes"/> goes on in the client's own thread, which stands still meanwhile. Saves waiting until other threads are awake; for
    /// callers who have nothing else to do in that thread, and readers that never block.
    /// </summary>
    public bool Inline { get; init; }

    /// <summary>Time source.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>Uniform in [0, 1), for timing and choice of peers; nothing secret hangs on it. Other than random only where a run has to be repeated.</summary>
    internal Func<double> Chance { get; init; } = static () => RandomNumberGenerator.GetInt32(1 << 24) / (double)(1 << 24);

    /// <summary>Cards that were verified elsewhere in this process, by their bytes; null but where thousands of devices run in one.</summary>
    internal Func<ReadOnlyMemory<byte>, DeviceCard?>? KnownCard { get; init; }
}

/// <summary>How a hub presents itself.</summary>
/// <param name="Title">What people call the place; at most <see cref="Limits.HubTitleCodePoints"/> code points, may be empty.</param>
public sealed record HubRole(string Title)
{
    /// <summary>How long it keeps what was said; null: for good.</summary>
    public TimeSpan? Retention { get; init; }

    /// <summary>Whether the broker is this hub's own: what it carried before the hub came is nobody else's home (docs/PROTOCOL.md, Space).</summary>
    public bool OwnsBroker { get; init; }

    /// <summary>Opens the archive of a space for a slot; null: a file in the profile's folder, as for anybody.</summary>
    internal Func<SpaceId, int, Store.Database>? Open { get; init; }
}

/// <summary>What the broker asks for before it lets anybody in.</summary>
public sealed record Credentials
{
    /// <summary>User name, or null.</summary>
    public string? User { get; init; }

    /// <summary>Password, or null.</summary>
    public string? Password { get; init; }

    /// <summary>PEM file of certificate authorities to trust instead of the system's, or null.</summary>
    public string? CaFile { get; init; }

    /// <summary>The key the broker must have where no known authority vouches for it (<see cref="KeyFingerprint"/>); null: the first one seen is pinned.</summary>
    public string? TrustedKey { get; init; }

    /// <summary>PEM file of the client certificate, or null.</summary>
    public string? CertFile { get; init; }

    /// <summary>PEM file of the client certificate's key, or null.</summary>
    public string? KeyFile { get; init; }
}

/// <summary>What became of a draft when it was handed over.</summary>
/// <param name="Number">Its outbox number when it is on disk.</param>
/// <param name="Problem">Why it was not taken; nothing is kept then.</param>
public sealed record SendReceipt(long? Number, SendProblem? Problem);

/// <summary>How waiting for a message ended.</summary>
public enum SafeOutcome
{
    /// <summary>Another member holds it or a hub stored it.</summary>
    Held,

    /// <summary>The broker has it and nobody else is there; it stays in the outbox.</summary>
    WithBrokerOnly,

    /// <summary>Time ran out; it stays in the outbox.</summary>
    NotConfirmed,

    /// <summary>Never connected in that time; it stays in the outbox.</summary>
    NotConnected,

    /// <summary>Refused; see the state change's reason.</summary>
    Failed,
}

/// <summary>How a message stands after <see cref="ChatClient.WaitSafeAsync"/>.</summary>
public sealed record SafeResult(SafeOutcome Outcome, EntryId? Id, SendProblem? Problem);
