// Owns: a connection that behaves like a broker towards one client and costs next to nothing: it sends what was encoded beforehand.
// Must never: be taken for a broker; nothing is routed or kept.
using System.Buffers.Binary;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Papo.Client.Wire;
using Papo.Protocol;

namespace Papo.Bench;

/// <summary>Feeds a client and hears its acknowledgements.</summary>
internal sealed class LoadBroker : IAsyncDisposable
{
    private const int Window = 1_000; // as many as Papo asks for may be on the way without an acknowledgement
    private const int Disconnect = 14;
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly SemaphoreSlim _free = new(Window);
    private readonly Lock _writing = new();
    private readonly SpaceCard _space;
    private readonly TaskCompletionSource _subscribed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Task _serving;
    private Socket? _client;
    private int _acknowledged;
    private ushort _id;

    public LoadBroker(SpaceCard space)
    {
        _space = space;
        _listener.Start();
        _serving = ServeAsync();
    }

    public BrokerAddress Address => BrokerAddress.TryParse($"mqtt://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}", out var address, out var problem) ? address : throw new InvalidOperationException(problem);

    /// <summary>Messages acknowledged: they are durable.</summary>
    public int Acknowledged => Volatile.Read(ref _acknowledged);

    public Task Subscribed => _subscribed.Task;

    /// <summary>PUBLISH packets at QoS 1, without their number.</summary>
    public static byte[] Encode(Entry entry)
    {
        var topic = Encoding.UTF8.GetBytes(entry.Header.Kind == EntryKind.Text ? $"chat/{entry.Room.Name}" : $"chat/{entry.Room.Name}/x");
        var papo = Encoding.UTF8.GetBytes(LiveEntry.Encode(entry));
        var body = entry.Body!.Value;
        var properties = 2 + 1 + 2 + 4 + 2 + papo.Length;
        var length = 2 + topic.Length + 2 + Varint(properties).Length + properties + body.Length;
        using var packet = new MemoryStream();
        packet.WriteByte(0x32);
        packet.Write(Varint(length));
        WriteString(packet, topic);
        packet.Write([0, 0]);
        packet.Write(Varint(properties));
        packet.Write([0x01, 1, 0x26]);
        WriteString(packet, "papo"u8);
        WriteString(packet, papo);
        packet.Write(body.Span);
        return packet.ToArray();
    }

    /// <summary>Sends as fast as the window allows; returns when all is acknowledged.</summary>
    public async Task<TimeSpan> FeedAsync(IReadOnlyList<byte[]> packets)
    {
        var goal = Acknowledged + packets.Count;
        var began = Stopwatch.GetTimestamp();
        using var chunk = new MemoryStream();
        foreach (var packet in packets)
        {
            if (!_free.Wait(0))
            {
                Send(chunk);
                await _free.WaitAsync();
            }

            var topic = BinaryPrimitives.ReadUInt16BigEndian(packet.AsSpan(packet[1] < 0x80 ? 2 : 3));
            _id = (ushort)(_id == ushort.MaxValue ? 1 : _id + 1);
            BinaryPrimitives.WriteUInt16BigEndian(packet.AsSpan((packet[1] < 0x80 ? 4 : 5) + topic), _id);
            chunk.Write(packet);
            if (chunk.Length > 32_768)
            {
                Send(chunk);
            }
        }

        Send(chunk);
        while (Acknowledged < goal)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(1), TimeProvider.System);
        }

        return Stopwatch.GetElapsedTime(began);
    }

    public async ValueTask DisposeAsync()
    {
        _client?.Dispose();
        _listener.Stop();
        await _serving.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _free.Dispose();
    }

    private static byte[] Varint(int value) => value < 0x80 ? [(byte)value] : value < 0x4000 ? [(byte)(value | 0x80), (byte)(value >> 7)] : [(byte)(value | 0x80), (byte)((value >> 7) | 0x80), (byte)(value >> 14)];

    private static void WriteString(Stream to, ReadOnlySpan<byte> text)
    {
        to.Write([(byte)(text.Length >> 8), (byte)text.Length]);
        to.Write(text);
    }

    private void Send(MemoryStream chunk)
    {
        Send(chunk.GetBuffer().AsSpan(0, (int)chunk.Length));
        chunk.SetLength(0);
    }

    private void Send(ReadOnlySpan<byte> bytes)
    {
        lock (_writing)
        {
            _client!.Send(bytes);
        }
    }

    private async Task ServeAsync()
    {
        while (true)
        {
            _client = await _listener.AcceptSocketAsync();
            _client.NoDelay = true;
            await using var stream = new BufferedStream(new NetworkStream(_client), 65_536);
            var body = new byte[4_096]; // one for all packets: what is counted is what the client allocates
            while (await ReadAsync(stream, body) is var (type, length) && type >> 4 != Disconnect)
            {
                Answer(type, body.AsSpan(0, length));
            }

            _client.Dispose();
        }
    }

    private void Answer(byte type, ReadOnlySpan<byte> body)
    {
        switch (type >> 4)
        {
            case 1:
                Send([0x20, 3, 0, 0, 0]);
                break;
            case 3 when (type & 6) != 0:
                var topic = BinaryPrimitives.ReadUInt16BigEndian(body);
                Send([0x40, 2, body[2 + topic], body[3 + topic]]);
                break;
            case 4:
                Interlocked.Increment(ref _acknowledged);
                _free.Release();
                break;
            case 8:
                Subscribe(body);
                break;
            case 12:
                Send([0xD0, 0]);
                break;
        }
    }

    private void Subscribe(ReadOnlySpan<byte> body)
    {
        var filters = 0;
        var hasSpace = false;
        for (var at = 3 + body[2]; at < body.Length; filters++)
        {
            var length = BinaryPrimitives.ReadUInt16BigEndian(body[at..]);
            var filter = body.Slice(at + 2, length);
            hasSpace |= filter.SequenceEqual("chat/_space"u8);
            if (filter.SequenceEqual("chat/+"u8) || filter.SequenceEqual("chat/general/#"u8))
            {
                _subscribed.TrySetResult();
            }

            at += 3 + length;
        }

        Send([0x90, (byte)(3 + filters), body[0], body[1], 0, .. Enumerable.Repeat((byte)1, filters)]);
        if (hasSpace)
        {
            var card = _space.Encode();
            Send([0x31, .. Varint(2 + 11 + 1 + card.Length), 0, 11, .. "chat/_space"u8, 0, .. card]);
        }
    }

    private static async ValueTask<(byte Type, int Length)?> ReadAsync(Stream stream, byte[] body)
    {
        if (await stream.ReadAsync(body.AsMemory(0, 1)) == 0)
        {
            return null;
        }

        var type = body[0];
        int length = 0, shift = 0;
        do
        {
            await stream.ReadExactlyAsync(body.AsMemory(0, 1));
            length |= (body[0] & 0x7F) << shift;
            shift += 7;
        }
        while (body[0] >= 0x80);
        await stream.ReadExactlyAsync(body.AsMemory(0, length));
        return (type, length);
    }
}
