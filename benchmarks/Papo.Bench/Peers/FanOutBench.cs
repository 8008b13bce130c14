// Owns: one speaker and many listeners in one room, on every kind of server in turns.
// Must never: count a delivery that did not arrive.
using System.Diagnostics;
using System.Globalization;
using Papo.Client.Wire;
using Papo.Protocol;

namespace Papo.Bench;

/// <summary>Deliveries a second with at most <see cref="Ahead"/> messages on the way, medians of several rounds.</summary>
internal static class FanOutBench
{
    private const int Ahead = 20;
    private const int Members = 3; // of Papo, among listeners that store and verify nothing
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    public static async Task RunAsync(Size size, Report report)
    {
        foreach (var listeners in size.FanOut)
        {
            var audiences = new List<Audience>();
            try
            {
                audiences.Add(await MqttAudience.ArriveAsync("mosquitto, plain payloads", listeners, 0));
                audiences.Add(await MqttAudience.ArriveAsync($"mosquitto, {Members} members of Papo among them", listeners - Members, Members));
                foreach (var kind in PeerServer.Kinds)
                {
                    if (await PeerServer.StartAsync(kind) is { } server)
                    {
                        audiences.Add(await PeerAudience.ArriveAsync(server, listeners));
                    }
                }

                await MeasureAsync(audiences, listeners, size, report);
            }
            finally
            {
                foreach (var audience in audiences)
                {
                    await audience.DisposeAsync();
                }
            }
        }
    }

    private static async Task MeasureAsync(List<Audience> audiences, int listeners, Size size, Report report)
    {
        var rates = audiences.ToDictionary(static audience => audience, static _ => new List<double>());
        for (var round = 0; round <= size.FanOutRounds; round++)
        {
            foreach (var audience in audiences)
            {
                var rate = await audience.RoundAsync(listeners, size.FanOutMessages);
                if (round > 0)
                {
                    rates[audience].Add(rate); // the first one warms up
                }
            }
        }

        var floor = Spread.Of(rates[audiences[0]]).Median;
        foreach (var (audience, taken) in rates)
        {
            var (median, least, most) = Spread.Of(taken);
            report.Add(new FanOutRow(audience.Kind, listeners, size.FanOutMessages, median, least, most, median / floor));
        }
    }

    /// <summary>Everybody in the room of one server.</summary>
    private abstract class Audience(string kind) : IAsyncDisposable
    {
        private long _heard;

        public string Kind => kind;

        public abstract ValueTask DisposeAsync();

        /// <summary>Deliveries a second.</summary>
        public async Task<double> RoundAsync(int listeners, int messages)
        {
            var before = Interlocked.Read(ref _heard);
            var began = Stopwatch.GetTimestamp();
            for (var at = 0; at < messages; at++)
            {
                await UntilAsync(before + ((long)(at - Ahead) * listeners), began);
                await SayAsync();
            }

            await UntilAsync(before + ((long)messages * listeners), began);
            await CheckAsync();
            return messages * (double)listeners / Stopwatch.GetElapsedTime(began).TotalSeconds;
        }

        /// <summary>Says one message; does not wait for the server's answer, which an IRC client would not get either.</summary>
        protected abstract Task SayAsync();

        /// <summary>Everything said was taken.</summary>
        protected virtual Task CheckAsync() => Task.CompletedTask;

        protected void Heard() => Interlocked.Increment(ref _heard);

        private async Task UntilAsync(long count, long began)
        {
            while (Interlocked.Read(ref _heard) < count)
            {
                if (Stopwatch.GetElapsedTime(began) > Patience)
                {
                    throw new TimeoutException($"{Kind}: {count - Interlocked.Read(ref _heard)} deliveries are missing");
                }

                await Task.Yield();
            }
        }
    }

    private sealed class PeerAudience(PeerServer server) : Audience(server.Kind)
    {
        private readonly List<TextPeer> _all = [];
        private int _number;

        public static async Task<PeerAudience> ArriveAsync(PeerServer server, int listeners)
        {
            var audience = new PeerAudience(server);
            audience._all.Add(await TextPeer.ArriveAsync(server, "speaker"));

            // Together: InspIRCd takes a second for each.
            audience._all.AddRange(await Task.WhenAll(Enumerable.Range(0, listeners).Select(at => TextPeer.ArriveAsync(server, $"n{at}"))));
            audience._all.Skip(1).ToList().ForEach(peer => peer.Heard = _ => audience.Heard());
            return audience;
        }

        public override async ValueTask DisposeAsync()
        {
            foreach (var peer in _all)
            {
                await peer.DisposeAsync();
            }

            await server.DisposeAsync();
        }

        protected override Task SayAsync() => _all[0].SayAsync(_number++ % 1_000_000);
    }

    private sealed class MqttAudience(string kind, Broker broker, Queue<Entry> load) : Audience(kind)
    {
        private readonly Queue<Entry> _load = load;
        private readonly List<Task<PublishOutcome>> _publishing = [];
        private readonly List<Session> _sessions = [];
        private readonly List<PapoPerson> _members = [];

        public static async Task<MqttAudience> ArriveAsync(string kind, int plain, int members)
        {
            var broker = await Broker.StartAsync(Broker.Roomy);
            var texts = new List<PapoPerson>();
            for (var at = 0; at < members; at++)
            {
                texts.Add(await PapoPerson.ArriveAsync(string.Create(CultureInfo.InvariantCulture, $"m{at}"), "chat", broker, Disk.All[0]));
            }

            var load = members == 0 ? null : SignedLoad.Make((await texts[0].Client.SpaceAsync(CancellationToken.None))!.Value, devices: 1, rooms: 1, texts: 40_000);
            var audience = new MqttAudience(kind, broker, new Queue<Entry>(load is null ? [] : load.Births.Concat(load.Texts)));
            foreach (var member in texts)
            {
                member.Heard = _ => audience.Heard();
                audience._members.Add(member);
            }

            for (var at = 0; at <= plain; at++)
            {
                await audience.ComeAsync(at);
            }

            if (load is not null)
            {
                await audience.PublishAsync(audience._load.Dequeue()); // its card comes before anything is counted
            }

            return audience;
        }

        public override async ValueTask DisposeAsync()
        {
            foreach (var member in _members)
            {
                await member.DisposeAsync();
            }

            foreach (var session in _sessions)
            {
                await session.DisposeAsync();
            }

            await broker.DisposeAsync();
        }

        protected override Task SayAsync()
        {
            _publishing.Add(_load.TryDequeue(out var entry)
                ? PublishAsync(entry)
                : _sessions[0].PublishAsync(new PublishMessage("chat/general", new byte[Pace.PlainSize])));
            return Task.CompletedTask;
        }

        protected override async Task CheckAsync()
        {
            foreach (var outcome in await Task.WhenAll(_publishing))
            {
                if (!outcome.IsSent)
                {
                    throw new InvalidOperationException($"refused: {outcome}");
                }
            }

            _publishing.Clear();
        }

        private Task<PublishOutcome> PublishAsync(Entry entry) => _sessions[0].PublishAsync(
            new PublishMessage(entry.Header.Kind == EntryKind.Text ? "chat/general" : "chat/general/x", entry.Body!.Value) { Papo = LiveEntry.Encode(entry), TextPayload = true });

        private async Task ComeAsync(int at)
        {
            var up = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            var session = new Session(new SessionOptions { Address = broker.Address, ClientId = $"f{at}" }, what =>
            {
                if (what is SessionEvent.Up)
                {
                    up.TrySetResult();
                }
                else if (what is SessionEvent.Arrived arrived)
                {
                    arrived.Message.Acknowledge();
                    Heard();
                }

                return ValueTask.CompletedTask;
            });
            session.Start();
            await up.Task.WaitAsync(Patience, TimeProvider.System);
            _sessions.Add(session);
            if (at > 0)
            {
                await session.SubscribeAsync([new Subscription("chat/general", 1)]);
            }
        }
    }
}
