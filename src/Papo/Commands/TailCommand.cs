// Owns: `papo tail`: the last messages, then new ones as they come, as a full member that answers and heals.
// Must never: end by itself once it was connected, unless told not to follow.
using Papo.Client;
using Papo.Output;
using Papo.Protocol;
using Papo.Terminal;

namespace Papo.Commands;

/// <summary>Follows rooms.</summary>
internal sealed class TailCommand(Surroundings around, Entrance entrance)
{
    private static readonly TimeSpan FirstConnection = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan CatchUp = TimeSpan.FromSeconds(5);

    /// <summary>Runs until stopped, or until the last messages were printed.</summary>
    public async Task<int> RunAsync(TailRequest request, CancellationToken cancellation)
    {
        await using var chat = await entrance.OpenAsync(oneShot: !request.Follow, keepMessages: true, cancellation);
        List<Room> asked = [];
        foreach (var target in request.Targets)
        {
            asked.Add((await chat.EnterAsync(target, FirstConnection, cancellation)).Room);
        }

        var up = await WaitConnectedAsync(chat, request.Follow, cancellation);
        if (!up)
        {
            around.Say(around.Words.Unreachable(chat.Broker.ToString(), chat.WhyNot(around.Words)));
            if (request.Follow)
            {
                return chat.IsRefused ? ExitCode.Refused : ExitCode.Unreachable;
            }

            around.Say(around.Words.OnlyLocal);
        }

        var rooms = asked.Count > 0 ? asked : chat.Client.Joined;
        var printer = new MessagePrinter(around.Out, request.Json, around.Words, around.Time.LocalTimeZone, rooms.Count > 1);
        await PrintPastAsync(chat, rooms, request.Count, printer, up, cancellation);
        if (request.Follow)
        {
            await FollowWhileReadAsync(chat, asked, printer, cancellation);
        }

        await chat.Client.EndAsync(cancellation);
        return up ? ExitCode.Done : ExitCode.Unreachable;
    }

    // A first try that fails is not the end where following was asked for: the broker may be starting.
    private async Task<bool> WaitConnectedAsync(OpenChat chat, bool follow, CancellationToken cancellation)
    {
        var start = around.Time.GetTimestamp();
        while (true)
        {
            var left = FirstConnection - around.Time.GetElapsedTime(start);
            if (left <= TimeSpan.Zero)
            {
                return false;
            }

            if (await chat.Client.WaitConnectedAsync(left, cancellation))
            {
                return true;
            }

            var failure = chat.Client.Connection.Failure;
            if (!follow || failure is { Permanent: true } || chat.Client.Connection.RetryIn is not { } pause || pause > left)
            {
                return false;
            }

            await Task.Delay(pause + TimeSpan.FromMilliseconds(100), around.Time, cancellation);
        }
    }

    private async Task PrintPastAsync(
        OpenChat chat, IReadOnlyList<Room> rooms, int count, MessagePrinter printer, bool up, CancellationToken cancellation)
    {
        if (count == 0)
        {
            return;
        }

        var start = around.Time.GetTimestamp();
        List<ChatMessage> messages = [];
        var complete = up;
        foreach (var room in rooms)
        {
            var missing = up ? await chat.Client.CatchUpAsync(room, Left(start), cancellation) : 0;
            var page = await chat.Client.HistoryAsync(room, new HistoryQuery(count), up ? Left(start) : TimeSpan.Zero, cancellation);
            messages.AddRange(page.Messages);
            complete &= page.Complete && missing == 0;
        }

        foreach (var message in messages.OrderBy(static message => message.At).TakeLast(count)) // a stable sort: the order inside a room stays
        {
            printer.Print(message);
        }

        if (up && !complete)
        {
            around.Say(around.Words.PastIncompleteNote);
        }
    }

    private TimeSpan Left(long start)
    {
        var left = CatchUp - around.Time.GetElapsedTime(start);
        return left > TimeSpan.Zero ? left : TimeSpan.Zero;
    }

    // Where nothing is said nothing is written, and only the pipe tells that its reader has gone.
    private async Task FollowWhileReadAsync(OpenChat chat, IReadOnlyList<Room> rooms, MessagePrinter printer, CancellationToken cancellation)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var following = FollowAsync(chat, rooms, printer, stop.Token);
        if (await Task.WhenAny(following, around.Out.WhenClosed()) == following)
        {
            await following;
            return;
        }

        await stop.CancelAsync();
        await following.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        throw new OutputClosedException();
    }

    private static async Task FollowAsync(OpenChat chat, IReadOnlyList<Room> rooms, MessagePrinter printer, CancellationToken cancellation)
    {
        await foreach (var change in chat.Messages.ReadAllAsync(cancellation))
        {
            var (message, target) = change switch
            {
                MessageArrived arrived => (arrived.Message, null),
                MessageAmended amended => (amended.Amendment, amended.Target),
                _ => (null, null),
            };
            if (message is not null && (rooms.Count == 0 || rooms.Contains(message.Room)))
            {
                printer.Print(message, target);
            }
        }
    }
}
