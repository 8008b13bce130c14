// Owns: an enemy on the broker: what it overhears with plain MQTT it says again, changed.
// Must never: use a key of anybody; what it says must be refused by everybody.
using System.Buffers;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using MQTTnet;
using MQTTnet.Packets;
using MQTTnet.Protocol;
using Papo.Client.Wire;
using Papo.Protocol;
using Papo.Torture.Plan;

namespace Papo.Torture.Actors;

/// <summary><c>forger BROKER SEED</c>; commands <c>forge HOW PICK</c>.</summary>
internal sealed class ForgerMode(BrokerAddress broker, ulong seed)
{
    private const string Space = "chat/_space";
    private readonly Dice _dice = new(seed | 1);
    private readonly Lock _gate = new();
    private readonly List<Overheard> _overheard = [];
    private readonly KeyPair _key = KeyPair.Generate();
    private SpaceCard? _space;

    private sealed record Overheard(string Topic, string Papo, byte[] Payload)
    {
        public string Room => Topic.Split('/')[1];
    }

    public static async Task<int> RunAsync(string[] arguments)
    {
        using var stage = new Stage();
        if (!BrokerAddress.TryParse(arguments[0], out var broker, out _))
        {
            return 2;
        }

        await new ForgerMode(broker, ulong.Parse(arguments[1], CultureInfo.InvariantCulture)).RunAsync(stage);
        return 0;
    }

    private async Task RunAsync(Stage stage)
    {
        using var client = new MqttClientFactory().CreateMqttClient();
        client.ApplicationMessageReceivedAsync += HearAsync;
        stage.Tell(new Told("here"));
        while (await stage.NextAsync() is { } command && command.Name != "quit")
        {
            string result;
            try
            {
                await ConnectAsync(client);
                result = command.Name == "forge" ? await ForgeAsync(client, Enum.Parse<Forgery>(command.Words[0]), double.Parse(command.Words[1], CultureInfo.InvariantCulture)) : "here";
            }
            catch (Exception away) when (away is MQTTnet.Exceptions.MqttCommunicationException or OperationCanceledException or InvalidOperationException)
            {
                result = $"no broker: {away.Message}";
            }

            stage.Tell(new Told("forged") { Re = command.Number, Text = result });
        }
    }

    private async Task ConnectAsync(IMqttClient client)
    {
        if (client.IsConnected)
        {
            return;
        }

        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(2), TimeProvider.System);
        var options = new MqttClientOptionsBuilder().WithTcpServer(broker.Host, broker.Port).WithProtocolVersion(MQTTnet.Formatter.MqttProtocolVersion.V500);
        await client.ConnectAsync((broker.User is { } user ? options.WithCredentials(user, Introduction.Password) : options).Build(), limit.Token);
        await client.SubscribeAsync(new MqttTopicFilter { Topic = "chat/#", QualityOfServiceLevel = MqttQualityOfServiceLevel.AtMostOnce }, limit.Token);
    }

    private Task HearAsync(MqttApplicationMessageReceivedEventArgs heard)
    {
        var message = heard.ApplicationMessage;
        lock (_gate)
        {
            if (message.Topic == Space && SpaceCard.TryRead(message.Payload.ToArray(), out var space))
            {
                _space = space;
            }
            else if (message.UserProperties?.Find(static property => property.Name == LiveEntry.Property) is { } papo)
            {
                _overheard.Add(new Overheard(message.Topic, papo.ReadValueAsString(), message.Payload.ToArray()));
            }
        }

        return Task.CompletedTask;
    }

    private async Task<string> ForgeAsync(IMqttClient client, Forgery how, double pick)
    {
        Overheard? made;
        lock (_gate)
        {
            made = _overheard.Count == 0 || _space is null ? null : Make(how, _overheard[(int)(pick * _overheard.Count)], _space.Space);
        }

        if (made is null)
        {
            return "nothing to forge from";
        }

        var message = new MqttApplicationMessage
        {
            Topic = made.Topic,
            Payload = new ReadOnlySequence<byte>(made.Payload),
            QualityOfServiceLevel = MqttQualityOfServiceLevel.AtLeastOnce,
            UserProperties = [new MqttUserProperty(LiveEntry.Property, Encoding.UTF8.GetBytes(made.Papo))],
        };
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(2), TimeProvider.System);
        await client.PublishAsync(message, limit.Token);
        return $"{how}: {made.Topic} {Encoding.UTF8.GetString(made.Payload)}";
    }

    private Overheard? Make(Forgery how, Overheard heard, SpaceId space)
    {
        switch (how)
        {
            case Forgery.Pasted:
                return heard with { Topic = heard.Topic.Replace(heard.Room, heard.Room == WorldPlan.OtherRoom ? Room.General.Name : WorldPlan.OtherRoom, StringComparison.Ordinal) };
            case Forgery.Swapped:
                return heard with { Payload = Encoding.UTF8.GetBytes($"swapped {_dice.Next()}") };
            case Forgery.Replayed:
                return heard;
            case Forgery.Flipped:
                var bytes = heard.Payload.ToArray();
                if (bytes.Length > 0)
                {
                    bytes[_dice.Next(bytes.Length)] ^= 1;
                }

                return heard with { Payload = bytes };
            default:
                return Sign(heard, space, isKnown: how == Forgery.Signed);
        }
    }

    // The place after the newest that was overheard of this author: where a reader expects his next word.
    private Overheard? Sign(Overheard heard, SpaceId space, bool isKnown)
    {
        if (!Room.TryFromWire(heard.Room, out var room) || !LiveEntry.TryRead(space, room, Encoding.UTF8.GetBytes(heard.Papo), heard.Payload, out var entry))
        {
            return null;
        }

        var last = _overheard.Select(other => LiveEntry.TryRead(space, room, Encoding.UTF8.GetBytes(other.Papo), other.Payload, out var read) ? (other.Room, Entry: read) : default)
            .Where(other => other.Room == heard.Room && other.Entry.Header.Device == entry.Header.Device).Select(static other => other.Entry).MaxBy(static other => other.Header.Seq) ?? entry;
        var device = isKnown ? entry.Header.Device : new DeviceId(new UInt128(1, (ulong)_dice.Next(int.MaxValue)));
        var header = new EntryHeader
        {
            Kind = EntryKind.Text,
            Account = entry.Header.Account,
            Device = device,
            Seq = last.Header.Seq + 1,
            Back = last.Id,
            Hlc = new Hlc(last.Header.Hlc.Value + 1),
        };
        var text = Encoding.UTF8.GetBytes($"forged {Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(4))}");
        return new Overheard($"chat/{room.Name}", LiveEntry.Encode(Entry.Sign(space, room, header, text, _key)), text);
    }
}
