// Owns: when a hub is announced on its networks, and that what is announced stays true.
// Must never: announce another computer's broker that it cannot reach itself.
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Papo.Client;
using Papo.Client.Discovery;

namespace Papo.Hub;

/// <summary>Announces a broker of this computer at once, another one while the hub is connected to it; rooms, people and space follow.</summary>
internal sealed partial class HubAnnouncing : IAsyncDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan RetryPause = TimeSpan.FromMilliseconds(500);
    private readonly CancellationTokenSource _end = new();
    private readonly Announcement _announcement;
    private readonly ChatClient _client;
    private readonly ILogger _log;
    private readonly TimeProvider _time;
    private readonly Task _running;
    private Announcer? _announcer;

    /// <summary>Begins.</summary>
    public HubAnnouncing(Announcement announcement, ChatClient client, ILogger? log, TimeProvider time)
    {
        (_announcement, _client, _log, _time) = (announcement, client, log ?? NullLogger.Instance, time);
        _running = Task.Run(RunAsync);
    }

    /// <summary>Takes the announcement back.</summary>
    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync().ConfigureAwait(false);
        await _running.ConfigureAwait(false);
        _end.Dispose();
    }

    private async Task RunAsync()
    {
        try
        {
            for (var told = _announcement; ;)
            {
                if (!_announcement.IsElsewhere || _client.Connection.Up || await _client.WaitConnectedAsync(Pause, _end.Token).ConfigureAwait(false))
                {
                    told = await TellAsync(told).ConfigureAwait(false);
                    await Task.Delay(Pause, _time, _end.Token).ConfigureAwait(false);
                }
                else
                {
                    await TakeBackAsync().ConfigureAwait(false);
                    await Task.Delay(RetryPause, _time, _end.Token).ConfigureAwait(false);
                }
            }
        }
        catch (OperationCanceledException) when (_end.IsCancellationRequested)
        {
            await TakeBackAsync().ConfigureAwait(false);
        }
    }

    private async Task<Announcement> TellAsync(Announcement told)
    {
        var now = await DescribeAsync().ConfigureAwait(false) ?? told;
        if (_announcer is null)
        {
            _announcer = await Announcer.TryStartAsync(now, _time).ConfigureAwait(false);
            if (_announcer is null)
            {
                NotAnnounced(_log);
            }
        }
        else if (now != told)
        {
            await _announcer.RenewAsync(now, _end.Token).ConfigureAwait(false);
        }

        return now;
    }

    // Null while the store cannot be read.
    private async Task<Announcement?> DescribeAsync()
    {
        try
        {
            var people = (await _client.WhoAsync(null, _end.Token).ConfigureAwait(false)).Where(static person => person.Online).ToList();
            return _announcement with
            {
                Space = await _client.SpaceAsync(_end.Token).ConfigureAwait(false),
                People = people.Count,
                Rooms = people.SelectMany(static person => person.Rooms).DistinctBy(static room => room.Name).Count(),
            };
        }
        catch (OperationCanceledException) when (!_end.IsCancellationRequested)
        {
            return null;
        }
    }

    private async Task TakeBackAsync()
    {
        if (_announcer is not null)
        {
            await _announcer.DisposeAsync().ConfigureAwait(false);
            _announcer = null;
        }
    }

    [LoggerMessage(EventId = 3401, Level = LogLevel.Warning, Message = "The chat is not announced: another program keeps the port of multicast DNS (5353) to itself.")]
    private static partial void NotAnnounced(ILogger logger);
}
