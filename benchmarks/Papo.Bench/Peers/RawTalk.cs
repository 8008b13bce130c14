// Owns: two people who talk through bare sockets that speak the least MQTT there is: the floor of every client.
// Must never: do anything that is not needed to publish, hear and acknowledge at QoS 1.
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Papo.Bench;

/// <summary>MQTT 3.1.1, both publishing and subscribed at QoS 1.</summary>
internal sealed class RawTalk : ITalk
{
    private const int Publish = 3;
    private const int ShortestBody = 128; // whose length takes two bytes
    private static readonly byte[] Topic = "bench/raw"u8.ToArray();
    private readonly Socket[] _sockets = new Socket[2];
    private readonly Arrivals?[] _arrivals = new Arrivals?[2];
    private readonly List<Task> _listening = [];
    private ushort _id;

    private RawTalk(string kind) => Kind = kind;

    public string Kind { get; }

    public static async Task<RawTalk> StartAsync(Broker broker)
    {
        var talk = new RawTalk(broker.Name("bare sockets"));
        for (var who = 0; who < 2; who++)
        {
            var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            await socket.ConnectAsync(IPAddress.Loopback, broker.Port);
            byte[] secrets = broker is { User: { } user, Password: { } password } ? [.. Field(user), .. Field(password)] : [];
            await SendAsync(socket, 0x10, [.. Field("MQTT"), 4, (byte)(secrets.Length == 0 ? 2 : 0xC2), 0, 0, .. Field($"raw{who}"), .. secrets]);
            await SendAsync(socket, 0x82, [0, 1, .. Field("bench/raw"), 1]);
            talk._sockets[who] = socket;
            var subscribed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            talk._listening.Add(talk.ListenAsync(who, subscribed));
            await subscribed.Task.WaitAsync(TimeSpan.FromSeconds(30), TimeProvider.System);
        }

        return talk;
    }

    public async Task<IReadOnlyList<double>> SayAsync(int count, bool back)
    {
        var arrivals = new Arrivals(count);
        var (from, to) = back ? (1, 0) : (0, 1);
        _arrivals[to] = arrivals;
        for (var i = 0; i < count; i++)
        {
            var payload = Pace.Payload(i, from);
            _id = (ushort)(_id == ushort.MaxValue ? 1 : _id + 1);
            arrivals.Said(i);
            await SendAsync(_sockets[from], 0x32, [0, (byte)Topic.Length, .. Topic, (byte)(_id >> 8), (byte)_id, .. payload]);
            await Pace.PauseAsync(i);
        }

        var times = await arrivals.AllAsync();
        _arrivals[to] = null;
        return times;
    }

    public async ValueTask DisposeAsync()
    {
        Array.ForEach(_sockets, static socket => socket.Dispose());
        await Task.WhenAll(_listening);
    }

    private static byte[] Field(string text) => [0, (byte)text.Length, .. Encoding.ASCII.GetBytes(text)];

    private static async Task SendAsync(Socket to, byte type, byte[] body)
    {
        byte[] length = body.Length < ShortestBody ? [(byte)body.Length] : [(byte)(body.Length | 0x80), (byte)(body.Length >> 7)];
        await to.SendAsync((byte[])[type, .. length, .. body]);
    }

    private async Task ListenAsync(int who, TaskCompletionSource subscribed)
    {
        await using var stream = new BufferedStream(new NetworkStream(_sockets[who]), 65_536);
        var body = new byte[1_024];
        try
        {
            while (await PacketAsync(stream, body) is var (type, length))
            {
                if (type >> 4 == 9)
                {
                    subscribed.TrySetResult();
                }
                else if (type >> 4 == Publish)
                {
                    Hear(who, body.AsSpan(2 + Topic.Length, length - 2 - Topic.Length));
                }
            }
        }
        catch (Exception over) when (over is IOException or ObjectDisposedException)
        {
            // The run is over.
        }
    }

    private void Hear(int who, ReadOnlySpan<byte> tail)
    {
        if (Pace.NumberFor(who, tail[2..]) is { } number)
        {
            _arrivals[who]?.Heard(number);
        }

        _sockets[who].Send([0x40, 2, tail[0], tail[1]]);
    }

    private static async ValueTask<(byte Type, int Length)?> PacketAsync(Stream stream, byte[] body)
    {
        var head = new byte[1];
        if (await stream.ReadAsync(head) == 0)
        {
            return null;
        }

        var type = head[0];
        int length = 0, shift = 0;
        do
        {
            await stream.ReadExactlyAsync(head);
            length |= (head[0] & 0x7F) << shift;
            shift += 7;
        }
        while (head[0] >= 0x80);
        await stream.ReadExactlyAsync(body.AsMemory(0, length));
        return (type, length);
    }
}
