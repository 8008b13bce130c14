// Owns: what a hub says of itself to the network.
// Must never: hold a secret: everybody nearby reads it.
using System.Net;
using Papo.Protocol;

namespace Papo.Client.Discovery;

/// <summary>A chat as it is announced (docs/PROTOCOL.md, Being found).</summary>
public sealed record Announcement
{
    /// <summary>The root that is not announced because everybody expects it.</summary>
    internal const string DefaultRoot = "chat";

    /// <summary>What people see in a list. A number follows where another one has it: <c>papo on ana-laptop (2)</c>. At most 63 bytes are used.</summary>
    public required string Name { get; init; }

    /// <summary>The TCP port of plain MQTT, or null where there is only TLS.</summary>
    public int? Port { get; init; }

    /// <summary>The TCP port of MQTT over TLS, or null.</summary>
    public int? TlsPort { get; init; }

    /// <summary>
    /// The broker's addresses where it listens on some only; empty: every address of this computer. Those of this computer are announced on
    /// their own network alone.
    /// </summary>
    public IReadOnlyList<IPAddress> Addresses { get; init; } = [];

    /// <summary>Whether <see cref="Addresses"/> are another computer's, and announced on every network.</summary>
    public bool IsElsewhere { get; init; }

    /// <summary>The computer's name for people, or empty.</summary>
    public string Host { get; init; } = "";

    /// <summary>What people call the place, or empty.</summary>
    public string Title { get; init; } = "";

    /// <summary>Root of all topics.</summary>
    public string Root { get; init; } = DefaultRoot;

    /// <summary>The space, once it is known. A hint: what counts is the card on the broker.</summary>
    public SpaceId? Space { get; init; }

    /// <summary>How many rooms people who are online are in, or null.</summary>
    public int? Rooms { get; init; }

    /// <summary>How many people are online, or null.</summary>
    public int? People { get; init; }
}
