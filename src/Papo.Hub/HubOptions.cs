// Owns: every setting of a hub and its default.
// Must never: read the environment or a file; the program decides and hands a finished record over.
using Microsoft.Extensions.Logging;
using Papo.Client;
using Papo.Client.Discovery;
using Papo.Protocol;

namespace Papo.Hub;

/// <summary>Settings of one <see cref="HubNode"/>.</summary>
public sealed record HubOptions
{
    /// <summary>The folder of all profiles; the hub's own lie in its sub-folder <c>hub</c>, with its keys and its archive.</summary>
    public required Home Home { get; init; }

    /// <summary>The broker it uses or brings with it.</summary>
    public BrokerPlan Broker { get; init; } = new BrokerPlan.Embedded(new EmbeddedBrokerOptions());

    /// <summary>Its certificate for MQTT over TLS, or null: the TLS ports of its broker stay closed.</summary>
    public TlsOptions? Tls { get; init; }

    /// <summary>Where it keeps what was said; null: a file in its own folder.</summary>
    public ArchivePlace? Archive { get; init; }

    /// <summary>How long it keeps what was said, at least an hour; null: for good.</summary>
    public TimeSpan? Retention { get; init; }

    /// <summary>Its HTTP port, or null for none. With an embedded broker it is on that one's addresses.</summary>
    public HttpOptions? Http { get; init; }

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
