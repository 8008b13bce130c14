// Owns every setting of a session, with defaults that work.
// Must never be logged or printed as a whole: it holds a password.
using System.Security.Cryptography;
using Microsoft.Extensions.Logging;

namespace Papo.Client.Wire;

/// <summary>The settings of one <see cref="Session"/>.</summary>
internal sealed record SessionOptions
{
    /// <summary>The broker.</summary>
    public required BrokerAddress Address { get; init; }

    /// <summary>The client id: a capability, whoever uses it takes the queue. 1–23 letters and digits pass everywhere (3.1.3.1).</summary>
    public required string ClientId { get; init; }

    /// <summary>Seconds the broker keeps subscriptions and queue after the connection ends (3.1.2.11.2); 0 for none.</summary>
    public uint SessionExpirySeconds { get; init; }

    /// <summary>Drop what the broker kept, on every connection.</summary>
    public bool CleanStart { get; init; }

    /// <summary>User name; null takes the one in the address, if any.</summary>
    public string? User { get; init; }

    /// <summary>Password, or null.</summary>
    public string? Password { get; init; }

    /// <summary>PEM file of the only authorities to trust; null trusts the system's.</summary>
    public string? CaFile { get; init; }

    /// <summary>Keys of brokers that nobody known vouches for; null refuses these. Not used with <see cref="CaFile"/>.</summary>
    public CertificatePins? Pins { get; init; }

    /// <summary>The key that the user says the broker has, see <see cref="KeyFingerprint"/>; it is pinned in place of another one. Null: whichever comes first.</summary>
    public string? TrustedKey { get; init; }

    /// <summary>PEM file of this device's certificate, or null.</summary>
    public string? CertFile { get; init; }

    /// <summary>PEM file of its private key, or null when it is in <see cref="CertFile"/>.</summary>
    public string? KeyFile { get; init; }

    /// <summary>What the broker publishes when we vanish, or null.</summary>
    public PublishMessage? Will { get; init; }

    /// <summary>Seconds the broker waits before it publishes the will (3.1.3.2.2).</summary>
    public uint WillDelaySeconds { get; init; } = 15;

    /// <summary>Time for everything from looking up the name to the CONNACK.</summary>
    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Longest silence on the wire, whole seconds up to 65,535; a dead peer is noticed within 1.5 of it. Zero for never.</summary>
    public TimeSpan KeepAlive { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How many unacknowledged QoS 1 messages the broker may send us (3.1.2.11.3).</summary>
    public ushort ReceiveMaximum { get; init; } = 512;

    /// <summary>Largest packet we take, in bytes (3.1.2.11.4); a larger one ends the connection.</summary>
    public uint MaximumPacketSize { get; init; } = 1024 * 1024;

    /// <summary>How many QoS 1 publishes may be unacknowledged; the broker's Receive Maximum can only lower it. Brokers drop in silence beyond 20.</summary>
    public int Window { get; init; } = 20;

    /// <summary>Publish on a connection of its own against the 40 ms stall; null: only where the system offers nothing better (docs/decisions/0012).</summary>
    public bool? SeparatePublishConnection { get; init; }

    /// <summary>Acknowledge received TCP segments at once against the 40 ms stall. Off only to measure.</summary>
    public bool PromptSegments { get; init; } = true;

    /// <summary>Stop after the first failed try or ended connection, for one-shot commands.</summary>
    public bool FirstFailureIsFinal { get; init; }

    /// <summary>First wait before trying again.</summary>
    public TimeSpan FirstRetry { get; init; } = TimeSpan.FromSeconds(0.25);

    /// <summary>Longest wait; each try doubles it up to here. Also the wait after a permanent failure.</summary>
    public TimeSpan LongestRetry { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How far a wait is spread, as a part of it: 0.5 means ± 50 %.</summary>
    public double RetryJitter { get; init; } = 0.5;

    /// <summary>Yields numbers in [0, 1) for the spread.</summary>
    public Func<double> Randomness { get; init; } = () => RandomNumberGenerator.GetInt32(1 << 24) / (double)(1 << 24);

    /// <summary>The clock of every wait and timeout.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>Gets connects and ends, never payloads or secrets; null for none.</summary>
    public ILogger? Logger { get; init; }

    /// <summary>Nothing of the settings, since they hold secrets.</summary>
    public override string ToString() => $"session with {Address}";
}
