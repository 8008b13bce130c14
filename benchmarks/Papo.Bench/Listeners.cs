// Owns: many connections of Papo's session in this process: they hear and acknowledge.
// Must never: store or verify anything; that is what members do.
using Papo.Client.Wire;

namespace Papo.Bench;

/// <summary>Connections, each subscribed to topics of its own.</summary>
internal sealed class Listeners : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);
    private readonly List<Session> _sessions = [];

    private Listeners()
    {
    }

    public IReadOnlyList<Session> Sessions => _sessions;

    /// <summary>Returns when all are there and every topic is granted.</summary>
    public static async Task<Listeners> ArriveAsync(BrokerAddress broker, string name, int count, Func<int, IEnumerable<string>> topics, Action<int, InboundMessage> heard)
    {
        var listeners = new Listeners();
        for (var at = 0; at < count; at++)
        {
            var number = at;
            var up = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            var session = new Session(new SessionOptions { Address = broker, ClientId = $"{name}{at}" }, what => Take(what, up, message => heard(number, message)));
            listeners._sessions.Add(session);
            session.Start();
            await up.Task.WaitAsync(Patience, TimeProvider.System);
            Subscription[] wanted = [.. topics(at).Select(static topic => new Subscription(topic, 1))];
            if (wanted.Length > 0 && !(await session.SubscribeAsync(wanted)).AllGranted)
            {
                throw new InvalidOperationException("a subscription was refused");
            }
        }

        return listeners;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var session in _sessions)
        {
            await session.DisposeAsync();
        }
    }

    private static ValueTask Take(SessionEvent what, TaskCompletionSource up, Action<InboundMessage> heard)
    {
        if (what is SessionEvent.Up)
        {
            up.TrySetResult();
        }
        else if (what is SessionEvent.Arrived arrived)
        {
            arrived.Message.Acknowledge();
            heard(arrived.Message);
        }

        return ValueTask.CompletedTask;
    }
}
