// Owns: who somebody is: names under other keys, copied profiles, several processes of one profile.
// Must never: call somebody by a name that another key holds.
using Papo.Client;
using Papo.Protocol;
using Papo.Tests.World;

namespace Papo.Tests.Faults;

public sealed class IdentityTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Processes_that_start_a_profile_at_the_same_moment_share_one_folder()
    {
        using var home = new TestHome();
        using var profile = home.Open("ana");
        var start = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var opening = Enumerable.Range(0, 8).Select(async _ =>
        {
            await start.Task;
            return SpaceFolder.ForBroker(profile, "mqtt://localhost").StorePath;
        }).ToList();
        start.SetResult();

        Assert.Single((await Task.WhenAll(opening)).Distinct());
    }

    [Fact]
    public async Task A_known_name_under_another_key_is_marked_with_a_suffix_and_noticed_once()
    {
        await using var mosquitto = await Mosquitto.StartAsync();
        await using var ana = await Member.ArriveAsync("ana", mosquitto.Address);
        await using var bia = await Member.ArriveAsync("bia", mosquitto.Address);
        await ana.SayAndHoldAsync("sou eu");
        await using var false1 = await Stranger.ArriveAsync("ana", mosquitto.Address);

        await false1.SayAsync("sou eu, a ana");
        await false1.SayAsync("é verdade");
        var heard = await bia.UntilSaidAsync("é verdade");

        var suffixed = $"ana·{false1.Card.Account.ToString()[..4]}";
        Assert.Equal((suffixed, Trust.Changed), (heard.From.Name, heard.From.Trust));
        var notice = Assert.Single(bia.Told.OfType<Noticed>(), static change => change.Notice.Kind is NoticeKind.NameClash or NoticeKind.KeyChanged);
        Assert.Equal(suffixed, notice.Notice.Text);
        Assert.Equal(("ana", Trust.Signed), (bia.Messages[0].From.Name, bia.Messages[0].From.Trust));
    }

    [Fact]
    public async Task An_entry_cut_and_pasted_into_another_room_is_refused_and_counted()
    {
        await using var mosquitto = await Mosquitto.StartAsync();
        await using var bia = await Member.ArriveAsync("bia", mosquitto.Address);
        Assert.True(Room.TryFromWire("cozinha", out var kitchen));
        await bia.Client.JoinAsync(kitchen!, Stop);
        await bia.UntilAsync<CaughtUp>(change => change.Room == kitchen);
        await using var caio = await Stranger.ArriveAsync("caio", mosquitto.Address);

        var entry = await caio.SayAsync("só em general");
        await bia.UntilSaidAsync("só em general");
        await caio.PublishAsync(entry, kitchen);
        await caio.Device.PublishAsync("chat/cozinha", "fim");
        await bia.UntilSaidAsync("fim");

        Assert.Equal(["só em general", "fim"], bia.Lines);
        Assert.Contains(bia.Told, change => change is Noticed { Notice.Kind: NoticeKind.BadSignature, Notice.Room: { } room } && room == kitchen);
    }

    [Fact]
    public async Task A_copied_profile_becomes_another_device_and_nothing_is_lost_or_forked()
    {
        await using var mosquitto = await Mosquitto.StartAsync();
        await using var bia = await Member.ArriveAsync("bia", mosquitto.Address);
        using var home = new TestHome();
        using var copy = new TestHome();
        await using (var ana = await Member.ArriveAsync("ana", mosquitto.Address, home.Path))
        {
            await ana.SayAndHoldAsync("um");
        }

        Copy(home.Path, copy.Path);
        await using (var ana = await Member.ArriveAsync("ana", mosquitto.Address, home.Path))
        {
            await ana.SayAndHoldAsync("dois");
        }

        await using (var ana = await Member.OpenAsync("ana", mosquitto.Address, copy.Path))
        {
            var number = await ana.SayAsync("três, da cópia");
            await ana.UntilAsync<Noticed>(static change => change.Notice.Kind == NoticeKind.SlotRetired);
            await ana.UntilAsync<StateChanged>(change => change.Number == number && change.State == MessageState.Held);
        }

        await using (var ana = await Member.ArriveAsync("ana", mosquitto.Address, home.Path))
        {
            await ana.SayAndHoldAsync("quatro");
        }

        Assert.Equal(["um", "dois", "três, da cópia", "quatro"], bia.Lines);
        Assert.DoesNotContain(bia.Told, static change => change is Noticed { Notice.Kind: NoticeKind.Forked });
        Assert.All(bia.Messages, static message => Assert.Equal(("ana", Trust.Signed), (message.From.Name, message.From.Trust)));
    }

    [Fact]
    public async Task Two_processes_of_one_profile_take_two_slots_and_both_hear_everything_once()
    {
        await using var mosquitto = await Mosquitto.StartAsync();
        using var home = new TestHome();
        await using var caio = await Member.ArriveAsync("caio", mosquitto.Address);
        await using var one = await Member.ArriveAsync("bia", mosquitto.Address, home.Path);
        await using var two = await Member.ArriveAsync("bia", mosquitto.Address, home.Path);

        Assert.Equal((0, 1), (one.Slot, two.Slot));
        await one.SayAndHoldAsync("da primeira");
        await two.SayAndHoldAsync("da segunda");
        await caio.SayAndHoldAsync("de caio");
        foreach (var process in new[] { one, two })
        {
            await process.UntilSaidAsync("de caio");
            Assert.Equal(["da primeira", "da segunda", "de caio"], process.Lines);
        }

        Assert.Equal(["da primeira", "da segunda", "de caio"], home.Texts);
        Assert.All(caio.Messages.Where(static message => !message.Mine), static message => Assert.Equal("bia", message.From.Name));
    }

    // The first entry that is seen of an old log makes its base; whichever process stores it first must not keep the other from telling it.
    [Fact]
    public async Task Both_processes_of_a_profile_tell_the_first_message_of_somebody_with_a_past()
    {
        await using var mosquitto = await Mosquitto.StartAsync();
        using var home = new TestHome();
        await using var one = await Member.ArriveAsync("bia", mosquitto.Address, home.Path);
        await using var two = await Member.ArriveAsync("bia", mosquitto.Address, home.Path);
        await using var caio = await Stranger.ArriveAsync("caio", mosquitto.Address);
        await caio.ComeAsync();
        await one.UntilAsync<PersonChanged>(static change => change.Person.Who.Name == "caio");
        await two.UntilAsync<PersonChanged>(static change => change.Person.Who.Name == "caio");

        // Ten entries that nobody else ever saw, written long before; then one that both get.
        var old = Hlc.At(TimeProvider.System.GetUtcNow().AddHours(-1).ToUnixTimeMilliseconds());
        for (var i = 0; i < 10; i++)
        {
            caio.Sign($"velha {i}", hlc: new Hlc(old.Value + (ulong)i));
        }

        await caio.SayAsync("de caio");
        await Task.WhenAll(one.UntilSaidAsync("de caio"), two.UntilSaidAsync("de caio"));
    }

    [Fact]
    public async Task A_running_process_sends_what_a_stopped_one_of_its_profile_left()
    {
        await using var mosquitto = await Mosquitto.StartAsync();
        await using var proxy = new Proxy(mosquitto.Port);
        await using var caio = await Member.ArriveAsync("caio", mosquitto.Address);
        using var home = new TestHome();
        await using (var running = await Member.ArriveAsync("bia", mosquitto.Address, home.Path))
        {
            await using (var stopped = await Member.ArriveAsync("bia", mosquitto.Address, home.Path))
            {
                Assert.Equal(1, stopped.Slot);
                await mosquitto.KillAsync();
                await stopped.UntilAsync<ConnectionChanged>(static change => !change.Connection.Up);
                await stopped.SayAsync("do segundo processo");
            }

            Assert.Equal(1, home.Waiting);
            await mosquitto.RestartAsync();
            await running.UntilAsync<Noticed>(static change => change.Notice.Kind == NoticeKind.Drained);
            await caio.UntilSaidAsync("do segundo processo");
        }

        Assert.Single(caio.Lines);
    }

    private static void Copy(string from, string to)
    {
        foreach (var folder in Directory.EnumerateDirectories(from, "*", SearchOption.AllDirectories))
        {
            Directory.CreateDirectory(Path.Combine(to, Path.GetRelativePath(from, folder)));
        }

        foreach (var file in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories))
        {
            File.Copy(file, Path.Combine(to, Path.GetRelativePath(from, file)), overwrite: true);
        }
    }
}
