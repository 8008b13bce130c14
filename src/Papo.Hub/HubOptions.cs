// Owns: every setting of a hub and its default.
// Must never: read the environment or a file; the program decides and hands a finished record over.
using Microsoft.Extensions.Logging;
using Papo.Client;
using Papo.Client.Discovery;
using Papo.Client.Wire;
using Papo.Protocol;

namespace Papo.Hub;

/// <summary>Settings of one <see cref="HubNode"/>.</summary>
public sealed record HubOptions
{
    /// <summary>The folder of all profiles; the hub's own lie in its sub-folder <c>hub</c>, with its keys and its archive.</summary>
    public required Home Home { get; init; }

    /// <summary>The broker that others run, or null: the hub brings one with it.</summary>
    public BrokerAddress? Outside { get; init; }

    /// <summary>The broker it brings with it.</summary>
    public EmbeddedBrokerOptions Embedded { get; init; } = new();

    /// <summary>User name, password and certificates for an outside broker.</summary>
    public Credentials Credentials { get; init; } = new();

    /// <summary>Where it keeps what was said; null: a file in its own folder.</summary>
    public ArchivePlace? Archive { get; init; }

    /// <summary>How long it keeps what was said, at least an hour; null: for good.</summary>
    public TimeSpan? Retention { get; init; }

    /// <summary>What people call the place; at most <see cref="Limits.HubTitleCodePoints"/> code points.</summary>
    public string Title { get; init; } = "";

    /// <summary>Root of all topics.</summary>
    public string Root { get; init; } = "chat";

    /// <summary>How the chat is announced on the network while the hub runs, or null: it is not.</summary>
    public Announcement? Announcement { get; init; }

    /// <summary>Where the library logs, or null; never message texts or secrets.</summary>
    public ILogger? Log { get; init; }

    /// <summary>Called at each step of <see cref="FaultPoints"/>; null but where a test cuts there.</summary>
    public Action<string>? Fault { get; init; }

    /// <summary>Time source.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;
}
