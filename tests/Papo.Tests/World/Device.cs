// Owns one session under test and what it has told so far.
// Must never wait without a limit, nor acknowledge by itself.
using System.Threading.Channels;
using Papo.Client.Wire;

namespace Papo.Tests.World;

/// <summary>A session of ana, bia or caio whose events are awaited one kind at a time.</summary>
internal sealed class Device : IAsyncDisposable
{
    /// <summary>Patience with anything that should happen at once.</summary>
    public static readonly TimeSpan Soon = TimeSpan.FromSeconds(15);

    private readonly Channel<SessionEvent> _events = Channel.CreateUnbounded<SessionEvent>();

    /// <summary>Makes a session; <see cref="Start"/> starts it.</summary>
    public Device(SessionOptions options) => Session = new Session(options, told => _events.Writer.WriteAsync(told));

    /// <summary>The session.</summary>
    public Session Session { get; }

    /// <summary>Settings that suit most tests: quick to retry, an id from the name.</summary>
    public static SessionOptions Options(BrokerAddress address, string name = "ana") => new()
    {
        Address = address,
        ClientId = name,
        FirstRetry = TimeSpan.FromMilliseconds(10),
        LongestRetry = TimeSpan.FromMilliseconds(100),
    };

    /// <summary>Starts a session and waits until it is up.</summary>
    public static async Task<Device> ConnectAsync(SessionOptions options)
    {
        var device = new Device(options).Start();
        await device.NextAsync<SessionEvent.Up>();
        return device;
    }

    /// <summary>Tries once.</summary>
    /// <returns>Why it failed.</returns>
    public static async Task<ConnectFailure> FailAsync(SessionOptions options)
    {
        await using var device = new Device(options with { FirstFailureIsFinal = true }).Start();
        return (await device.NextAsync<SessionEvent.Down>()).Failure;
    }

    /// <summary>Starts it.</summary>
    public Device Start()
    {
        Session.Start();
        return this;
    }

    /// <summary>The next event of this kind; others before it are passed over.</summary>
    public async Task<T> NextAsync<T>()
        where T : SessionEvent
    {
        using var limit = new CancellationTokenSource(Soon);
        while (true)
        {
            if (await _events.Reader.ReadAsync(limit.Token) is T wanted)
            {
                return wanted;
            }
        }
    }

    /// <summary>The next message.</summary>
    public async Task<InboundMessage> MessageAsync() => (await NextAsync<SessionEvent.Arrived>()).Message;

    /// <summary>The next event if one is there already.</summary>
    public SessionEvent? Peek() => _events.Reader.TryPeek(out var told) ? told : null;

    /// <summary>Subscribes and asserts that it was granted.</summary>
    public async Task SubscribeAsync(string filter, byte qos = 1) =>
        Assert.True((await Session.SubscribeAsync([new Subscription(filter, qos)]).WaitAsync(Soon)).AllGranted);

    /// <summary>Publishes a text and asserts that the broker has it.</summary>
    public async Task PublishAsync(string topic, string text) =>
        Assert.True((await Session.PublishAsync(new PublishMessage(topic, System.Text.Encoding.UTF8.GetBytes(text))).WaitAsync(Soon)).IsSent);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync() => await Session.DisposeAsync();
}
