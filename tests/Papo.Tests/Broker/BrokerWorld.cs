// Owns: one embedded broker on loopback for one test, its people and its log; a logged error or warning-free promise broken fails the test.
// Must never: share anything between tests or wait by sleeping.
using System.Collections.Concurrent;
using System.Net;
using System.Threading.Channels;
using Microsoft.Extensions.Logging;
using MQTTnet;
using MQTTnet.Formatter;
using MQTTnet.Protocol;
using Papo.Hub;
using Papo.Tests.World;

namespace Papo.Tests.Broker;

internal sealed class BrokerWorld : IAsyncDisposable
{
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);
    private readonly List<Person> _people = [];
    private readonly ErrorCollector _log = new();

    private BrokerWorld()
    {
    }

    public EmbeddedBroker Broker { get; private set; } = null!;

    public IReadOnlyCollection<string> Errors => _log.Errors;

    public bool MayLogErrors { get; set; }

    public static EmbeddedBrokerOptions OnLoopback { get; } = new() { Port = 0, Addresses = [IPAddress.Loopback] };

    public static async Task<BrokerWorld> StartAsync(EmbeddedBrokerOptions? options = null)
    {
        var world = new BrokerWorld();
        world.Broker = await EmbeddedBroker.StartAsync((options ?? OnLoopback) with { Logs = world._log });
        return world;
    }

    public static Task EventuallyAsync(Func<bool> condition, string what) => Eventually.IsAsync(condition, () => $"{what} did not happen");

    public Task<Person> ConnectAsync(string name, Action<MqttClientOptionsBuilder>? how = null) => ConnectAsync(name, false, how);

    public async Task<Person> ConnectAsync(string name, bool webSocket, Action<MqttClientOptionsBuilder>? how = null)
    {
        var person = new Person(name);
        _people.Add(person);
        var options = new MqttClientOptionsBuilder().WithProtocolVersion(MqttProtocolVersion.V500).WithClientId(name).WithTimeout(Patience);
        _ = webSocket
            ? options.WithWebSocketServer(w => w.WithUri($"ws://127.0.0.1:{Broker.WebSocketPort}/mqtt"))
            : options.WithTcpServer("127.0.0.1", Broker.Port);
        how?.Invoke(options);
        await person.ConnectAsync(options.Build());
        return person;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var person in _people)
        {
            person.Dispose();
        }

        await Broker.DisposeAsync().AsTask().WaitAsync(Patience);
        Assert.Equal(0, Broker.Figures.Connections);
        if (!MayLogErrors)
        {
            Assert.Empty(_log.Errors);
        }
    }

    internal sealed class ErrorCollector(LogLevel least = LogLevel.Error) : ILoggerFactory, ILogger
    {
        private readonly ConcurrentQueue<string> _errors = new();

        public IReadOnlyCollection<string> Errors => _errors;

        public void AddProvider(ILoggerProvider provider)
        {
        }

        public ILogger CreateLogger(string categoryName) => this;

        public void Dispose()
        {
        }

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (logLevel >= least)
            {
                _errors.Enqueue($"{eventId.Id} {formatter(state, exception)} {exception}");
            }
        }
    }
}

/// <summary>One MQTT client and what it has received, in order.</summary>
internal sealed class Person : IDisposable
{
    private readonly IMqttClient _client = new MqttClientFactory().CreateMqttClient();
    private readonly Channel<MqttApplicationMessage> _inbox = Channel.CreateUnbounded<MqttApplicationMessage>();
    private readonly TaskCompletionSource<MqttClientDisconnectedEventArgs> _gone = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Person(string name)
    {
        Name = name;
        _client.ApplicationMessageReceivedAsync += e =>
        {
            _inbox.Writer.TryWrite(e.ApplicationMessage);
            return Task.CompletedTask;
        };
        _client.DisconnectedAsync += e =>
        {
            _gone.TrySetResult(e);
            return Task.CompletedTask;
        };
    }

    public string Name { get; }

    public MqttClientConnectResult Welcome { get; private set; } = null!;

    public bool IsConnected => _client.IsConnected;

    public int Waiting => _inbox.Reader.Count;

    public Task<MqttClientDisconnectedEventArgs> Gone => _gone.Task.WaitAsync(BrokerWorld.Patience);

    public async Task ConnectAsync(MqttClientOptions options) => Welcome = await _client.ConnectAsync(options);

    public async Task<MqttClientSubscribeResultCode> SubscribeAsync(string filter, int qos = 1, bool noLocal = false)
    {
        var topic = new MqttTopicFilterBuilder().WithTopic(filter).WithNoLocal(noLocal).WithQualityOfServiceLevel((MqttQualityOfServiceLevel)qos);
        var result = await _client.SubscribeAsync(new MqttClientSubscribeOptionsBuilder().WithTopicFilter(topic).Build());
        return result.Items.Single().ResultCode;
    }

    public Task UnsubscribeAsync(string filter) => _client.UnsubscribeAsync(filter);

    public Task<MqttClientPublishResult> SayAsync(string topic, string text, Action<MqttApplicationMessageBuilder>? how = null)
    {
        var message = new MqttApplicationMessageBuilder().WithTopic(topic).WithPayload(text)
            .WithQualityOfServiceLevel(MqttQualityOfServiceLevel.AtLeastOnce);
        how?.Invoke(message);
        return _client.PublishAsync(message.Build());
    }

    public async Task<MqttApplicationMessage> HearAsync()
    {
        using var patience = new CancellationTokenSource(BrokerWorld.Patience, TimeProvider.System);
        return await _inbox.Reader.ReadAsync(patience.Token);
    }

    public async Task<string> HearTextAsync() => (await HearAsync()).ConvertPayloadToString() ?? "";

    public Task LeaveAsync() => _client.DisconnectAsync();

    /// <summary>Closes the socket without a DISCONNECT.</summary>
    public void Vanish() => _client.Dispose();

    public void Dispose() => _client.Dispose();
}
