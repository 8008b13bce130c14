// Owns: the HTTP port of a hub whose broker is not in this process: the same pages, and a way to the broker over WebSocket.
// Must never: let in more than the embedded broker would.
using System.Net.Security;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Logging;

namespace Papo.Hub;

internal sealed class HttpDoor : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly ConnectionGate _gate;
    private readonly EmbeddedBrokerOptions _limits;

    private HttpDoor(WebApplication app, ConnectionGate gate, EmbeddedBrokerOptions limits, int port, int? tlsPort) =>
        (_app, _gate, _limits, Port, TlsPort) = (app, gate, limits, port, tlsPort);

    /// <summary>The port for HTTP; it may differ from the one asked for.</summary>
    public int Port { get; }

    /// <summary>The port for HTTPS, if any.</summary>
    public int? TlsPort { get; }

    /// <summary>Opens it.</summary>
    /// <param name="options">Where.</param>
    /// <param name="certificate">For HTTPS, or null for none.</param>
    /// <param name="pages">Answers what is not MQTT.</param>
    /// <param name="relay">Where MQTT over WebSocket goes, or null for nowhere.</param>
    /// <param name="log">Where it logs.</param>
    /// <param name="time">Clock of its deadlines.</param>
    /// <exception cref="System.Net.Sockets.SocketException">An address cannot be listened on.</exception>
    public static async Task<HttpDoor> OpenAsync(
        HttpOptions options, Func<SslStreamCertificateContext>? certificate, Action<IApplicationBuilder> pages, BrokerRelay? relay, ILogger log, TimeProvider time)
    {
        var limits = new EmbeddedBrokerOptions { Addresses = options.Addresses, Certificate = certificate, Pages = pages, Time = time };
        List<ListenWish> wishes = [new(Wire.WebSocket, options.Port, MayMove: true)];
        if (certificate is not null)
        {
            wishes.Add(new ListenWish(Wire.WebSocketTls, options.TlsPort, MayMove: true));
        }

        using var sockets = ListenSockets.Open(options.Addresses, wishes);
        var gate = new ConnectionGate(limits, log);
        var app = BareHost.Build(limits, sockets, gate, relay);
        try
        {
            await app.StartAsync().ConfigureAwait(false);
            return new HttpDoor(app, gate, limits, sockets.PortOf(Wire.WebSocket)!.Value, sockets.PortOf(Wire.WebSocketTls));
        }
        catch
        {
            await app.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        _gate.AbortAll();
        using var patience = new CancellationTokenSource(_limits.CloseTimeout, _limits.Time);
        await _app.StopAsync(patience.Token).ConfigureAwait(false);
        await _app.DisposeAsync().ConfigureAwait(false);
    }
}
