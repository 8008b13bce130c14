// Owns: what somebody outside a private room can do to it with a broker that lets him: nothing that anybody in it notices but a remark.
// Must never: give him more than he would have; he sees every byte of the broker and may publish everywhere.
using Papo.Client;
using Papo.Client.Wire;
using Papo.Protocol;
using Papo.Tests.World;

namespace Papo.Tests.Faults;

public sealed class OutsiderTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Forged_replayed_and_spoilt_messages_of_a_private_room_are_dropped_and_the_conversation_goes_on()
    {
        await using var mosquitto = await Mosquitto.StartAsync();
        await using var ana = await Member.ArriveAsync("ana", mosquitto.Address);
        await using var bia = await Member.ArriveAsync("bia", mosquitto.Address);
        await ana.UntilAsync<PersonChanged>(static change => change.Person.Who.Name == "bia");
        var room = (await ana.Client.OpenDirectAsync("bia", Stop))!;
        Assert.True(Topics.TryMake("chat", out var topics));
        await using var caio = await Stranger.ArriveAsync("caio", mosquitto.Address);
        await caio.Device.SubscribeAsync(topics.Everything(room));
        await ana.SayAsync("só nós", room);
        await bia.UntilSaidAsync("só nós");
        await bia.SayAsync("sim, só nós", room);
        await ana.UntilSaidAsync("sim, só nós");

        List<InboundMessage> recorded = [];
        while (recorded.Count(static message => message.Topic.EndsWith(message.Topic.Split('/')[1], StringComparison.Ordinal)) < 2)
        {
            recorded.Add(await caio.Device.MessageAsync());
        }

        foreach (var message in recorded)
        {
            await caio.PublishAsync(new PublishMessage(message.Topic, message.Payload)); // again
            for (var at = 0; at < message.Payload.Length; at += 7)
            {
                var spoilt = message.Payload.ToArray();
                spoilt[at] ^= 1;
                await caio.PublishAsync(new PublishMessage(message.Topic, spoilt));
            }

            await caio.PublishAsync(new PublishMessage(message.Topic, message.Payload[..(message.Payload.Length / 2)]));
        }

        var own = new Commit { Members = [.. new[] { ana.Client.Me.Account!.Value, caio.Card.Account }.OrderBy(static account => account.Value)], SecretHash = new byte[32] };
        caio.Last = caio.Sign(EntryKind.Card, 0, default, caio.Card.Bytes, room: room);
        await caio.PublishAsync(new PublishMessage(topics.Text(room) + "/x", PackedEntry.Encode(caio.Last)));
        await caio.PublishAsync(new PublishMessage(topics.Text(room) + "/x", PackedEntry.Encode(caio.Sign(EntryKind.Commit, 1, caio.Last.Id, own.Encode(), room: room))));
        await caio.PublishAsync(new PublishMessage(topics.Text(room), PackedEntry.Encode(caio.Sign("sou a ana", room: room))));
        await caio.PublishAsync(new PublishMessage(topics.Text(room), "um convidado"u8.ToArray()) { From = "ana" });
        await ana.SayAndHoldAsync("ainda só nós", room);
        await bia.UntilSaidAsync("ainda só nós");
        await bia.UntilAsync<Noticed>(static change => change.Notice is { Kind: NoticeKind.BadSignature or NoticeKind.Malformed or NoticeKind.OutsiderRefused, Room.IsPrivate: true });
        Assert.Equal(["só nós", "sim, só nós", "ainda só nós"], bia.Messages.Where(message => message.Room == room).Select(static message => message.Text));
    }

    [Fact]
    public async Task Whoever_is_not_in_a_private_room_is_told_that_it_is_not_there()
    {
        await using var mosquitto = await Mosquitto.StartAsync();
        await using var ana = await Member.ArriveAsync("ana", mosquitto.Address);
        await using var bia = await Member.ArriveAsync("bia", mosquitto.Address);
        await ana.UntilAsync<PersonChanged>(static change => change.Person.Who.Name == "bia");
        var room = (await ana.Client.OpenDirectAsync("bia", Stop))!;
        var said = await ana.SayAndHoldAsync("só nós", room);
        await using var caio = await Stranger.ArriveAsync("caio", mosquitto.Address);
        await caio.Device.SubscribeAsync(caio.Inbox);
        var copy = new CopyId(1);
        var list = DeviceList.Make(caio.Space, caio.Account, 1, [new ListedCopy(copy, ExchangeKeyPair.Generate().Public, 1)]);
        RequestBody[] questions =
        [
            new HaveRequest([room], []), new GetRequest(room, [new EntryRange(ana.Client.Me.Device!.Value, 0, 9)]), new PageRequest(room, PageAnchor.Latest, default, 50),
            new CommitsRequest(room, 0), new SecretsRequest(room, list, copy, [said.Id!.Value]),
        ];
        foreach (var question in questions)
        {
            await caio.PublishAsync(caio.Question(ana.Client.Me.Device.Value, ana.Client.Me.Account!.Value, question));
            Assert.True(SignedContent.TrySplit((await caio.Device.MessageAsync()).Payload, out var split));
            Assert.True(Reply.TryRead(caio.Space, split, out var reply));
            Assert.Equal(ReplyStatus.Gone, reply.Status);
            Assert.All(reply.Rooms, static entries => Assert.Empty(entries.Entries));
            Assert.Empty(reply.Secrets);
        }
    }
}
