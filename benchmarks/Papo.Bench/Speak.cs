// Owns: a busy room on a broker that somebody else started: so many messages, spread over days past or said now at a rate.
// Must never: measure; whoever listens does.
using System.Diagnostics;
using System.Security.Cryptography;
using Papo.Client.Wire;
using Papo.Protocol;

namespace Papo.Bench;

/// <summary>Talks into <c>#general</c> of the space that the broker carries.</summary>
internal static class Speak
{
    private const int OnTheWay = 20;

    /// <summary>Says <paramref name="count"/> messages: as fast as the broker takes them where <paramref name="days"/> says over which time they were written, else at so many a second.</summary>
    public static async Task RunAsync(BrokerAddress address, int count, int rate, int days)
    {
        var space = new TaskCompletionSource<SpaceCard>(TaskCreationOptions.RunContinuationsAsynchronously);
        var up = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var session = new Session(new SessionOptions { Address = address, ClientId = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(10)) }, what =>
        {
            if (what is SessionEvent.Up)
            {
                up.TrySetResult();
            }
            else if (what is SessionEvent.Arrived arrived && SpaceCard.TryRead(arrived.Message.Payload, out var card))
            {
                space.TrySetResult(card);
            }

            return ValueTask.CompletedTask;
        });
        session.Start();
        await up.Task;
        Topics.TryMake("chat", out var topics);
        await session.SubscribeAsync([new Subscription(topics.Space, 0)]);
        var now = Now;
        var room = new BusyRoom((await space.Task).Space, now - (days * 86_400_000L) - 60_000);
        var sending = new Queue<Task<PublishOutcome>>();
        var began = Stopwatch.GetTimestamp();
        for (var i = 0; i < count; i++)
        {
            var at = days > 0 ? now - (long)((count - i) / (double)count * days * 86_400_000L) : Now;
            foreach (var entry in room.Next(at))
            {
                sending.Enqueue(session.PublishAsync(Message(topics, entry)));
            }

            while (sending.Count > OnTheWay)
            {
                await sending.Dequeue();
            }

            if (rate > 0 && TimeSpan.FromSeconds((double)i / rate) - Stopwatch.GetElapsedTime(began) is var ahead && ahead > TimeSpan.Zero)
            {
                await Task.Delay(ahead, TimeProvider.System);
            }
        }

        await Task.WhenAll(sending);
    }

    private static long Now => TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds();

    private static PublishMessage Message(Topics topics, Entry entry) => new(topics.Entries(entry.Room, entry.Header.Kind), entry.Body!.Value)
    {
        Papo = LiveEntry.Encode(entry),
        TextPayload = entry.Header.Kind is EntryKind.Text or EntryKind.Reaction,
    };
}
