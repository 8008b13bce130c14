// Owns the SUBSCRIBE and UNSUBSCRIBE packets of one connection that wait for their answer.
// Must never wait beyond the end of the connection.
using MQTTnet.Packets;

namespace Papo.Client.Wire;

/// <summary>Pairs answers with questions by packet identifier, using those above <see cref="PublishWindow.LastId"/>.</summary>
internal sealed class Requests(PacketWriter writer)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<ushort, TaskCompletionSource<MqttPacket?>> _asked = [];
    private ushort _lastId = PublishWindow.LastId;
    private bool _closed;

    /// <summary>Sends the packet with an identifier of its own.</summary>
    /// <returns>The answer, or null when the connection ended first.</returns>
    public Task<MqttPacket?> AskAsync(MqttPacketWithIdentifier packet, CancellationToken cancellationToken)
    {
        var answer = new TaskCompletionSource<MqttPacket?>(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_gate)
        {
            if (_closed)
            {
                return Task.FromResult<MqttPacket?>(null);
            }

            do
            {
                _lastId = _lastId == ushort.MaxValue ? (ushort)(PublishWindow.LastId + 1) : (ushort)(_lastId + 1);
            }
            while (_asked.ContainsKey(_lastId));

            packet.PacketIdentifier = _lastId;
            writer.Append((MqttPacket)packet);
            _asked.Add(_lastId, answer);
        }

        writer.Flush();
        return answer.Task.WaitAsync(cancellationToken);
    }

    /// <summary>Hands an answer to whoever asked; one to nothing of ours changes nothing.</summary>
    public void Answer(MqttPacketWithIdentifier packet)
    {
        TaskCompletionSource<MqttPacket?>? asked;
        lock (_gate)
        {
            _asked.Remove(packet.PacketIdentifier, out asked);
        }

        asked?.TrySetResult(packet);
    }

    /// <summary>Answers everything with null.</summary>
    public void Close()
    {
        TaskCompletionSource<MqttPacket?>[] open;
        lock (_gate)
        {
            _closed = true;
            open = [.. _asked.Values];
            _asked.Clear();
        }

        Array.ForEach(open, asked => asked.TrySetResult(null));
    }
}
