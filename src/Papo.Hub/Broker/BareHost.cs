// Owns: Kestrel without the rest of a web host: no configuration files, no environment, no console, no signals. A hub lives inside a
// program that owns all of these.
// Must never: know MQTT beyond which handler serves a connection.
using System.Diagnostics.CodeAnalysis;
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
    /// <summary>Builds it; <paramref name="endpoint"/> serves MQTT connections, null where there are none.</summary>
    public static WebApplication Build<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.All)] T>(
        EmbeddedBrokerOptions options, ListenSockets sockets, ConnectionGate gate, T? endpoint)
        where T : ConnectionHandler
    {
        // The empty builder reads no appsettings.json from the folder the program happens to stand in.
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Services.AddSingleton(options.Logs ?? NullLoggerFactory.Instance);
        builder.Services.AddSingleton<IHostLifetime, NoSignals>();
        if (endpoint is not null)
        {
            builder.Services.AddSingleton(endpoint);
        }

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
                k.Listen(place.EndPoint, l => Serve<T>(l, place.Wire, options, gate));
            }
        });

        var app = builder.Build();
        options.Pages?.Invoke(app);
        app.Use((context, next) => endpoint is not null && IsOurs(context, options) ? next(context) : NotFound(context));
        app.UseRouting();
        if (endpoint is null)
        {
            return app;
        }

        app.MapConnectionHandler<T>(options.WebSocketPath, o =>
        {
            o.Transports = HttpTransportType.WebSockets;
            o.WebSockets.CloseTimeout = options.CloseTimeout;
            // MQTT 5.0, 6.0: a client offers "mqtt"; one that offers nothing known gets no subprotocol and gives up by itself.
            o.WebSockets.SubProtocolSelector = offered => offered.Contains("mqtt") ? "mqtt" : null!;
        });
        return app;
    }

    private static void Serve<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.All)] T>(ListenOptions listen, Wire wire, EmbeddedBrokerOptions options, ConnectionGate gate)
        where T : ConnectionHandler
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
            listen.UseConnectionHandler<T>();
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
