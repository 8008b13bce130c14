// Owns: one device's connection to the virtual broker: what it writes and hears arrives in order.
// Must never: enter the device's engine while that is in its turn.
using Papo.Client.Wire;

namespace Papo.Simulation;

/// <summary>A session without a socket. <paramref name="turn"/> lets the device handle what was told.</summary>
internal sealed class VirtualSession(VirtualTime time, VirtualBroker broker, Weather weather, Func<SessionEvent, ValueTask> sink, Action turn) : ISession
{
    private static readonly BrokerFacts Facts = new(false, 512, uint.MaxValue, true, 1, TimeSpan.FromSeconds(30), 1);
    private long _up;
    private long _down;

    /// <summary>Which part of a split network this device is in.</summary>
    public int Side { get; set; }

    public BrokerFacts? Broker { get; private set; }

    public TimeSpan? RoundTrip => null;

    public void Start() => Hear(weather, () =>
    {
        Broker = Facts;
        Tell(new SessionEvent.Up(Facts));
    });

    public Task<PublishOutcome> PublishAsync(PublishMessage message, CancellationToken cancellationToken = default) => broker.Publish(this, message);

    public Task<SubscribeOutcome> SubscribeAsync(IReadOnlyList<Subscription> filters, CancellationToken cancellationToken = default) => broker.Subscribe(this, filters);

    public Task<bool> UnsubscribeAsync(IReadOnlyList<string> filters, CancellationToken cancellationToken = default) => broker.Unsubscribe(this, filters);

    public Task EndAsync(PublishMessage? last, CancellationToken cancellationToken = default) => Task.CompletedTask;

    /// <summary>When what is written now arrives at the broker.</summary>
    public long NextUp(Weather way) => _up = Math.Max(_up, time.Now + way.Leg());

    /// <summary>Something happens at the device's end, behind everything sent to it before.</summary>
    public void Hear(Weather way, Action happens)
    {
        _down = Math.Max(_down, time.Now + way.Leg());
        time.At(_down, () =>
        {
            happens();
            turn();
        });
    }

    /// <summary>Messages come, behind everything sent before.</summary>
    public void Hear(Weather way, InboundMessage[] messages) => Hear(way, () =>
    {
        foreach (var message in messages)
        {
            Tell(new SessionEvent.Arrived(message, Facts.Generation));
        }
    });

    private void Tell(SessionEvent what)
    {
        var told = sink(what);
        if (!told.IsCompletedSuccessfully)
        {
            throw new InvalidOperationException("an engine's queue is full although it is emptied after each event");
        }
    }
}
