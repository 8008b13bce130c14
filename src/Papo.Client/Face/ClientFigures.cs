// Owns: a few figures of one client for whoever watches it; its loop writes them, any thread reads them.
// Must never: hold anything that was said, or who said it.
using Papo.Client.Wire;

namespace Papo.Client;

/// <summary>Figures since the client began.</summary>
/// <param name="time">The clock of the client.</param>
public sealed class ClientFigures(TimeProvider time)
{
    private long _messages;
    private long _healed;
    private long _refused;
    private long _oldest;
    private volatile bool _storeFails;

    /// <summary>Told of each message how long it took from its receipt to the disk. On the client's loop: it has to be quick.</summary>
    public Action<TimeSpan>? Durable { get; init; }

    /// <summary>Entries of others taken into the store.</summary>
    public long Messages => Interlocked.Read(ref _messages);

    /// <summary>Entries that were missing and were fetched from somebody.</summary>
    public long Healed => Interlocked.Read(ref _healed);

    /// <summary>Requests of other devices that were not answered or put off: not authentic, or too many at once.</summary>
    public long RefusedRequests => Interlocked.Read(ref _refused);

    /// <summary>The store cannot be written.</summary>
    public bool StoreFails => _storeFails;

    /// <summary>How long the oldest message that was received and is not yet on the disk has waited.</summary>
    public TimeSpan Lag => Interlocked.Read(ref _oldest) is var at && at == 0 ? TimeSpan.Zero : time.GetElapsedTime(at);

    internal void Received(InboundMessage message) => Interlocked.CompareExchange(ref _oldest, message.ReceivedAt, 0);

    internal void Committed(IReadOnlyList<InboundMessage> messages, int taken)
    {
        Interlocked.Exchange(ref _oldest, 0);
        Interlocked.Add(ref _messages, taken);
        for (var i = 0; Durable is not null && i < messages.Count; i++)
        {
            Durable(time.GetElapsedTime(messages[i].ReceivedAt));
        }
    }

    // What was received comes again.
    internal void Failed() => Interlocked.Exchange(ref _oldest, 0);

    internal void WasHealed(int entries) => Interlocked.Add(ref _healed, entries);

    internal void WasRefused() => Interlocked.Increment(ref _refused);

    internal void SetStoreFails(bool fails) => _storeFails = fails;
}
