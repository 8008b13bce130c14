// Owns: a Mosquitto of the hub's own over its runs: configured, started, watched, started again, stopped.
// Must never: touch the configuration or the service of the system, or start it faster and faster when it cannot run.
using System.Net;
using System.Threading.Channels;
using Microsoft.Extensions.Logging;
using Papo.Client;
using Papo.Client.Wire;

namespace Papo.Hub;

internal sealed class SupervisedMosquitto : IHubBroker
{
    private readonly CancellationTokenSource _stop = new();
    private readonly MosquittoOptions _options;
    private readonly TimeProvider _time;
    private readonly ILogger _log;
    private readonly ChannelWriter<BrokerNotice> _notices;
    private readonly MosquittoFolder _folder;
    private readonly IReadOnlyList<MosquittoListener> _listeners;
    private Task _watching = Task.CompletedTask;
    private MosquittoProcess? _process;
    private volatile bool _accepts;
    private volatile bool _diskFull;
    private int _restarts;

    private SupervisedMosquitto(
        MosquittoOptions options, MosquittoFolder folder, IReadOnlyList<MosquittoListener> listeners, ChannelWriter<BrokerNotice> notices, ILogger log, TimeProvider time)
    {
        (_options, _folder, _listeners, _notices, _log, _time) = (options, folder, listeners, notices, log, time);
        Address = HubAddress.Of(options.Addresses, Plain.Port);
    }

    public BrokerAddress Address { get; }

    public int? TlsPort => _listeners.FirstOrDefault(static listener => listener.Tls)?.EndPoint.Port;

    public bool Accepts => _accepts;

    public int Restarts => Volatile.Read(ref _restarts);

    private IPEndPoint Plain => _listeners.First(static listener => !listener.Tls).EndPoint;

    /// <summary>Starts it; when this returns, clients can connect.</summary>
    /// <exception cref="BrokerPortTakenException">Its port is in use.</exception>
    /// <exception cref="System.Net.Sockets.SocketException">An address cannot be listened on.</exception>
    /// <exception cref="MosquittoException">It does not run.</exception>
    /// <exception cref="ProfileException">Its folder cannot be used.</exception>
    public static async Task<SupervisedMosquitto> StartAsync(
        MosquittoOptions options, CertificateFiles? certificate, ChannelWriter<BrokerNotice> notices, ILogger log, TimeProvider time, CancellationToken cancellation)
    {
        var folder = MosquittoFolder.Take(options.Folder);
        SupervisedMosquitto? broker = null;
        try
        {
            await folder.EndLeftoverAsync(options.StopTimeout, time, log, cancellation).ConfigureAwait(false);
            var listeners = FreePlaces(options, certificate is not null);
            folder.Configure(MosquittoConfig.Text(folder.Data, listeners, certificate, UserToStay()));
            broker = new SupervisedMosquitto(options, folder, listeners, notices, log, time);
            if (!await broker.RunAsync(cancellation).ConfigureAwait(false))
            {
                throw new MosquittoException(MosquittoProblem.DoesNotStart, broker._process!.LastLine);
            }

            broker._watching = broker.WatchAsync();
            return broker;
        }
        catch
        {
            if (broker is not null)
            {
                await broker.DisposeAsync().ConfigureAwait(false);
            }

            folder.Dispose();
            throw;
        }
    }

    /// <summary>Makes it use the certificate that now lies in its files.</summary>
    public void ReloadCertificate()
    {
        if (_process is { Ended.IsCompleted: false } process)
        {
            PosixSignals.HangUp(process.Process);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync().ConfigureAwait(false);
        await _watching.ConfigureAwait(false);
        _accepts = false;
        if (_process is { } process)
        {
            if (!await process.StopAsync(_options.StopTimeout).ConfigureAwait(false))
            {
                MosquittoLog.Killed(_log);
            }

            process.Dispose();
            _process = null;
            _folder.Forget();
            MosquittoLog.Stopped(_log);
        }

        _folder.Dispose();
        _stop.Dispose();
    }

    // Opened and closed again at once: a port that somebody has is known before Mosquitto fails over it, and a free one has a number.
    private static IReadOnlyList<MosquittoListener> FreePlaces(MosquittoOptions options, bool tls)
    {
        var wanted = new List<ListenWish> { new(Wire.Mqtt, options.Port) };
        if (tls && options.TlsPort is { } port)
        {
            wanted.Add(new ListenWish(Wire.MqttTls, port, MayMove: true));
        }

        using var sockets = ListenSockets.Open(options.Addresses, wanted);
        return [.. sockets.Places.Select(static place => new MosquittoListener(place.EndPoint, place.Wire == Wire.MqttTls))];
    }

    // Started as root it becomes the user mosquitto, who may not read the hub's folder. It stays who the hub is.
    private static string? UserToStay() => !OperatingSystem.IsWindows() && Environment.IsPrivilegedProcess ? Environment.UserName : null;

    private async Task<bool> RunAsync(CancellationToken cancellation)
    {
        _process?.Dispose();
        _process = null;
        _process = MosquittoProcess.Start(_options.Program.Path, _folder.Config, _time, Said);
        _folder.Remember(_process.Process, _log);
        _accepts = await _process.AcceptsAsync(Plain, _options.StartTimeout, cancellation).ConfigureAwait(false);
        if (_accepts)
        {
            MosquittoLog.Runs(_log, _options.Program.Version, _process.Process.Id);
        }

        return _accepts;
    }

    private async Task WatchAsync()
    {
        var wait = _options.FirstRestart;
        var began = _time.GetTimestamp();
        try
        {
            while (true)
            {
                await (_process?.Ended ?? Task.CompletedTask).WaitAsync(_stop.Token).ConfigureAwait(false);
                _accepts = false;
                wait = _time.GetElapsedTime(began) > _options.Steady ? _options.FirstRestart : wait;
                TellEnd(wait);
                await Task.Delay(wait, _time, _stop.Token).ConfigureAwait(false);
                wait = TimeSpan.FromTicks(Math.Min(wait.Ticks * 2, _options.LongestRestart.Ticks));
                began = _time.GetTimestamp();
                await AgainAsync().ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            // The hub stops.
        }
    }

    private void TellEnd(TimeSpan wait)
    {
        var code = _process?.Code ?? -1;
        MosquittoLog.Ended(_log, code, wait.TotalSeconds);
        _notices.TryWrite(new BrokerNotice(BrokerEvent.Ended, _process?.LastLine ?? "", wait));
    }

    // Whatever keeps it from starting (an upgrade just now, a taken port) is said and tried again.
    private async Task AgainAsync()
    {
        Interlocked.Increment(ref _restarts);
        _diskFull = false;
        try
        {
            if (await RunAsync(_stop.Token).ConfigureAwait(false))
            {
                _notices.TryWrite(new BrokerNotice(BrokerEvent.Back, "", TimeSpan.Zero));
                return;
            }

            // One that runs and takes no connection is of no use.
            await _process!.StopAsync(_options.StopTimeout).ConfigureAwait(false);
        }
        catch (MosquittoException failure)
        {
            MosquittoLog.Said(_log, LogLevel.Error, failure.Message);
        }
    }

    private void Said(string line)
    {
        var level = MosquittoLog.LevelOf(line);
        MosquittoLog.Said(_log, level, line);
        if (!_diskFull && line.Contains("No space left on device", StringComparison.Ordinal))
        {
            _diskFull = true; // once a run: it tries again every minute
            _notices.TryWrite(new BrokerNotice(BrokerEvent.DiskFull, line, TimeSpan.Zero));
        }
    }
}
