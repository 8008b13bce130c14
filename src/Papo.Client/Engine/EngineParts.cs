// Owns: what an engine is made of.
// Must never: hold logic.
using System.Threading.Channels;
using Microsoft.Extensions.Logging;
using Papo.Client.Store;
using Papo.Client.Wire;
using Papo.Protocol;

namespace Papo.Client.Engine;

/// <summary>Everything an engine is given. Events and changes outlive it.</summary>
internal sealed record EngineParts
{
    public required ChatOptions Options { get; init; }

    public required SpaceStore Store { get; init; }

    public required Topics Topics { get; init; }

    public required SessionOptions SessionOptions { get; init; }

    /// <summary>Makes the connection that tells its events to a sink; the simulation brings its own.</summary>
    public Func<SessionOptions, Func<SessionEvent, ValueTask>, Action, ISession> Connect { get; init; } = static (options, sink, drained) => new Session(options, sink, drained);

    /// <summary>Null while the space is not known: then the engine finds it and ends.</summary>
    public required Self? Self { get; init; }

    /// <summary>Number of this run in presences; the will carries it too.</summary>
    public required long PresenceSession { get; init; }

    public required EventQueue Events { get; init; }

    public required ChannelWriter<ChatChange> Changes { get; init; }

    public required Told Told { get; init; }

    /// <summary>The client is being closed.</summary>
    public required CancellationToken Closing { get; init; }

    public required Waits Waits { get; init; }

    public required ILogger Log { get; init; }

    /// <summary>Hears every change of the connection, as the caller does.</summary>
    public required Action<Connection> ConnectionTold { get; init; }

    /// <summary>This process was connected to this very space before: a younger mark on the broker means that the broker lost ours.</summary>
    public bool WasHere { get; init; }
}
