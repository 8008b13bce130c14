// Owns: Kestrel without the rest of a web host: no configuration files, no environment, no console, no signals. The embedded broker
// lives inside a program that owns all of these.
// Must never: know MQTT beyond which handler serves a connection.
using System.Net.Security;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging.Abstractions;

namespace Papo.Hub;

internal static class BareHost
{
    public static WebApplication Build(EmbeddedBrokerOptions options, ListenSockets sockets, ConnectionGate gate, MqttEndpoint endpoint)
    {
        // The empty builder reads no appsettings.json from the folder the program happens to stand in.
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Services.AddSingleton(options.Logs ?? NullLoggerFactory.Instance);
        builder.Services.AddSingleton<IHostLifetime, NoSignals>();
        builder.Services.AddSingleton(endpoint);
        builder.Services.AddRoutingCore();
        builder.Services.AddConnections();
        builder.Services.Configure<HostOptions>(o => o.ShutdownTimeout = options.CloseTimeout);
        builder.WebHost.UseSetting(WebHostDefaults.PreventHostingStartupKey, "true");
        builder.WebHost.UseKestrelCore().UseKestrelHttpsConfiguration();
        builder.WebHost.UseSockets(s =>
        {
            s.CreateBoundListenSocket = sockets.Take;
            s.NoDelay = true;
        });
        builder.WebHost.ConfigureKestrel(k =>
        {
            k.AddServerHeader = false;
            foreach (var place in sockets.Places)
            {
                k.Listen(place.EndPoint, l => Serve(l, place.Wire, options, gate));
            }
        });

        var app = builder.Build();
        app.Use((context, next) => IsOurs(context, options) ? next(context) : NotFound(context));
        app.UseRouting();
        app.MapConnectionHandler<MqttEndpoint>(options.WebSocketPath, o =>
        {
            o.Transports = HttpTransportType.WebSockets;
            o.WebSockets.CloseTimeout = options.CloseTimeout;
            // MQTT 5.0, 6.0: a client offers "mqtt"; one that offers nothing known gets no subprotocol and gives up by itself.
            o.WebSockets.SubProtocolSelector = offered => offered.Contains("mqtt") ? "mqtt" : null!;
        });
        return app;
    }

    private static void Serve(ListenOptions listen, Wire wire, EmbeddedBrokerOptions options, ConnectionGate gate)
    {
        listen.Protocols = HttpProtocols.Http1;
        listen.Use(next => connection => gate.PassAsync(connection, next));
        if (wire is Wire.MqttTls or Wire.WebSocketTls)
        {
            // Asked at each handshake, so that a renewed certificate needs no restart.
            listen.UseHttps(new TlsHandshakeCallbackOptions
            {
                OnConnection = _ => new ValueTask<SslServerAuthenticationOptions>(new SslServerAuthenticationOptions { ServerCertificateContext = options.Certificate!() }),
                HandshakeTimeout = options.ConnectTimeout,
            });
        }

        if (wire is Wire.Mqtt or Wire.MqttTls)
        {
            listen.UseConnectionHandler<MqttEndpoint>();
        }
    }

    // The mapped handler would also answer a negotiation request, which makes state before any CONNECT.
    private static bool IsOurs(HttpContext context, EmbeddedBrokerOptions options) =>
        string.Equals(context.Request.Path.Value, options.WebSocketPath, StringComparison.Ordinal)
        && string.Equals(context.Request.Headers.Upgrade, "websocket", StringComparison.OrdinalIgnoreCase);

    private static Task NotFound(HttpContext context)
    {
        context.Response.StatusCode = StatusCodes.Status404NotFound;
        return Task.CompletedTask;
    }

    /// <summary>The default lifetime takes Ctrl+C and SIGTERM away from the program around it.</summary>
    private sealed class NoSignals : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
