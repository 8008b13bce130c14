// Owns: two people who talk through MQTTnet's own client: nothing stored, nothing signed.
// Must never: be tuned beyond what its documentation shows.
using MQTTnet;
using MQTTnet.Formatter;
using MQTTnet.Protocol;

namespace Papo.Bench;

/// <summary>MQTTnet's client, both publishing and subscribed at QoS 1.</summary>
internal sealed class PlainTalk : ITalk
{
    private const string Topic = "bench/plain";
    private readonly IMqttClient[] _clients = new IMqttClient[2];
    private readonly Arrivals?[] _arrivals = new Arrivals?[2];

    private PlainTalk(string kind) => Kind = kind;

    public string Kind { get; }

    public static async Task<PlainTalk> StartAsync(Broker broker)
    {
        var talk = new PlainTalk(broker.Name("mqttnet"));
        var factory = new MqttClientFactory();
        for (var i = 0; i < 2; i++)
        {
            var who = i;
            var client = factory.CreateMqttClient();
            client.ApplicationMessageReceivedAsync += arrived =>
            {
                if (Pace.NumberFor(who, arrived.ApplicationMessage.Payload.FirstSpan) is { } number)
                {
                    talk._arrivals[who]?.Heard(number);
                }

                return Task.CompletedTask;
            };
            var options = factory.CreateClientOptionsBuilder().WithTcpServer("127.0.0.1", broker.Port).WithProtocolVersion(MqttProtocolVersion.V500);
            await client.ConnectAsync((broker.User is null ? options : options.WithCredentials(broker.User, broker.Password)).Build());
            await client.SubscribeAsync(Topic, MqttQualityOfServiceLevel.AtLeastOnce);
            talk._clients[i] = client;
        }

        return talk;
    }

    public async Task<IReadOnlyList<double>> SayAsync(int count, bool back)
    {
        var arrivals = new Arrivals(count);
        var (from, to) = back ? (1, 0) : (0, 1);
        _arrivals[to] = arrivals;
        var publishing = new List<Task>(count);
        for (var i = 0; i < count; i++)
        {
            var payload = Pace.Payload(i, from);
            arrivals.Said(i);
            publishing.Add(_clients[from].PublishBinaryAsync(Topic, payload, MqttQualityOfServiceLevel.AtLeastOnce));
            await Pace.PauseAsync(i);
        }

        await Task.WhenAll(publishing);
        var times = await arrivals.AllAsync();
        _arrivals[to] = null;
        return times;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var client in _clients)
        {
            await client.DisconnectAsync();
            client.Dispose();
        }
    }
}
