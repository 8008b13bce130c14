// Owns: what was missed and how it comes back: from the author, from others, through beacons; and what deletions leave.
// Must never: look into the healing itself; a member is made deaf or cut off, and later holds everything.
using Papo.Client;
using Papo.Client.Wire;
using Papo.Protocol;
using Papo.Tests.World;

namespace Papo.Tests.Faults;

public sealed class HealingTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_last_message_that_one_member_did_not_get_is_healed_through_a_beacon()
    {
        await using var broker = await DeafBroker.StartAsync("bia");
        await using var ana = await Member.ArriveAsync("ana", broker.Address);
        await using var bia = await broker.ArriveDeafAsync("bia");

        var number = await ana.SayAsync("por último");
        await bia.UntilSaidAsync("por último");
        await ana.UntilAsync<StateChanged>(change => change.Number == number && change.State == MessageState.Held);
    }

    [Fact]
    public async Task A_gap_is_told_and_told_again_when_it_is_healed()
    {
        await using var mosquitto = await Mosquitto.StartAsync();
        await using var bia = await Member.ArriveAsync("bia", mosquitto.Address);
        await using var caio = await Stranger.ArriveAsync("caio", mosquitto.Address);
        await caio.SayAsync("um");
        await bia.UntilSaidAsync("um");

        var hidden = caio.Sign("dois");
        await caio.SayAsync("três");
        var missing = await bia.UntilAsync<MissingChanged>(static change => change.Missing > 0);
        await bia.UntilSaidAsync("três");
        await caio.PublishAsync(hidden);
        await bia.UntilAsync<MissingChanged>(static change => change.Missing == 0);

        Assert.Equal(1, missing.Missing);
        Assert.True((await bia.UntilSaidAsync("dois")).Late);
        var page = await bia.Client.HistoryAsync(Room.General, new HistoryQuery(10), TimeSpan.FromSeconds(1), Stop);
        Assert.Equal(["um", "dois", "três"], page.Messages.Select(static message => message.Text));
    }

    [Fact]
    public async Task What_an_author_said_who_has_gone_comes_from_whoever_holds_it()
    {
        await using var broker = await DeafBroker.StartAsync("caio");
        await using var bia = await Member.ArriveAsync("bia", broker.Address);
        using var home = new TestHome();
        await using (var caio = await broker.ArriveDeafAsync("caio", home.Path))
        {
            await caio.SayAndHoldAsync("já volto");
        }

        await using (var ana = await Member.ArriveAsync("ana", broker.Address))
        {
            await ana.SayAndHoldAsync("um");
            await ana.SayAndHoldAsync("dois");
        }

        await using (var caio = await broker.ArriveDeafAsync("caio", home.Path))
        {
            await caio.UntilSaidAsync("dois");
            Assert.Equal(["um", "dois"], caio.Lines);
            Assert.DoesNotContain(caio.Messages, static message => message.Late);
        }
    }

    [Fact]
    public async Task A_member_cut_off_and_frozen_while_others_talk_gets_everything_once()
    {
        await using var mosquitto = await Mosquitto.StartAsync();
        await using var proxy = new Proxy(mosquitto.Port);
        await using var ana = await Member.ArriveAsync("ana", mosquitto.Address);
        await using var bia = await Member.ArriveAsync("bia", proxy.Address);

        for (var round = 0; round < 4; round++)
        {
            proxy.Freeze();
            for (var i = 0; i < 50; i++)
            {
                await ana.SayAsync($"{round}-{i}");
                await bia.SayAsync($"bia {round}-{i}");
            }

            proxy.Cut();
            proxy.Thaw();
            await Task.WhenAll(ana.UntilLinesAsync((round + 1) * 100), bia.UntilLinesAsync((round + 1) * 100));
        }

        await Chat.NothingLostTests.AssertSamePastAsync([ana, bia], 400);
        Assert.Equal(400, ana.Lines.Distinct().Count());
        Assert.Equal((400, 400), (ana.Lines.Count, bia.Lines.Count));
    }

    [Fact]
    public async Task Messages_below_a_gap_are_not_called_held_because_of_one_above_it()
    {
        await using var broker = await DeafBroker.StartAsync();
        await using var ana = await Member.ArriveAsync("ana", broker.Address);
        List<long> alone = [];
        for (var i = 0; i < 60; i++)
        {
            alone.Add(await ana.SayAsync($"sozinha {i}"));
        }

        await ana.UntilAsync<StateChanged>(change => change.Number == alone[^1] && change.State == MessageState.Sent);

        // A newcomer takes the latest 50: nobody holds the first ten, and nobody may say so.
        await using var bia = await Member.ArriveAsync("bia", broker.Address);
        await ana.SayAndHoldAsync("oi, bia");
        await ana.UntilAsync<StateChanged>(change => change.Number == alone[20] && change.State == MessageState.Held);

        Assert.DoesNotContain(ana.Told.OfType<StateChanged>(), change => change.Number == alone[0] && change.State == MessageState.Held);
        Assert.Contains(alone[0], await ana.Client.UnsafeAsync(Stop));
        Assert.DoesNotContain(bia.Told.OfType<MissingChanged>(), static change => change.Missing > 0);
    }

    [Fact]
    public async Task A_newcomer_sees_the_last_50_and_misses_nothing()
    {
        await using var mosquitto = await Mosquitto.StartAsync();
        await using var ana = await Member.ArriveAsync("ana", mosquitto.Address);
        await using var bia = await Member.ArriveAsync("bia", mosquitto.Address);
        await Task.WhenAll(Chat.NothingLostTests.SayAsync(ana, 60), Chat.NothingLostTests.SayAsync(bia, 60));
        await Task.WhenAll(ana.SayAndHoldAsync("ana fim"), bia.SayAndHoldAsync("bia fim"));

        await using var caio = await Member.ArriveAsync("caio", mosquitto.Address);
        var latest = await caio.Client.HistoryAsync(Room.General, new HistoryQuery(50), TimeSpan.Zero, Stop);
        await ana.SayAndHoldAsync("oi, caio");
        await caio.UntilSaidAsync("oi, caio");

        Assert.Equal(50, latest.Messages.Count);
        Assert.DoesNotContain(caio.Told.OfType<MissingChanged>(), static change => change.Missing > 0);
        var past = await caio.Client.HistoryAsync(Room.General, new HistoryQuery(200), TimeSpan.FromSeconds(5), Stop);
        Assert.Equal(123, past.Messages.Count);
        Assert.True(past.Complete);
    }

    [Fact]
    public async Task The_past_of_one_who_came_late_is_not_taken_for_the_past_of_the_room()
    {
        await using var mosquitto = await Mosquitto.StartAsync();
        await using var ana = await Member.ArriveAsync("ana", mosquitto.Address);
        await Chat.NothingLostTests.SayAsync(ana, 60);
        await using var bia = await Member.ArriveAsync("bia", mosquitto.Address);
        await ana.SayAndHoldAsync("oi, bia");
        await bia.UntilSaidAsync("oi, bia");

        // Which of the two is asked first follows from ids of devices: with eight who come, bia is it for some.
        foreach (var name in (string[])["caio", "davi", "edu", "flora", "gil", "hugo", "iara", "joana"])
        {
            await using var newcomer = await Member.ArriveAsync(name, mosquitto.Address);
            var past = await newcomer.Client.HistoryAsync(Room.General, new HistoryQuery(200), TimeSpan.FromSeconds(5), Stop);
            Assert.Equal(61, past.Messages.Count);
        }
    }

    [Fact]
    public async Task A_room_joined_later_brings_its_past_and_its_presence()
    {
        await using var mosquitto = await Mosquitto.StartAsync();
        await using var ana = await Member.ArriveAsync("ana", mosquitto.Address);
        await using var bia = await Member.ArriveAsync("bia", mosquitto.Address);
        Assert.True(Room.TryFromWire("cozinha", out var kitchen));
        await ana.Client.JoinAsync(kitchen!, Stop);
        await ana.UntilAsync<CaughtUp>(change => change.Room == kitchen);
        var number = await ana.SayAsync("tem café", kitchen);
        await ana.UntilAsync<StateChanged>(change => change.Number == number && change.State == MessageState.Sent);

        await bia.Client.JoinAsync(kitchen!, Stop);
        await bia.UntilSaidAsync("tem café");
        await ana.UntilAsync<StateChanged>(change => change.Number == number && change.State == MessageState.Held);
        Assert.Contains(await ana.Client.WhoAsync(kitchen, Stop), static person => person.Who.Name == "bia" && person.Online);
    }

    [Fact]
    public async Task A_head_that_somebody_made_up_is_not_missed_for_ever()
    {
        await using var mosquitto = await Mosquitto.StartAsync();
        await using var ana = await Member.ArriveAsync("ana", mosquitto.Address);
        await using var bia = await Member.ArriveAsync("bia", mosquitto.Address);
        await using var liar = await Stranger.ArriveAsync("caio", mosquitto.Address);
        await liar.ComeAsync();
        await liar.SayAsync("oi");
        await ana.SayAndHoldAsync("oi, bia");
        await bia.UntilSaidAsync("oi, bia");

        await liar.BeaconAsync(new Head(ana.Client.Me.Device!.Value, 5_000, new EntryId(7)));
        await bia.UntilAsync<MissingChanged>(static change => change.Missing > 0);
        await liar.PublishAsync(liar.PresenceMessage(1, PresenceState.Offline));
        await bia.UntilAsync<MissingChanged>(static change => change.Missing == 0);

        // And healing is not spoilt: what is really missed comes at once.
        await ana.SayAndHoldAsync("ainda bem");
        await bia.UntilSaidAsync("ainda bem");
    }

    [Fact]
    public async Task A_question_sent_twice_is_answered_once()
    {
        await using var mosquitto = await Mosquitto.StartAsync();
        await using var bia = await Member.ArriveAsync("bia", mosquitto.Address);
        await using var caio = await Stranger.ArriveAsync("caio", mosquitto.Address);
        await caio.SayAsync("oi");
        await bia.UntilSaidAsync("oi");
        await caio.Device.SubscribeAsync(caio.Inbox);

        var first = caio.Question(bia.Client.Me.Device!.Value, bia.Client.Me.Account!.Value, new HaveRequest([Room.General], []));
        var second = caio.Question(bia.Client.Me.Device!.Value, bia.Client.Me.Account!.Value, new HaveRequest([Room.General], []));
        await caio.PublishAsync(first);
        await caio.PublishAsync(first);
        await caio.PublishAsync(second);
        var one = await caio.Device.MessageAsync();
        var two = await caio.Device.MessageAsync();

        Assert.Equal(first.CorrelationData.ToArray(), one.CorrelationData.ToArray());
        Assert.Equal(second.CorrelationData.ToArray(), two.CorrelationData.ToArray());
    }

    [Fact]
    public async Task Who_shows_the_begin_of_a_log_and_its_end_holds_these_and_not_what_lies_between()
    {
        await using var mosquitto = await Mosquitto.StartAsync();
        using var home = new TestHome();
        await using var ana = await Member.ArriveAsync("ana", mosquitto.Address, home.Path);
        await using var caio = await Stranger.ArriveAsync("caio", mosquitto.Address);
        await caio.Device.SubscribeAsync("chat/general/#");
        await caio.Device.SubscribeAsync(caio.Inbox);
        await ana.SayAsync("um");
        await ana.SayAsync("dois");
        await caio.ComeAsync();

        var said = new List<Entry>();
        while (!home.Query("SELECT seq FROM outbox").SequenceEqual(["1"]))
        {
            var message = await caio.Device.MessageAsync();
            if (message.Papo is { } papo && LiveEntry.TryReadSigned(caio.Space, Room.General, papo, message.Payload, out var entry))
            {
                said.Add(entry);
            }
            else if (caio.Asked(message)?.Body is HaveRequest { Logs.Count: > 0 } && said.Count == 3)
            {
                await caio.AnswerAsync(message, said[0], said[2], said[2]);
            }
        }
    }

    [Fact]
    public async Task What_was_said_in_a_room_that_was_left_is_known_to_be_held_after_coming_back()
    {
        await using var mosquitto = await Mosquitto.StartAsync();
        using var home = new TestHome();
        await using var proxy = new Proxy(mosquitto.Port);
        await using var ana = await Member.ArriveAsync("ana", proxy.Address, home.Path);
        await using var bia = await Member.ArriveAsync("bia", mosquitto.Address);
        Assert.True(Room.TryFromWire("cozinha", out var kitchen));
        await ana.Client.JoinAsync(kitchen!, Stop);
        foreach (var text in (string[])["um", "dois", "três"])
        {
            var number = await ana.SayAsync(text, kitchen);
            await ana.UntilAsync<StateChanged>(change => change.Number == number && change.State == MessageState.Sent);
        }

        await ana.Client.LeaveAsync(kitchen!, Stop);
        proxy.Cut();
        await ana.UntilAsync<ConnectionChanged>(static change => !change.Connection.Up);
        Assert.True(await ana.Client.WaitConnectedAsync(Member.Soon, Stop));
        await bia.Client.JoinAsync(kitchen!, Stop);
        await ana.UntilAsync<PersonChanged>(change => change.Person.Who.Name == "bia" && change.Person.Rooms.Contains(kitchen!));
        await ana.Client.JoinAsync(kitchen!, Stop);

        await Hub.HubWorld.UntilAsync(() => home.Query("SELECT no FROM outbox").Count == 0, "ana to hear that bia holds everything");
    }

    [Fact]
    public async Task The_begin_of_a_log_that_was_met_in_the_middle_is_asked_for_until_somebody_shows_it()
    {
        await using var mosquitto = await Mosquitto.StartAsync();
        var time = new ShiftedTime();
        await using var bia = await Member.ArriveAsync("bia", mosquitto.Address, null, options => options with { Time = time });
        await using var caio = await Stranger.ArriveAsync("caio", mosquitto.Address);
        await caio.Device.SubscribeAsync(caio.Inbox);
        await caio.ComeAsync();
        var begin = caio.Sign(EntryKind.Card, 0, default, caio.Card.Bytes);
        caio.Last = begin;
        caio.Sign("um");
        await caio.PublishAsync(caio.Sign("dois"));

        // Nobody answers: bia's patience ends, then her rest after a question in vain. What she hears makes her look at the clock.
        for (var tries = 1; tries <= 5; tries++)
        {
            await UntilAskedAsync(caio);
            await caio.ComeAsync(tries + 1);
            foreach (var step in (string[])["a", "b"])
            {
                time.Advance(TimeSpan.FromMinutes(9));
                await caio.SayAsync($"{tries}{step}");
                await bia.UntilSaidAsync($"{tries}{step}");
                await bia.Client.VenueAsync(Stop); // what she answers now she answers after that look
            }
        }

        await caio.AnswerAsync(await UntilAskedAsync(caio), begin);
        await bia.UntilAsync<MissingChanged>(static change => change.Missing == 1);
    }

    [Fact]
    public async Task Whoever_shows_a_head_is_asked_for_it_even_without_a_presence()
    {
        await using var mosquitto = await Mosquitto.StartAsync();
        await using var bia = await Member.ArriveAsync("bia", mosquitto.Address);
        await using var caio = await Stranger.ArriveAsync("caio", mosquitto.Address);
        await caio.Device.SubscribeAsync(caio.Inbox);
        await caio.SayAsync("um");
        await bia.UntilSaidAsync("um");
        var lost = caio.Sign("dois");
        await caio.BeaconAsync(new Head(caio.Card.Device, lost.Header.Seq, lost.Id));
        while (true)
        {
            var message = await caio.Device.MessageAsync();
            if (caio.Asked(message)?.Body is GetRequest get && get.Ranges.Any(range => range.Device == caio.Card.Device && range.To == lost.Header.Seq))
            {
                await caio.AnswerAsync(message, lost);
                break;
            }
        }

        await bia.UntilSaidAsync("dois");
    }

    // The next question for the begin of its log.
    private static async Task<InboundMessage> UntilAskedAsync(Stranger who)
    {
        while (true)
        {
            var message = await who.Device.MessageAsync();
            if (who.Asked(message)?.Body is GetRequest get && get.Ranges.Any(range => range.Device == who.Card.Device && range.From == 0))
            {
                return message;
            }
        }
    }
}
