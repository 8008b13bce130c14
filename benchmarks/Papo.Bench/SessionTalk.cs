// Owns: two people who talk through Papo's session alone: the wire without store, signatures and engine.
// Must never: do more than publish, hear and acknowledge.
using Papo.Client.Wire;

namespace Papo.Bench;

/// <summary>Papo's MQTT session, both publishing and subscribed at QoS 1.</summary>
internal sealed class SessionTalk : ITalk
{
    private const string Topic = "bench/session";
    private readonly Session[] _sessions = new Session[2];
    private readonly Arrivals?[] _arrivals = new Arrivals?[2];

    private SessionTalk(string kind) => Kind = kind;

    public string Kind { get; }

    public static async Task<SessionTalk> StartAsync(Broker broker)
    {
        var talk = new SessionTalk(broker.Name("session"));
        for (var i = 0; i < 2; i++)
        {
            var who = i;
            var up = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            talk._sessions[i] = new Session(new SessionOptions { Address = broker.Address, ClientId = $"session{i}", User = broker.User, Password = broker.Password }, what => talk.Take(who, what, up));
            talk._sessions[i].Start();
            await up.Task;
            await talk._sessions[i].SubscribeAsync([new Subscription(Topic, 1)]);
        }

        return talk;
    }

    public async Task<IReadOnlyList<double>> SayAsync(int count, bool back)
    {
        var arrivals = new Arrivals(count);
        var (from, to) = back ? (1, 0) : (0, 1);
        _arrivals[to] = arrivals;
        for (var i = 0; i < count; i++)
        {
            var payload = Pace.Payload(i, from);
            arrivals.Said(i);
            _ = _sessions[from].PublishAsync(new PublishMessage(Topic, payload));
            await Pace.PauseAsync(i);
        }

        var times = await arrivals.AllAsync();
        _arrivals[to] = null;
        return times;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var session in _sessions)
        {
            await session.DisposeAsync();
        }
    }

    private ValueTask Take(int who, SessionEvent what, TaskCompletionSource up)
    {
        switch (what)
        {
            case SessionEvent.Up:
                up.TrySetResult();
                break;
            case SessionEvent.Arrived arrived:
                if (Pace.NumberFor(who, arrived.Message.Payload.Span) is { } number)
                {
                    _arrivals[who]?.Heard(number);
                }

                arrived.Message.Acknowledge();
                break;
        }

        return ValueTask.CompletedTask;
    }
}
