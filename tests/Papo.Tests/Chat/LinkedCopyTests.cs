// Owns: several computers of one person through a real broker: linked, each reading everything, and one taken off again.
// Must never: look inside; these tests see what a user of the library sees, and what a broker does.
using Papo.Client;
using Papo.Protocol;
using Papo.Tests.World;

namespace Papo.Tests.Chat;

public sealed class LinkedCopyTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_bia_writes_to_ana_both_her_computers_read_and_each_speaks_as_ana()
    {
        await using var mosquitto = await Mosquitto.StartAsync();
        await using var tap = await Wiretap.StartAsync(mosquitto.Address);
        using var phoneHome = new TestHome();
        await using var laptop = await Member.ArriveAsync("ana", mosquitto.Address);
        await using var bia = await Member.ArriveAsync("bia", mosquitto.Address);
        await laptop.UntilAsync<PersonChanged>(static change => change.Person.Who.Name == "bia");
        var toBia = (await laptop.Client.OpenDirectAsync("bia", Stop))!;
        await laptop.SayAndHoldAsync("antes do celular", toBia);

        await Linked.LinkAsync(laptop, mosquitto.Address, phoneHome, "celular");
        Assert.Empty(Directory.EnumerateFiles(phoneHome.Path, "account.key", SearchOption.AllDirectories));
        await using var phone = await Member.ArriveAsync("ana", mosquitto.Address, phoneHome.Path);
        Assert.Equal(laptop.Client.Me.Account, phone.Client.Me.Account);
        Assert.Contains(toBia, phone.Client.Joined);

        await bia.SayAsync("oi ana", toBia);
        await laptop.UntilSaidAsync("oi ana");
        await phone.UntilSaidAsync("oi ana");
        await phone.SayAsync("do celular", toBia);
        var heard = await bia.UntilSaidAsync("do celular");
        Assert.Equal(("ana", Trust.Signed), (heard.From.Name, heard.From.Trust));
        await laptop.UntilSaidAsync("do celular");
        await laptop.SayAsync("do laptop", toBia);
        await phone.UntilSaidAsync("do laptop");
        await phone.UntilSaidAsync("antes do celular");
        Assert.Equal(["celular", ""], (await laptop.Client.CopiesAsync(Stop)).OrderBy(static copy => copy.IsThis).Select(static copy => copy.Name));
        Assert.False(tap.Heard("do celular"));
    }

    [Fact]
    public async Task A_room_that_one_computer_begins_the_other_one_is_in_too()
    {
        await using var mosquitto = await Mosquitto.StartAsync();
        using var phoneHome = new TestHome();
        await using var laptop = await Member.ArriveAsync("ana", mosquitto.Address);
        await using var bia = await Member.ArriveAsync("bia", mosquitto.Address);
        await Linked.LinkAsync(laptop, mosquitto.Address, phoneHome, "celular");
        await using var phone = await Member.ArriveAsync("ana", mosquitto.Address, phoneHome.Path);
        Assert.Equal(NameProblem.None, DisplayName.TryParse("toca", out var title));
        var den = (await phone.Client.CreateRoomAsync(title!, sharesPast: false, Stop))!;
        Assert.Equal(MemberResult.Done, await phone.Client.InviteAsync(den, "bia", Stop));
        await bia.UntilAsync<RoomOpened>(opened => opened.Room == den);
        await bia.SayAsync("entrei", den);
        await laptop.UntilSaidAsync("entrei");
        await phone.UntilSaidAsync("entrei");
        var direct = (await laptop.Client.OpenDirectAsync("bia", Stop))!;
        await laptop.SayAsync("só nós", direct);
        await phone.UntilSaidAsync("só nós");
    }

    [Fact]
    public async Task A_computer_that_was_taken_off_reads_nothing_more_and_cannot_speak_in_private()
    {
        await using var mosquitto = await Mosquitto.StartAsync();
        using var phoneHome = new TestHome();
        await using var laptop = await Member.ArriveAsync("ana", mosquitto.Address);
        await using var bia = await Member.ArriveAsync("bia", mosquitto.Address);
        await Linked.LinkAsync(laptop, mosquitto.Address, phoneHome, "celular");
        await using var phone = await Member.ArriveAsync("ana", mosquitto.Address, phoneHome.Path);
        var direct = (await phone.Client.OpenDirectAsync("bia", Stop))!;
        await phone.SayAsync("ainda é meu", direct);
        await bia.UntilSaidAsync("ainda é meu");
        await laptop.UntilSaidAsync("ainda é meu");

        var copy = (await laptop.Client.CopiesAsync(Stop)).Single(static copy => copy.IsLinked).Copy;
        Assert.False(await phone.Client.RemoveCopyAsync(copy, Stop));
        Assert.True(await laptop.Client.RemoveCopyAsync(copy, Stop));
        await phone.UntilAsync<Noticed>(static change => change.Notice.Kind == NoticeKind.RemovedHere);
        await bia.UntilAsync<Noticed>(static change => change.Notice is { Kind: NoticeKind.DeviceRemoved, Text: "ana" });
        await laptop.SayAsync("sem o celular", direct);
        await bia.UntilSaidAsync("sem o celular");
        await bia.SayAsync("ele não lê isto", direct);
        await laptop.UntilSaidAsync("ele não lê isto");
        Assert.Equal(SendProblem.DeviceRemoved, (await phone.Client.SendAsync(direct, new Draft("e eu?"), Stop)).Problem);
        await laptop.SayAndHoldAsync("fim", Room.General);
        await phone.UntilSaidAsync("fim");
        Assert.DoesNotContain(phone.Lines, static line => line is "sem o celular" or "ele não lê isto");
        Assert.DoesNotContain((await laptop.Client.CopiesAsync(Stop)), static copy => copy.IsLinked);
    }

    [Fact]
    public async Task A_link_is_good_for_one_computer_and_three_wrong_codes_end_it()
    {
        await using var mosquitto = await Mosquitto.StartAsync();
        using var first = new TestHome();
        using var second = new TestHome();
        await using var ana = await Member.ArriveAsync("ana", mosquitto.Address);
        var link = (await ana.Client.OpenLinkingAsync(Stop))!;
        var code = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        var linking = Linked.FollowAsync(link, mosquitto.Address, first, "celular", code);
        var right = await code.Task;
        Assert.Equal(LinkingResult.Used, (await Linked.FollowAsync(link, mosquitto.Address, second, "ladrão", new())).Result);
        var wrong = right[0] == '1' ? "222 222" : "111 111";
        Assert.Equal(LinkingStage.WrongCode, (await ana.Client.ConfirmLinkingAsync(wrong, Stop)).Stage);
        Assert.Equal(LinkingStage.WrongCode, (await ana.Client.ConfirmLinkingAsync(wrong, Stop)).Stage);
        Assert.Equal(LinkingStage.Ended, (await ana.Client.ConfirmLinkingAsync(wrong, Stop)).Stage);
        Assert.Equal(LinkingStage.Ended, (await ana.Client.ConfirmLinkingAsync(right, Stop)).Stage);
        Assert.Equal(LinkingResult.Refused, (await linking).Result);
        Assert.Single(await ana.Client.CopiesAsync(Stop));
        Assert.Empty(Directory.EnumerateFileSystemEntries(first.Path));
        Assert.Empty(Directory.EnumerateFileSystemEntries(second.Path));
    }

    [Fact]
    public async Task What_a_removed_computer_said_in_an_open_room_is_marked_also_for_whoever_comes_later()
    {
        await using var mosquitto = await Mosquitto.StartAsync();
        using var phoneHome = new TestHome();
        await using var laptop = await Member.ArriveAsync("ana", mosquitto.Address);
        await using var bia = await Member.ArriveAsync("bia", mosquitto.Address);
        await Linked.LinkAsync(laptop, mosquitto.Address, phoneHome, "celular");
        await using (var phone = await Member.ArriveAsync("ana", mosquitto.Address, phoneHome.Path))
        {
            await phone.SayAndHoldAsync("do celular");
        }

        await laptop.SayAndHoldAsync("do laptop");
        Assert.Equal(Trust.Signed, (await bia.UntilSaidAsync("do celular")).From.Trust);
        Assert.True(await laptop.Client.RemoveCopyAsync((await laptop.Client.CopiesAsync(Stop)).Single(static copy => copy.IsLinked).Copy, Stop));
        await bia.UntilAsync<Noticed>(static change => change.Notice is { Kind: NoticeKind.DeviceRemoved, Text: "ana" });
        await using var caio = await Member.ArriveAsync("caio", mosquitto.Address);
        foreach (var reader in (Member[])[bia, caio, laptop])
        {
            await Eventually.IsAsync(
                async () => await TrustAsync(reader, "do celular") == Trust.Removed && await TrustAsync(reader, "do laptop") == Trust.Signed,
                reader.Summary);
        }
    }

    [Fact]
    public async Task A_linked_computer_takes_a_new_key_every_week_has_it_listed_and_reads_on()
    {
        await using var mosquitto = await Mosquitto.StartAsync();
        using var phoneHome = new TestHome();
        var time = new ShiftedTime();
        await using var laptop = await Member.ArriveAsync("ana", mosquitto.Address, change: options => options with { Time = time });
        await using var bia = await Member.ArriveAsync("bia", mosquitto.Address, change: options => options with { Time = time });
        await Linked.LinkAsync(laptop, mosquitto.Address, phoneHome, "celular");
        await using var phone = await Member.ArriveAsync("ana", mosquitto.Address, phoneHome.Path, options => options with { Time = time });
        var direct = (await laptop.Client.OpenDirectAsync("bia", Stop))!;
        await laptop.SayAsync("primeira semana", direct);
        await phone.UntilSaidAsync("primeira semana");
        await bia.UntilSaidAsync("primeira semana");
        for (var week = 2; week <= 7; week++) // longer than a replaced key is kept
        {
            var before = await ListedAsync(laptop);
            time.Advance(TimeSpan.FromDays(8));
            await Eventually.IsAsync(
                async () =>
                {
                    await bia.SayAsync("acordem"); // who hears something looks at the clock
                    return await ListedAsync(laptop) > before;
                },
                phone.Summary);
            await bia.SayAsync($"semana {week}", direct);
            await phone.UntilSaidAsync($"semana {week}");
        }
    }

    private static async Task<DateTimeOffset> ListedAsync(Member laptop) => (await laptop.Client.CopiesAsync(Stop)).Single(static copy => copy.IsLinked).Since;

    private static async Task<Trust?> TrustAsync(Member member, string text) =>
        (await member.Client.HistoryAsync(Room.General, new HistoryQuery(20), TimeSpan.Zero, Stop)).Messages.FirstOrDefault(message => message.Text == text)?.From.Trust;

    [Fact]
    public async Task A_computer_that_falls_silent_after_the_right_code_is_said_to_and_a_new_link_can_be_made()
    {
        await using var mosquitto = await Mosquitto.StartAsync();
        using var home = new TestHome();
        var time = new ShiftedTime();
        await using var ana = await Member.ArriveAsync("ana", mosquitto.Address, change: options => options with { Time = time });
        var link = (await ana.Client.OpenLinkingAsync(Stop))!;
        var code = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        Assert.Equal(NameProblem.None, DisplayName.TryParse("celular", out var name));
        ChatOptions Dying(Profile profile) => new() { Profile = profile, Broker = mosquitto.Address, Fault = static step => throw new IOException(step) };
        var linking = new DeviceLinking(new Home(home.Path), Dying, TimeProvider.System).RunAsync(link, name!, null, (_, shown) => code.TrySetResult(shown), Stop);
        Assert.Equal(LinkingStage.Confirmed, (await ana.Client.ConfirmLinkingAsync(await code.Task, Stop)).Stage);
        Assert.Equal(FaultPoints.Certified, (await Assert.ThrowsAsync<IOException>(() => linking)).Message);
        time.Advance(TimeSpan.FromMinutes(2));
        Assert.Equal(new LinkingState(LinkingStage.Silent, "celular"), await ana.Client.LinkingAsync(Stop));
        Assert.Empty(Directory.EnumerateFileSystemEntries(home.Path));
        await Linked.LinkAsync(ana, mosquitto.Address, home, "celular");
        Assert.Equal(2, (await ana.Client.CopiesAsync(Stop)).Count);
    }

    [Fact]
    public async Task Whoever_is_killed_in_the_middle_has_linked_nobody()
    {
        await using var mosquitto = await Mosquitto.StartAsync();
        using var anaHome = new TestHome();
        using var home = new TestHome();
        var code = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        Task<(LinkingResult Result, DisplayName? Name)> linking;
        InviteLink link;
        await using (var before = await Member.ArriveAsync("ana", mosquitto.Address, anaHome.Path))
        {
            link = (await before.Client.OpenLinkingAsync(Stop))!;
            linking = Linked.FollowAsync(link, mosquitto.Address, home, "celular", code);
            await code.Task;
        }

        await using var ana = await Member.ArriveAsync("ana", mosquitto.Address, anaHome.Path);
        Assert.Equal(LinkingStage.None, (await ana.Client.ConfirmLinkingAsync(await code.Task, Stop)).Stage);
        Assert.Equal(LinkingResult.Refused, (await linking).Result);
        Assert.Single(await ana.Client.CopiesAsync(Stop));
        Assert.Empty(Directory.EnumerateFileSystemEntries(home.Path));
    }
}
