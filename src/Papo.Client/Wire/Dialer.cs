// Owns the way from an address to a connected byte stream: name, TCP, TLS, WebSocket.
// Must never speak MQTT, retry, or ignore a certificate.
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Net.WebSockets;

namespace Papo.Client.Wire;

/// <summary>A connected byte stream and the means to cut it off at once from any thread.</summary>
/// <param name="Stream">Carries MQTT packets.</param>
/// <param name="Cut">Closes the socket below; pending reads and writes fail. May be called more than once.</param>
/// <param name="Owned">What else to dispose after the stream, or null.</param>
/// <param name="IsPrompt">Whether what arrives is acknowledged at once (docs/decisions/0012).</param>
internal sealed record Line(Stream Stream, Action Cut, IDisposable? Owned, bool IsPrompt)
{
    /// <summary>Frees everything; to be called after <see cref="Cut"/> and after the last read and write.</summary>
    public async ValueTask CloseAsync()
    {
        try
        {
            await Stream.DisposeAsync().ConfigureAwait(false);
        }
        catch (Exception failure) when (PacketWriter.IsLineFailure(failure))
        {
            // A stream on top (TLS, WebSocket) may want to say goodbye on a line that is cut already.
        }

        Owned?.Dispose();
    }
}

/// <summary>Opens lines to one broker. One use for one try.</summary>
internal sealed class Dialer(SessionOptions options)
{
    // RFC 8305, section 5: 250 ms between attempts at different addresses.
    private static readonly TimeSpan Stagger = TimeSpan.FromMilliseconds(250);
    private readonly BrokerAddress _address = options.Address;

    /// <summary>What is being waited for, in words for the failure when the time is over.</summary>
    public string Waiting { get; set; } = "";

    /// <summary>Opens the line.</summary>
    /// <exception cref="ConnectFailedException">It cannot be opened.</exception>
    /// <exception cref="OperationCanceledException">The time is over or the session ends.</exception>
    public async Task<Line> OpenAsync(CancellationToken cancellationToken)
    {
        using var tls = _address.IsSecure ? TlsTrust.Load(options) : null;
        if (_address.IsWebSocket)
        {
            return await OpenWebSocketAsync(tls, cancellationToken).ConfigureAwait(false);
        }

        var plain = await DialAsync(_address.Host, _address.Port, cancellationToken).ConfigureAwait(false);
        if (tls is null)
        {
            return new Line(plain, plain.Socket.Dispose, null, plain.IsPrompt);
        }

        Waiting = "accepted the connection but did not answer the TLS handshake";
        var secure = new SslStream(plain);
        try
        {
            await secure.AuthenticateAsClientAsync(tls.For(_address.Host), cancellationToken).ConfigureAwait(false);
            return new Line(secure, plain.Socket.Dispose, null, plain.IsPrompt);
        }
        catch (Exception failure)
        {
            await secure.DisposeAsync().ConfigureAwait(false);
            if (failure is OperationCanceledException)
            {
                throw;
            }

            throw new ConnectFailedException(tls.Explain(failure), failure);
        }
    }

    private async Task<Line> OpenWebSocketAsync(TlsTrust? tls, CancellationToken cancellationToken)
    {
        SocketStream? below = null;
        var handler = new SocketsHttpHandler
        {
            // With HTTPS_PROXY the endpoint is the proxy's; the handler sends CONNECT and does TLS on top.
            ConnectCallback = async (context, token) =>
            {
                below = await DialAsync(context.DnsEndPoint.Host, context.DnsEndPoint.Port, token).ConfigureAwait(false);
                Waiting = "accepted the connection but did not answer the WebSocket handshake";
                return below;
            },
        };
        if (tls is not null)
        {
            handler.SslOptions = tls.For(_address.Host);
        }

        var invoker = new HttpMessageInvoker(handler);
        var client = new ClientWebSocket();
        client.Options.AddSubProtocol("mqtt"); // MQTT 5, section 6: the subprotocol is "mqtt".
        client.Options.KeepAliveInterval = TimeSpan.Zero; // MQTT has its own.
        client.Options.CollectHttpResponseDetails = true;
        try
        {
            await client.ConnectAsync(WebSocketUri(), invoker, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception failure)
        {
            var explained = failure is OperationCanceledException ? null : FailureReading.OfWebSocket(failure, client.HttpStatusCode, tls);
            client.Dispose();
            invoker.Dispose();
            if (explained is null)
            {
                throw;
            }

            throw new ConnectFailedException(explained, failure);
        }

        var stream = WebSocketStream.Create(client, WebSocketMessageType.Binary, ownsWebSocket: false);
        return new Line(stream, below!.Socket.Dispose, new WebSocketParts(client, invoker), below.IsPrompt);
    }

    private Uri WebSocketUri()
    {
        var host = _address.Host.Contains(':') ? $"[{_address.Host}]" : _address.Host;
        return new Uri($"{(_address.IsSecure ? "wss" : "ws")}://{host}:{_address.Port}{_address.Path}");
    }

    private async Task<SocketStream> DialAsync(string host, int port, CancellationToken cancellationToken)
    {
        Waiting = $"looking up {host} took too long";
        var addresses = await ResolveAsync(host, cancellationToken).ConfigureAwait(false);
        Waiting = $"no answer from {host} port {port}";
        var socket = await RaceAsync(addresses, port, cancellationToken).ConfigureAwait(false);
        Waiting = "accepted the connection but did not answer";
        return SocketStream.Own(socket, options.PromptSegments, $"{host} port {port}");
    }

    private static async Task<IReadOnlyList<IPAddress>> ResolveAsync(string host, CancellationToken cancellationToken)
    {
        if (IPAddress.TryParse(host, out var literal))
        {
            return [literal];
        }

        IPAddress[] found;
        try
        {
            found = await Dns.GetHostAddressesAsync(host, cancellationToken).ConfigureAwait(false);
        }
        catch (SocketException failure)
        {
            throw new ConnectFailedException(FailureReading.OfSocket(failure, host), failure);
        }

        // RFC 8305, section 4: families alternate, IPv6 first.
        var six = found.Where(a => a.AddressFamily == AddressFamily.InterNetworkV6).ToArray();
        var four = found.Where(a => a.AddressFamily == AddressFamily.InterNetwork).ToArray();
        var ordered = Enumerable.Range(0, Math.Max(six.Length, four.Length))
            .SelectMany(i => new[] { six.ElementAtOrDefault(i), four.ElementAtOrDefault(i) })
            .OfType<IPAddress>()
            .ToArray();
        return ordered.Length > 0
            ? ordered
            : throw new ConnectFailedException(ConnectFailureKind.UnknownHost, $"{host} has no address");
    }

    // Starts one attempt after the other, 250 ms apart or as soon as one fails; the first to connect wins and the others are closed.
    private async Task<Socket> RaceAsync(IReadOnlyList<IPAddress> addresses, int port, CancellationToken cancellationToken)
    {
        using var race = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var running = new List<Task<Socket>>();
        Socket? winner = null;
        SocketException? told = null;
        var next = 0;
        while (winner is null && (next < addresses.Count || running.Count > 0))
        {
            if (next < addresses.Count)
            {
                running.Add(ConnectAsync(new IPEndPoint(addresses[next++], port), race.Token));
            }

            var any = Task.WhenAny(running);
            if (next < addresses.Count)
            {
                await Task.WhenAny(any, Task.Delay(Stagger, options.Time, race.Token)).ConfigureAwait(false);
            }
            else
            {
                await any.ConfigureAwait(false);
            }

            foreach (var ended in running.Where(t => t.IsCompleted).ToArray())
            {
                running.Remove(ended);
                (winner, told) = await TakeAsync(ended, winner, told).ConfigureAwait(false);
            }
        }

        await race.CancelAsync().ConfigureAwait(false);
        foreach (var late in running)
        {
            (winner, told) = await TakeAsync(late, winner, told).ConfigureAwait(false);
        }

        cancellationToken.ThrowIfCancellationRequested();
        return winner ?? throw new ConnectFailedException(FailureReading.OfSocket(told!, $"{_address.Host} port {port}"), told);
    }

    // A refusal tells more than a missing route, so it is the one to be reported.
    private static async Task<(Socket? Winner, SocketException? Told)> TakeAsync(Task<Socket> attempt, Socket? winner, SocketException? told)
    {
        try
        {
            var socket = await attempt.ConfigureAwait(false);
            if (winner is null)
            {
                return (socket, told);
            }

            socket.Dispose();
            return (winner, told);
        }
        catch (SocketException failure)
        {
            return (winner, told is { SocketErrorCode: SocketError.ConnectionRefused } ? told : failure);
        }
        catch (OperationCanceledException)
        {
            return (winner, told); // Lost the race, or the time is over: RaceAsync says which.
        }
    }

    private static async Task<Socket> ConnectAsync(IPEndPoint endpoint, CancellationToken cancellationToken)
    {
        var socket = new Socket(endpoint.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            await socket.ConnectAsync(endpoint, cancellationToken).ConfigureAwait(false);
            return socket;
        }
        catch (Exception)
        {
            socket.Dispose();
            throw;
        }
    }

    private sealed class WebSocketParts(ClientWebSocket client, HttpMessageInvoker invoker) : IDisposable
    {
        public void Dispose()
        {
            client.Dispose();
            invoker.Dispose();
        }
    }
}
