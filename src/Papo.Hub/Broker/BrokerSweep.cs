// Owns: the one loop that removes what is over: sessions past their expiry and retained messages past theirs.
// Must never: block a client; it works on the ledgers and asks MQTTnet only about what they name.
using Microsoft.Extensions.Logging;
using MQTTnet;
using MQTTnet.Server;

namespace Papo.Hub;

internal sealed class BrokerSweep : IAsyncDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly EmbeddedBrokerOptions _options;
    private readonly MqttServer _server;
    private readonly BrokerRules _rules;
    private readonly Roster _roster;
    private readonly RetainedLedger _retained;
    private readonly Backlog _backlog;
    private readonly ILogger _log;
    private readonly Task _loop;
    private long _droppedTold;

    public BrokerSweep(
        EmbeddedBrokerOptions options, MqttServer server, BrokerRules rules, Roster roster, RetainedLedger retained, Backlog backlog, ILogger log)
    {
        (_options, _server, _rules, _roster, _retained, _backlog, _log) = (options, server, rules, roster, retained, backlog, log);
        _loop = RunAsync(_stop.Token);
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _loop;
        _stop.Dispose();
    }

    private async Task RunAsync(CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(_options.SweepInterval, _options.Time);
        try
        {
            while (await timer.WaitForNextTickAsync(cancellationToken))
            {
                await SweepSafelyAsync();
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // The broker stops.
        }
    }

    private async Task SweepSafelyAsync()
    {
        try
        {
            await SweepAsync();
        }
        catch (Exception e)
        {
            // The next round tries again; a broker without sweeps serves on and only keeps too much.
            BrokerLog.RuleFailed(_log, nameof(BrokerSweep), e);
        }
    }

    private async Task SweepAsync()
    {
        foreach (var client in _roster.Over())
        {
            // It may have come back since the list was made.
            if (_roster.IsOver(client))
            {
                await _rules.DropSessionAsync(client);
            }
        }

        foreach (var topic in _retained.TakeExpired(_options.Time.GetUtcNow()))
        {
            await _server.UpdateRetainedMessageAsync(new MqttApplicationMessage { Topic = topic, Retain = true });
        }

        TellDropped();
    }

    private void TellDropped()
    {
        var dropped = _backlog.Dropped;
        if (dropped != _droppedTold)
        {
            BrokerLog.MessagesDropped(_log, dropped - _droppedTold);
            _droppedTold = dropped;
        }
    }
}
