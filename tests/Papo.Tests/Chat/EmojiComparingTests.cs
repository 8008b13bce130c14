// Owns: comparing keys by emoji through real brokers, as users of the library see it, and what a stranger by hand gets out of it.
// Must never: look inside.
using System.Security.Cryptography;
using Papo.Client;
using Papo.Client.Wire;
using Papo.Protocol;
using Papo.Tests.World;

namespace Papo.Tests.Chat;

public sealed class EmojiComparingTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Ana_and_bia_see_the_same_seven_whoever_asks_first(bool lowerFirst)
    {
        await using var mosquitto = await Mosquitto.StartAsync();
        await using var ana = await Member.ArriveAsync("ana", mosquitto.Address);
        await using var bia = await Member.ArriveAsync("bia", mosquitto.Address);
        await MeetAsync(ana, bia);
        var (one, other) = IsLower(ana, bia) == lowerFirst ? (ana, bia) : (bia, ana);
        var begun = await one.Client.CompareEmojiAsync(other.Name, Stop);
        Assert.Equal((other.Name, false), (begun!.Who.Name, begun.IsAsked));
        Assert.Equal(one.Name, (await other.UntilAsync<EmojiAsked>()).Who.Name);
        Assert.Empty(other.Told.OfType<EmojiShown>());

        Assert.True((await other.Client.CompareEmojiAsync(one.Name, Stop))!.IsAsked);
        await SeeTheSameAsync(one, other, []);
        Assert.Empty(one.Told.OfType<EmojiAsked>());
        Assert.Null((await ana.Client.SafetyAsync("bia", Stop))!.Verified); // looking is not saying
    }

    [Fact]
    public async Task Both_ask_at_once_again_and_again_and_each_time_the_seven_are_others()
    {
        await using var mosquitto = await Mosquitto.StartAsync();
        await using var ana = await Member.ArriveAsync("ana", mosquitto.Address);
        await using var bia = await Member.ArriveAsync("bia", mosquitto.Address);
        await MeetAsync(ana, bia);
        var seen = new HashSet<string>();
        for (var time = 0; time < 5; time++)
        {
            await Task.WhenAll(ana.Client.CompareEmojiAsync("bia", Stop), bia.Client.CompareEmojiAsync("ana", Stop));
            seen.Add(await SeeTheSameAsync(ana, bia, seen));
        }

        Assert.Equal(5, seen.Count);
        Assert.Empty(ana.Told.Concat(bia.Told).OfType<EmojiEnded>());
    }

    [Fact]
    public async Task Who_comes_while_ana_waits_is_told_and_who_never_answers_lets_it_run_out()
    {
        await using var mosquitto = await Mosquitto.StartAsync();
        using var home = new TestHome();
        var time = new ShiftedTime();
        await using var ana = await Member.ArriveAsync("ana", mosquitto.Address, change: options => options with { Time = time });
        await using (var bia = await Member.ArriveAsync("bia", mosquitto.Address, home.Path))
        {
            await MeetAsync(ana, bia);
        }

        await ana.UntilAsync<PersonChanged>(static change => change.What == PersonEvent.Left);
        await ana.Client.CompareEmojiAsync("bia", Stop);
        await using var again = await Member.ArriveAsync("bia", mosquitto.Address, home.Path);
        await again.UntilAsync<EmojiAsked>();

        time.Advance(TimeSpan.FromMinutes(11));
        await again.SayAsync("não quero");
        Assert.Equal(("bia", EmojiEnd.NoAnswer), (await ana.UntilAsync<EmojiEnded>()) is var ended ? (ended.Who.Name, ended.Why) : default);
        Assert.Empty(ana.Told.OfType<EmojiShown>());
    }

    [Fact]
    public async Task Nobody_begins_with_a_stranger_or_with_himself_and_one_comparison_replaces_another()
    {
        await using var mosquitto = await Mosquitto.StartAsync();
        await using var ana = await Member.ArriveAsync("ana", mosquitto.Address);
        Assert.Null(await ana.Client.CompareEmojiAsync("ana", Stop));
        Assert.Null(await ana.Client.CompareEmojiAsync("dora", Stop));
        await using var bia = await Member.ArriveAsync("bia", mosquitto.Address);
        await using var caio = await Member.ArriveAsync("caio", mosquitto.Address);
        await MeetAsync(ana, bia);
        await MeetAsync(ana, caio);
        await ana.Client.CompareEmojiAsync("bia", Stop);
        await ana.Client.CompareEmojiAsync("caio", Stop);
        Assert.Equal(("bia", EmojiEnd.Replaced), (await ana.UntilAsync<EmojiEnded>()) is var ended ? (ended.Who.Name, ended.Why) : default);
    }

    [Fact]
    public async Task A_key_that_does_not_fit_the_promise_ends_it_and_a_second_promise_is_refused()
    {
        await using var mosquitto = await Mosquitto.StartAsync();
        await using var ana = await Member.ArriveAsync("ana", mosquitto.Address);
        await using var caio = await ArriveAsync(ana, mosquitto, isLower: true);
        var (promised, other) = (ExchangeKeyPair.Generate().Public, ExchangeKeyPair.Generate().Public);
        Assert.Equal(ReplyStatus.Gone, (await AskAsync(caio, ana, CompareStep.Commit, EmojiCode.Commit(promised))).Status); // ana has not asked
        await ana.Client.CompareEmojiAsync("caio", Stop);
        var shown = await AskAsync(caio, ana, CompareStep.Commit, EmojiCode.Commit(promised));
        Assert.Equal((ReplyStatus.Ok, ExchangeKey.Size), (shown.Status, shown.Answer.Length));
        var repeated = await AskAsync(caio, ana, CompareStep.Commit, EmojiCode.Commit(promised));
        Assert.Equal(shown.Answer.ToArray(), repeated.Answer.ToArray());
        Assert.Equal(ReplyStatus.Used, (await AskAsync(caio, ana, CompareStep.Commit, EmojiCode.Commit(other))).Status);
        Assert.Equal(ReplyStatus.Denied, (await AskAsync(caio, ana, CompareStep.Reveal, other.Bytes)).Status);
        Assert.Equal(EmojiEnd.Doubtful, (await ana.UntilAsync<EmojiEnded>()).Why);
        Assert.Equal(ReplyStatus.Gone, (await AskAsync(caio, ana, CompareStep.Reveal, promised.Bytes)).Status);
        Assert.Empty(ana.Told.OfType<EmojiShown>());
    }

    [Fact]
    public async Task Who_promises_and_then_begins_anew_interrupts_it_and_no_key_is_shown_twice()
    {
        await using var mosquitto = await Mosquitto.StartAsync();
        await using var ana = await Member.ArriveAsync("ana", mosquitto.Address);
        await using var caio = await ArriveAsync(ana, mosquitto, isLower: true);
        await ana.Client.CompareEmojiAsync("caio", Stop);
        var first = await AskAsync(caio, ana, CompareStep.Commit, EmojiCode.Commit(ExchangeKeyPair.Generate().Public));
        Assert.Equal(ReplyStatus.Ok, (await AskAsync(caio, ana, CompareStep.Ask, RandomNumberGenerator.GetBytes(CompareRequest.AskSize))).Status);
        Assert.Equal(EmojiEnd.Interrupted, (await ana.UntilAsync<EmojiEnded>()).Why);
        Assert.Single(ana.Told.OfType<EmojiAsked>());

        await ana.Client.CompareEmojiAsync("caio", Stop);
        var second = await AskAsync(caio, ana, CompareStep.Commit, EmojiCode.Commit(ExchangeKeyPair.Generate().Public));
        Assert.Equal((ReplyStatus.Ok, ReplyStatus.Ok), (first.Status, second.Status));
        Assert.NotEqual(first.Answer.ToArray(), second.Answer.ToArray());
    }

    [Fact]
    public async Task Who_promises_and_falls_silent_interrupts_it()
    {
        await using var mosquitto = await Mosquitto.StartAsync();
        var time = new ShiftedTime();
        await using var ana = await Member.ArriveAsync("ana", mosquitto.Address, change: options => options with { Time = time });
        await using var caio = await ArriveAsync(ana, mosquitto, isLower: true);
        await ana.Client.CompareEmojiAsync("caio", Stop);
        await AskAsync(caio, ana, CompareStep.Commit, EmojiCode.Commit(ExchangeKeyPair.Generate().Public));
        time.Advance(TimeSpan.FromSeconds(31));
        await ana.SayAsync("caio?");
        Assert.Equal(EmojiEnd.Interrupted, (await ana.UntilAsync<EmojiEnded>()).Why);
    }

    [Fact]
    public async Task Ana_promises_before_she_sees_a_key_and_one_with_which_nothing_secret_can_be_agreed_ends_it()
    {
        await using var mosquitto = await Mosquitto.StartAsync();
        await using var ana = await Member.ArriveAsync("ana", mosquitto.Address);
        await using var caio = await ArriveAsync(ana, mosquitto, isLower: false);
        await AskAsync(caio, ana, CompareStep.Ask, RandomNumberGenerator.GetBytes(CompareRequest.AskSize));
        await ana.Client.CompareEmojiAsync("caio", Stop);
        var (question, asked) = await AskedAsync(caio);
        Assert.Equal(CompareStep.Commit, asked.Step);
        var reply = new Reply(caio.Card.Device, 0, true, false, ReplyStatus.Ok, []) { Answer = new byte[ExchangeKey.Size] };
        await caio.PublishAsync(new PublishMessage(question.ResponseTopic!, reply.Sign(caio.Space, ana.Client.Me.Device!.Value, question.CorrelationData.Span, caio.Key)) { CorrelationData = question.CorrelationData });
        Assert.Equal(EmojiEnd.Doubtful, (await ana.UntilAsync<EmojiEnded>()).Why);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Whose_program_is_too_old_to_compare_ends_it_with_that(bool isLower)
    {
        await using var mosquitto = await Mosquitto.StartAsync();
        await using var ana = await Member.ArriveAsync("ana", mosquitto.Address);
        await using var caio = await ArriveAsync(ana, mosquitto, isLower);
        await ana.Client.CompareEmojiAsync("caio", Stop);
        var (message, _) = await AskedAsync(caio);
        await caio.AnswerAsync(message, ReplyStatus.UnknownOp);
        Assert.Equal(("caio", EmojiEnd.TooOld), (await ana.UntilAsync<EmojiEnded>()) is var ended ? (ended.Who.Name, ended.Why) : default);
    }

    [Fact]
    public async Task Who_promises_and_has_forgotten_that_ana_asked_hears_it_again()
    {
        await using var mosquitto = await Mosquitto.StartAsync();
        await using var ana = await Member.ArriveAsync("ana", mosquitto.Address);
        await using var caio = await ArriveAsync(ana, mosquitto, isLower: true);
        await ana.Client.CompareEmojiAsync("caio", Stop);
        var (message, first) = await AskedAsync(caio);
        await caio.AnswerAsync(message); // so that what comes next is not the same question, put again
        await caio.PublishAsync(caio.Question(ana.Client.Me.Device!.Value, ana.Client.Me.Account!.Value, new CompareRequest(CompareStep.Ask, RandomNumberGenerator.GetBytes(CompareRequest.AskSize))));
        var (_, again) = await AskedAsync(caio);
        Assert.Equal((CompareStep.Ask, Convert.ToHexString(first.Value.Span)), (again.Step, Convert.ToHexString(again.Value.Span)));
        Assert.Empty(ana.Told.OfType<EmojiAsked>());
    }

    [Fact]
    public async Task Who_loses_the_connection_while_he_waits_compares_once_it_is_back()
    {
        await using var mosquitto = await Mosquitto.StartAsync();
        await using var proxy = new Proxy(mosquitto.Address.Port);
        await using var ana = await Member.ArriveAsync("ana", proxy.Address);
        await using var bia = await Member.ArriveAsync("bia", mosquitto.Address);
        await MeetAsync(ana, bia);
        await ana.Client.CompareEmojiAsync("bia", Stop);
        await bia.UntilAsync<EmojiAsked>();
        proxy.Cut();
        await ana.UntilAsync<ConnectionChanged>(static change => !change.Connection.Up);
        await ana.SayAsync("voltei");
        await bia.UntilSaidAsync("voltei");
        await bia.Client.CompareEmojiAsync("ana", Stop);
        await SeeTheSameAsync(ana, bia, []);
    }

    [Fact]
    public async Task Who_asks_again_and_again_is_told_of_once()
    {
        await using var mosquitto = await Mosquitto.StartAsync();
        await using var ana = await Member.ArriveAsync("ana", mosquitto.Address);
        await using var caio = await ArriveAsync(ana, mosquitto, isLower: false);
        for (var time = 0; time < 4; time++)
        {
            Assert.Equal(ReplyStatus.Ok, (await AskAsync(caio, ana, CompareStep.Ask, RandomNumberGenerator.GetBytes(CompareRequest.AskSize))).Status);
        }

        Assert.Equal("caio", (await ana.UntilAsync<EmojiAsked>()).Who.Name);
        Assert.Single(ana.Told.OfType<EmojiAsked>());
    }

    private static async Task<string> SeeTheSameAsync(Member one, Member other, HashSet<string> before)
    {
        var seen = (await one.UntilAsync<EmojiShown>(change => !before.Contains(Text(change)))).Emoji;
        var shown = await other.UntilAsync<EmojiShown>(change => !before.Contains(Text(change)));
        Assert.Equal((one.Name, EmojiCode.Count), (shown.Who.Name, seen.Count));
        Assert.Equal(seen, shown.Emoji);
        return Text(shown);
    }

    private static string Text(EmojiShown shown) => string.Concat(shown.Emoji.Select(static place => EmojiCode.Symbols[place]));

    private static bool IsLower(Member one, Member other) => one.Client.Me.Account!.Value.Value < other.Client.Me.Account!.Value.Value;

    // Whose account is the lower one promises.
    private static async Task<Stranger> ArriveAsync(Member member, Mosquitto mosquitto, bool isLower)
    {
        var account = KeyPair.Generate();
        while (account.Public.Fingerprint < member.Client.Me.Account!.Value.Value != isLower)
        {
            account = KeyPair.Generate();
        }

        var stranger = await Stranger.ArriveAsync("caio", mosquitto.Address, account);
        await stranger.Device.SubscribeAsync(stranger.Inbox);
        await stranger.ComeAsync();
        await member.UntilAsync<PersonChanged>(static change => change.Person.Who.Name == "caio");
        return stranger;
    }

    private static async Task<Reply> AskAsync(Stranger stranger, Member member, CompareStep step, ReadOnlyMemory<byte> value)
    {
        var device = member.Client.Me.Device!.Value;
        var question = stranger.Question(device, member.Client.Me.Account!.Value, new CompareRequest(step, value));
        await stranger.PublishAsync(question);
        while (true)
        {
            var message = await stranger.Device.MessageAsync();
            if (message.CorrelationData.Span.SequenceEqual(question.CorrelationData.Span) && SignedContent.TrySplit(message.Payload, out var split) && Reply.TryRead(stranger.Space, split, out var reply))
            {
                return reply;
            }
        }
    }

    private static async Task<(InboundMessage Message, CompareRequest Request)> AskedAsync(Stranger stranger)
    {
        while (true)
        {
            var message = await stranger.Device.MessageAsync();
            if (stranger.Asked(message)?.Body is CompareRequest request)
            {
                return (message, request);
            }
        }
    }

    // Who comes second knows the first one when it has arrived.
    private static Task<PersonChanged> MeetAsync(Member one, Member other) => one.UntilAsync<PersonChanged>(change => change.Person.Who.Account == other.Client.Me.Account);
}
