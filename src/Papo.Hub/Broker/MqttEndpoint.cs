// Owns: turning an accepted connection, TCP or WebSocket, into a guarded channel that MQTTnet serves.
// Must never: outlive the connection or let MQTTnet read it unguarded.
using System.IO.Pipelines;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http.Connections;
using MQTTnet.Adapter;
using MQTTnet.AspNetCore;
using MQTTnet.Diagnostics.Logger;
using MQTTnet.Formatter;
using MQTTnet.Server;

namespace Papo.Hub;

internal sealed class MqttEndpoint(EmbeddedBrokerOptions options, Roster roster, Backlog backlog) : ConnectionHandler, IMqttServerAdapter
{
    // Chat messages are a few hundred bytes; a larger one grows the buffer for itself only.
    private const int WriteBuffer = 1024;
    private const int WriteBufferKept = 16 * 1024;

    public Func<IMqttChannelAdapter, Task>? ClientHandler { get; set; }

    public override async Task OnConnectedAsync(ConnectionContext connection)
    {
        var admission = connection.Features.Get<ConnectionGate.Admission>()
            ?? connection.GetHttpContext()?.Features.Get<ConnectionGate.Admission>();
        if (ClientHandler is not { } serve || admission is null)
        {
            connection.Abort(new ConnectionAbortedException("the broker is not running"));
            return;
        }

        if (connection.Features.Get<ITransferFormatFeature>() is { } format)
        {
            format.ActiveFormat = TransferFormat.Binary;
        }

        var input = connection.Transport.Input;
        var guard = new PacketGuard(input, options.MaxConnectBytes, options.MaxPacketBytes);
        connection.Transport = new GuardedTransport(guard, new UnclosableWriter(connection.Transport.Output));
        var formatter = new MqttPacketFormatterAdapter(new MqttBufferWriter(WriteBuffer, WriteBufferKept));
        using var channel = new ClientChannel(new MqttConnectionContext(formatter, connection), admission, options, backlog, roster);
        guard.Refusing = channel.RefuseAsync;
        try
        {
            await serve(channel);
        }
        finally
        {
            if (roster.Leave(channel))
            {
                backlog.Forget(channel.ClientId);
            }

            channel.End();
        }

        if (admission.IsConnected)
        {
            await UntilClientClosesAsync(input);
        }
    }

    /// <summary>
    /// A socket closed with unread bytes in it is reset, and the reset overtakes the goodbye: the client would not learn that its
    /// session was taken over, or that the broker stops. So what still comes is read and thrown away for a moment.
    /// </summary>
    private async Task UntilClientClosesAsync(PipeReader input)
    {
        using var patience = new CancellationTokenSource(options.CloseTimeout, options.Time);
        try
        {
            var result = await input.ReadAsync(patience.Token);
            while (!result.IsCompleted)
            {
                input.AdvanceTo(result.Buffer.End);
                result = await input.ReadAsync(patience.Token);
            }
        }
        catch (Exception e) when (e is OperationCanceledException or IOException)
        {
            // It did not close in time, or not politely; the connection ends now in any case.
        }
    }

    public Task StartAsync(MqttServerOptions options, IMqttNetLogger logger) => Task.CompletedTask;

    public Task StopAsync() => Task.CompletedTask;

    public void Dispose()
    {
    }
}
