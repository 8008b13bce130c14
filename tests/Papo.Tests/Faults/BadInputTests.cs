// Owns: what hostile or broken messages do to a conversation: nothing but being refused, counted and said once.
// Must never: trust that a refusal came; the honest message behind it is the barrier.
using System.Text;
using CsCheck;
using Papo.Client;
using Papo.Client.Wire;
using Papo.Protocol;
using Papo.Tests.World;

namespace Papo.Tests.Faults;

public sealed class BadInputTests
{
    // Bia gets no text live: what she misses she can only have by healing.
    private const string Deaf = "topic readwrite #\nuser bia\ntopic deny chat/general\ntopic readwrite #\n";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_refused_message_goes_out_when_it_is_tried_again_on_the_same_connection()
    {
        await using var mosquitto = await Mosquitto.StartAsync("listener {port}\nallow_anonymous true\nacl_file {folder}/acl", static folder =>
            File.WriteAllText(Path.Combine(folder, "acl"), "topic read #\ntopic readwrite chat/_p/#\ntopic readwrite chat/_i/#\ntopic readwrite chat/_space\n"));
        await using var bia = await Member.ArriveAsync("bia", mosquitto.Address);
        await using var ana = await Member.ArriveAsync("ana", mosquitto.Address);
        var number = await ana.SayAsync("posso?");
        var failed = await ana.UntilAsync<StateChanged>(change => change.Number == number && change.State == MessageState.Failed);
        Assert.Equal(SendProblem.NotAllowed, failed.Reason);

        await File.WriteAllTextAsync(Path.Combine(mosquitto.Folder, "acl"), "topic readwrite #\n", Stop);
        await mosquitto.ReloadAsync();
        await ana.Client.RetryAsync(number, Stop);
        await ana.UntilAsync<StateChanged>(change => change.Number == number && change.State == MessageState.Held);
        Assert.Equal("posso?", (await bia.UntilSaidAsync("posso?")).Text);
        Assert.DoesNotContain(ana.Told.OfType<ConnectionChanged>(), static change => !change.Connection.Up && change.Connection.Failure is not null);
    }

    [Fact]
    public async Task A_text_of_16_kib_goes_through_and_one_byte_more_is_refused_as_too_long()
    {
        await using var mosquitto = await Mosquitto.StartAsync();
        await using var ana = await Member.ArriveAsync("ana", mosquitto.Address);
        await using var bia = await Member.ArriveAsync("bia", mosquitto.Address);
        var longest = new string('x', Limits.Text);

        var refused = await ana.Client.SendAsync(Room.General, new Draft(longest + "x"), Stop);
        await ana.SayAndHoldAsync(longest);

        Assert.Equal(new SendReceipt(null, SendProblem.TooLong), refused);
        Assert.Equal([longest], bia.Lines);
        Assert.Empty(await ana.Client.UnsafeAsync(Stop));
    }

    [Fact]
    public async Task A_text_larger_than_the_broker_takes_is_refused_and_the_next_goes_through()
    {
        await using var mosquitto = await Mosquitto.StartAsync("listener {port}\nallow_anonymous true\nmax_packet_size 4096");
        await using var ana = await Member.ArriveAsync("ana", mosquitto.Address);
        await using var bia = await Member.ArriveAsync("bia", mosquitto.Address);

        var refused = await ana.Client.SendAsync(Room.General, new Draft(new string('x', 5_000)), Stop);
        await ana.SayAndHoldAsync("curta");

        Assert.Equal(SendProblem.TooLong, refused.Problem);
        Assert.Equal(["curta"], bia.Lines);
    }

    [Fact]
    public async Task A_draft_taken_offline_that_the_broker_then_finds_too_large_fails_with_the_reason_and_holds_nothing_up()
    {
        await using var mosquitto = await Mosquitto.StartAsync("listener {port}\nallow_anonymous true\nmax_packet_size 4096");
        await using var proxy = new Proxy(mosquitto.Port);
        await using var bia = await Member.ArriveAsync("bia", mosquitto.Address);
        await proxy.RefuseAsync();
        await using var ana = await Member.OpenAsync("ana", proxy.Address);

        var large = await ana.SayAsync(new string('x', 5_000));
        var small = await ana.SayAsync("curta");
        proxy.Allow();

        var failed = await ana.UntilAsync<StateChanged>(change => change.Number == large && change.State == MessageState.Failed);
        await ana.UntilAsync<StateChanged>(change => change.Number == small && change.State == MessageState.Held);
        Assert.Equal(SendProblem.TooLong, failed.Reason);
        await bia.UntilSaidAsync("curta");
    }

    [Fact]
    public async Task Random_bytes_on_every_topic_are_refused_and_the_conversation_goes_on()
    {
        await using var mosquitto = await Mosquitto.StartAsync();
        await using var ana = await Member.ArriveAsync("ana", mosquitto.Address);
        await using var bia = await Member.ArriveAsync("bia", mosquitto.Address);
        await using var stranger = await Stranger.ArriveAsync("caio", mosquitto.Address);
        var me = bia.Client.Me;
        string[] topics = ["chat/general", "chat/general/x", "chat/general/e", "chat/general/h", "chat/_space", $"chat/_i/{me.Account}/{me.Device}", $"chat/_p/{me.Account}/{me.Device}", "chat/_p/a/b"];
        var entry = LiveEntry.Encode(stranger.Sign("oi"));
        List<PublishMessage> hostile = [];

        // Generated here, sent below: the messages, not the waiting, are what CsCheck is for.
        Gen.Select(Gen.Int[0, topics.Length - 1].Select(i => topics[i]), Gen.Byte.Array[0, 300], Gen.String[0, 300], Gen.Int[0, 3], Gen.Int[0, 200]).Sample(
            (topic, payload, property, kind, at) =>
            {
                var papo = kind switch
                {
                    0 => null,
                    1 => property.Replace('\0', '0'),
                    2 => System.Buffers.Text.Base64Url.EncodeToString(payload),
                    _ => entry[..Math.Min(at, entry.Length)] + "A" + entry[Math.Min(at + 1, entry.Length)..],
                };
                lock (hostile)
                {
                    // A guest's text would be shown, and rightly so: only bytes that are no text are hostile without the property.
                    hostile.Add(new PublishMessage(topic, papo is null ? [0xFF, .. payload] : payload) { Papo = papo is null ? null : WellFormed(papo), Qos = 0, Retain = at % 5 == 0 });
                }
            },
            iter: 400,
            threads: 1);
        foreach (var message in hostile)
        {
            await stranger.PublishAsync(message);
        }

        await stranger.Device.PublishAsync("chat/general", "fim");
        await bia.UntilSaidAsync("fim");
        await ana.SayAndHoldAsync("ainda aqui?");
        await bia.SayAndHoldAsync("ainda!");

        Assert.Equal(["fim", "ainda aqui?", "ainda!"], bia.Lines);
        Assert.Contains(bia.Told, static change => change is Noticed { Notice.Kind: NoticeKind.Malformed });
    }

    [Fact]
    public async Task A_payload_of_a_mebibyte_from_mosquitto_pub_harms_nobody()
    {
        await using var mosquitto = await Mosquitto.StartAsync();
        await using var ana = await Member.ArriveAsync("ana", mosquitto.Address);
        await using var bia = await Member.ArriveAsync("bia", mosquitto.Address);
        var file = Path.Combine(mosquitto.Folder, "large");
        await File.WriteAllBytesAsync(file, Encoding.ASCII.GetBytes(new string('x', 1 << 20)), Stop);

        await MosquittoPubAsync(mosquitto, "-t", "chat/general", "-q", "1", "-f", file);
        await ana.SayAndHoldAsync("oi");

        Assert.Equal(["oi"], bia.Lines);
        Assert.DoesNotContain(bia.Told, static change => change is ConnectionChanged { Connection.Up: false });
    }

    [Fact]
    public async Task A_wrong_signature_is_refused_counted_and_said_once()
    {
        await using var mosquitto = await Mosquitto.StartAsync();
        await using var bia = await Member.ArriveAsync("bia", mosquitto.Address);
        await using var caio = await Stranger.ArriveAsync("caio", mosquitto.Address);
        await caio.SayAsync("verdade");

        for (var i = 0; i < 5; i++)
        {
            var entry = caio.Sign("mentira");
            await caio.PublishAsync(new PublishMessage("chat/general", Encoding.UTF8.GetBytes("outra coisa")) { Papo = LiveEntry.Encode(entry) });
            caio.Last = null;
        }

        await caio.Device.PublishAsync("chat/general", "fim");
        await bia.UntilSaidAsync("fim");
        Assert.Equal(["verdade", "fim"], bia.Lines);
        Assert.Single(bia.Told, static change => change is Noticed { Notice.Kind: NoticeKind.BadSignature });
    }

    [Fact]
    public async Task A_replayed_entry_is_told_once_also_after_a_restart()
    {
        await using var mosquitto = await Mosquitto.StartAsync();
        using var home = new TestHome();
        Stranger caio;
        await using (var bia = await Member.ArriveAsync("bia", mosquitto.Address, home.Path))
        {
            caio = await Stranger.ArriveAsync("caio", mosquitto.Address);
            await caio.SayAsync("uma vez");
            await bia.UntilSaidAsync("uma vez");
            await caio.PublishAsync(caio.Last!);
            await caio.SayAsync("fim");
            await bia.UntilSaidAsync("fim");
            Assert.Equal(["uma vez", "fim"], bia.Lines);
        }

        await using (var bia = await Member.ArriveAsync("bia", mosquitto.Address, home.Path))
        {
            await caio.PublishAsync(caio.Last!);
            await caio.SayAsync("de verdade");
            await bia.UntilSaidAsync("de verdade");
            Assert.Equal(["de verdade"], bia.Lines);
        }

        await caio.DisposeAsync();
    }

    [Fact]
    public async Task Two_entries_under_one_number_close_that_log_and_no_other()
    {
        await using var mosquitto = await Mosquitto.StartAsync();
        await using var ana = await Member.ArriveAsync("ana", mosquitto.Address);
        await using var bia = await Member.ArriveAsync("bia", mosquitto.Address);
        await using var caio = await Stranger.ArriveAsync("caio", mosquitto.Address);
        var first = await caio.SayAsync("um");
        await bia.UntilSaidAsync("um");

        await caio.PublishAsync(caio.Sign(EntryKind.Text, first.Header.Seq, first.Header.Back, Encoding.UTF8.GetBytes("outro um")));
        var noticed = await bia.UntilAsync<Noticed>(static change => change.Notice.Kind == NoticeKind.Forked);
        caio.Last = first;
        await caio.SayAsync("dois");
        await ana.SayAndHoldAsync("oi, bia");
        await bia.SayAndHoldAsync("oi, ana");

        Assert.Equal("caio", noticed.Notice.Text);
        Assert.Equal(["um", "oi, bia", "oi, ana"], bia.Lines);
        Assert.DoesNotContain(bia.Told.OfType<MissingChanged>(), static change => change.Missing > 0);
    }

    [Fact]
    public async Task A_clock_one_day_ahead_is_marked_and_drags_nobody_along()
    {
        await using var mosquitto = await Mosquitto.StartAsync();
        await using var ana = await Member.ArriveAsync("ana", mosquitto.Address);
        await using var bia = await Member.ArriveAsync("bia", mosquitto.Address);
        await using var caio = await Stranger.ArriveAsync("caio", mosquitto.Address);
        var tomorrow = TimeProvider.System.GetUtcNow().AddDays(1).ToUnixTimeMilliseconds();

        await ana.SayAsync("antes");
        await bia.UntilSaidAsync("antes");
        await caio.SayAsync("de amanhã", hlc: Hlc.At(tomorrow));
        var doubtful = await bia.UntilSaidAsync("de amanhã");
        await ana.UntilSaidAsync("de amanhã");
        await ana.SayAndHoldAsync("logo"); // perhaps in the same millisecond: either order is right
        var after = await ana.SayAndHoldAsync("depois");
        var heard = await bia.UntilSaidAsync("depois");

        Assert.True(doubtful.ClockDoubtful);
        Assert.False(doubtful.Late);
        Assert.False(heard.Late);
        Assert.False(heard.ClockDoubtful);
        Assert.True(heard.At < DateTimeOffset.FromUnixTimeMilliseconds(tomorrow).AddHours(-12));
        Assert.Equal(after.Id, heard.Id);
        Assert.Contains(bia.Told, static change => change is Noticed { Notice: { Kind: NoticeKind.ClockDoubtful, Text: "caio" } });
        var page = await bia.Client.HistoryAsync(Room.General, new HistoryQuery(10), TimeSpan.FromSeconds(5), Stop);
        Assert.Equal(["antes", "de amanhã", "depois"], page.Messages.Select(static message => message.Text).Where(static text => text != "logo"));
    }

    [Fact]
    public async Task Forged_entries_of_devices_that_do_not_exist_hold_up_neither_live_messages_nor_healing()
    {
        await using var mosquitto = await Mosquitto.StartAsync("listener {port}\nallow_anonymous true\nacl_file {folder}/acl", static folder =>
            File.WriteAllText(Path.Combine(folder, "acl"), Deaf));
        await using var ana = await Member.ArriveAsync("ana", mosquitto.Address);
        await using var stranger = await Stranger.ArriveAsync("caio", mosquitto.Address);
        await using var deaf = await Member.ArriveAsync("bia", mosquitto.Address, change: static options => options with { Credentials = new Credentials { User = "bia" } });
        await ana.SayAndHoldAsync("antes");

        // Of each a text that ana gets, and something on /x that bia gets too.
        for (var i = 0; i < 150; i++)
        {
            var ghost = new Nobody(KeyPair.Generate());
            await stranger.PublishAsync(ghost.Sign(stranger.Space, EntryKind.Text));
            await stranger.PublishAsync(ghost.Sign(stranger.Space, EntryKind.Reaction));
        }

        await stranger.Device.PublishAsync("chat/general", "fim");
        await ana.UntilSaidAsync("fim");
        Assert.DoesNotContain(ana.Messages, static message => message.From.Trust == Trust.Unknown);
        await ana.SayAsync("depois");
        await deaf.UntilSaidAsync("depois");
    }

    [Fact]
    public async Task What_nobody_can_prove_is_told_once_however_often_it_comes()
    {
        await using var mosquitto = await Mosquitto.StartAsync();
        var time = new ShiftedTime();
        await using var ana = await Member.ArriveAsync("ana", mosquitto.Address, change: options => options with { Time = time });
        await using var stranger = await Stranger.ArriveAsync("caio", mosquitto.Address);
        var ghost = new Nobody(KeyPair.Generate()).Sign(stranger.Space, EntryKind.Text);
        await stranger.PublishAsync(ghost);
        await stranger.PublishAsync(ghost);
        await SayAndPassAsync("fim");
        await stranger.PublishAsync(ghost);
        await SayAndPassAsync("depois do fim");

        Assert.Equal([Trust.Unknown], ana.Messages.Where(message => message.Id == ghost.Id).Select(static message => message.From.Trust));

        // What it shows of the clock, the loop sees with the next message.
        async Task SayAndPassAsync(string text)
        {
            await stranger.Device.PublishAsync("chat/general", text);
            await ana.UntilSaidAsync(text);
            time.Advance(TimeSpan.FromSeconds(11));
            await stranger.Device.PublishAsync("chat/general", text + ", e mais");
            await ana.UntilSaidAsync(text + ", e mais");
        }
    }

    private static string WellFormed(string text) => Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text));

    private static async Task MosquittoPubAsync(Mosquitto mosquitto, params string[] arguments)
    {
        using var process = System.Diagnostics.Process.Start("mosquitto_pub", ["-p", $"{mosquitto.Port}", .. arguments]);
        await process.WaitForExitAsync(Stop);
        Assert.Equal(0, process.ExitCode);
    }

    // A device whose card nobody ever saw.
    private sealed record Nobody(KeyPair Key)
    {
        public Entry Sign(SpaceId space, EntryKind kind) => Entry.Sign(
            space,
            Room.General,
            new EntryHeader
            {
                Kind = kind,
                Account = new AccountId(Key.Public.Fingerprint),
                Device = new DeviceId(Key.Public.Fingerprint),
                Seq = 1,
                Back = new EntryId(1),
                Hlc = Hlc.At(TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds()),
                Extension = kind == EntryKind.Text ? EntryExtension.None : new EntryExtension { Target = new EntryId(2) },
            },
            "x"u8.ToArray(),
            Key);
    }
}
