// Owns what an engine asks of its connection to a broker: Session's over the network, the simulation's in memory.
// Must never grow beyond what the engine uses.
namespace Papo.Client.Wire;

/// <summary>One device's connection to one broker; see <see cref="Session"/>.</summary>
internal interface ISession
{
    /// <inheritdoc cref="Session.Broker"/>
    BrokerFacts? Broker { get; }

    /// <inheritdoc cref="Session.RoundTrip"/>
    TimeSpan? RoundTrip { get; }

    /// <inheritdoc cref="Session.Start"/>
    void Start();

    /// <inheritdoc cref="Session.PublishAsync"/>
    Task<PublishOutcome> PublishAsync(PublishMessage message, CancellationToken cancellationToken = default);

    /// <inheritdoc cref="Session.SubscribeAsync"/>
    Task<SubscribeOutcome> SubscribeAsync(IReadOnlyList<Subscription> filters, CancellationToken cancellationToken = default);

    /// <inheritdoc cref="Session.UnsubscribeAsync"/>
    Task<bool> UnsubscribeAsync(IReadOnlyList<string> filters, CancellationToken cancellationToken = default);

    /// <inheritdoc cref="Session.EndAsync"/>
    Task EndAsync(PublishMessage? last, CancellationToken cancellationToken = default);
}
