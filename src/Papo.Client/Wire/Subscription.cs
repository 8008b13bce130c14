// Owns the shape of a subscription and its answer.
// Must never know what a filter means.
namespace Papo.Client.Wire;

/// <summary>What to do with retained messages when subscribing (3.8.3.1).</summary>
internal enum RetainHandling : byte
{
    /// <summary>Send them.</summary>
    Send,

    /// <summary>Send them only if the subscription is new.</summary>
    SendIfNew,

    /// <summary>Do not send them.</summary>
    Skip,
}

/// <summary>One topic filter with its options.</summary>
internal readonly record struct Subscription(string Filter, byte Qos, bool NoLocal = false, RetainHandling Retained = RetainHandling.Send);

/// <summary>The answer to one or more subscriptions.</summary>
/// <param name="Answered">False when the connection ended first or there was none.</param>
/// <param name="ReasonCodes">One a subscription, in the order asked: 0–2 the granted QoS, from 0x80 a refusal (3.9.3). Empty when not answered.</param>
internal sealed record SubscribeOutcome(bool Answered, IReadOnlyList<byte> ReasonCodes)
{
    /// <summary>No connection.</summary>
    public static readonly SubscribeOutcome Unanswered = new(false, []);

    /// <summary>Answered, and every filter was granted.</summary>
    public bool AllGranted => Answered && ReasonCodes.All(code => code < 0x80);
}
