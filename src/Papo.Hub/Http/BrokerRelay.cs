// Owns: carrying the bytes of a WebSocket client to a broker's TCP port and back.
// Must never: understand MQTT beyond its first packet, or hold more than a buffer each way.
using System.IO.Pipelines;
using System.Net.Sockets;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http.Connections;
using Papo.Client.Wire;

namespace Papo.Hub;

internal sealed class BrokerRelay(BrokerAddress broker, EmbeddedBrokerOptions limits) : ConnectionHandler
{
    public override async Task OnConnectedAsync(ConnectionContext connection)
    {
        var admission = connection.GetHttpContext()?.Features.Get<ConnectionGate.Admission>();
        if (admission is null || !await BeginsProperlyAsync(connection.Transport.Input))
        {
            connection.Abort(new ConnectionAbortedException("the first packet is no CONNECT"));
            return;
        }

        admission.Connected();
        if (connection.Features.Get<ITransferFormatFeature>() is { } format)
        {
            format.ActiveFormat = TransferFormat.Binary;
        }

        using var line = new TcpClient { NoDelay = true };
        try
        {
            await line.ConnectAsync(broker.Host, broker.Port, connection.ConnectionClosed);
            await CarryAsync(connection.Transport, line.GetStream(), connection.ConnectionClosed);
        }
        catch (Exception ended) when (ended is SocketException or IOException or OperationCanceledException or InvalidOperationException)
        {
            // Either side may go at any time; closing the other one is all there is to do.
        }
    }

    private static async Task CarryAsync(IDuplexPipe client, NetworkStream broker, CancellationToken closed)
    {
        using var over = CancellationTokenSource.CreateLinkedTokenSource(closed);
        var up = client.Input.CopyToAsync(broker, over.Token);
        var down = broker.CopyToAsync(client.Output, over.Token);
        await Task.WhenAny(up, down);
        await over.CancelAsync();
        await Task.WhenAll(up, down);
    }

    // The deadline of the gate ends a wait; what is too large or no CONNECT does not reach the broker.
    private async Task<bool> BeginsProperlyAsync(PipeReader input)
    {
        while (true)
        {
            var result = await input.ReadAsync();
            var header = FixedHeader.Read(result.Buffer);
            var decided = !result.Buffer.IsEmpty && (header.State != HeaderState.Incomplete || !header.IsConnect);
            input.AdvanceTo(result.Buffer.Start, decided ? result.Buffer.Start : result.Buffer.End);
            if (decided || result.IsCompleted)
            {
                return decided && header.IsConnect && header.State == HeaderState.Complete && header.PacketLength <= limits.MaxConnectBytes;
            }
        }
    }
}
