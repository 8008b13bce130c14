// Owns: several computers of one person where connections break and processes end at the wrong moment.
// Must never: look inside; what lies in the stores, and what people see, is all that is asked.
using Papo.Client;
using Papo.Protocol;
using Papo.Tests.World;

namespace Papo.Tests.Faults;

public sealed class LinkedCopyFaultTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_computer_that_is_taken_off_without_a_connection_is_taken_out_of_its_rooms_with_the_next_one()
    {
        await using var mosquitto = await Mosquitto.StartAsync();
        using var laptopHome = new TestHome();
        using var phoneHome = new TestHome();
        using var biasHome = new TestHome();
        await using var bia = await Member.ArriveAsync("bia", mosquitto.Address, biasHome.Path);
        await using (var laptop = await Member.ArriveAsync("ana", mosquitto.Address, laptopHome.Path))
        {
            await bia.SayAsync("bom dia");
            await laptop.UntilSaidAsync("bom dia");
            await Linked.LinkAsync(laptop, mosquitto.Address, phoneHome, "celular");
            await laptop.SayAndHoldAsync("oi", (await laptop.Client.OpenDirectAsync("bia", Stop))!);
        }

        await mosquitto.KillAsync();
        await using var alone = await Member.OpenAsync("ana", mosquitto.Address, laptopHome.Path);
        Assert.True(await alone.Client.RemoveCopyAsync((await alone.Client.CopiesAsync(Stop)).Single(static copy => copy.IsLinked).Copy, Stop));
        await mosquitto.RestartAsync();
        await Eventually.IsAsync(() => Removals(biasHome) == 1, static () => "no commit has taken the phone out of the room");
    }

    [Fact]
    public async Task What_is_said_after_a_computer_was_taken_off_it_does_not_read_even_where_it_never_spoke_and_no_epoch_was_made_for_it()
    {
        await using var mosquitto = await Mosquitto.StartAsync();
        using var phoneHome = new TestHome();
        await using var laptop = await Member.ArriveAsync("ana", mosquitto.Address);
        await using var bia = await Member.ArriveAsync("bia", mosquitto.Address);
        await laptop.UntilAsync<PersonChanged>(static change => change.Person.Who.Name == "bia");
        var direct = (await laptop.Client.OpenDirectAsync("bia", Stop))!;
        await laptop.SayAndHoldAsync("antes do celular", direct);
        await Linked.LinkAsync(laptop, mosquitto.Address, phoneHome, "celular");
        await using var phone = await Member.ArriveAsync("ana", mosquitto.Address, phoneHome.Path);
        await bia.SayAsync("oi ana", direct);
        await phone.UntilSaidAsync("oi ana");

        Assert.True(await laptop.Client.RemoveCopyAsync((await laptop.Client.CopiesAsync(Stop)).Single(static copy => copy.IsLinked).Copy, Stop));
        await laptop.SayAndHoldAsync("sem o celular", direct);
        await laptop.SayAndHoldAsync("fim", Room.General);
        await phone.UntilSaidAsync("fim");
        Assert.DoesNotContain("sem o celular", phone.Lines);
    }

    [Fact]
    public async Task A_room_that_only_a_computer_heard_of_which_was_taken_off_since_is_told_to_the_others()
    {
        await using var mosquitto = await Mosquitto.StartAsync();
        using var laptopHome = new TestHome();
        using var phoneHome = new TestHome();
        await using var bia = await Member.ArriveAsync("bia", mosquitto.Address);
        await using (var laptop = await Member.ArriveAsync("ana", mosquitto.Address, laptopHome.Path))
        {
            await Linked.LinkAsync(laptop, mosquitto.Address, phoneHome, "celular");
        }

        await using (var phone = await Member.ArriveAsync("ana", mosquitto.Address, phoneHome.Path))
        {
            await bia.UntilAsync<PersonChanged>(static change => change.Person.Who.Name == "ana");
            await bia.SayAsync("oi ana", (await bia.Client.OpenDirectAsync("ana", Stop))!);
            await phone.UntilSaidAsync("oi ana");
        }

        // What lies in its inbox is not what tells it.
        await mosquitto.KillAsync();
        await mosquitto.RestartAsync();
        await using var again = await Member.ArriveAsync("ana", mosquitto.Address, laptopHome.Path);
        Assert.True(await again.Client.RemoveCopyAsync((await again.Client.CopiesAsync(Stop)).Single(static copy => copy.IsLinked).Copy, Stop));
        await again.UntilSaidAsync("oi ana");
    }

    [Fact]
    public async Task A_room_that_a_computer_began_which_was_taken_off_since_is_told_to_the_others()
    {
        await using var mosquitto = await Mosquitto.StartAsync();
        using var laptopHome = new TestHome();
        using var phoneHome = new TestHome();
        await using var bia = await Member.ArriveAsync("bia", mosquitto.Address);
        await using (var laptop = await Member.ArriveAsync("ana", mosquitto.Address, laptopHome.Path))
        {
            await Linked.LinkAsync(laptop, mosquitto.Address, phoneHome, "celular");
        }

        Room den;
        await using (var phone = await Member.ArriveAsync("ana", mosquitto.Address, phoneHome.Path))
        {
            Assert.Equal(NameProblem.None, DisplayName.TryParse("toca", out var title));
            den = (await phone.Client.CreateRoomAsync(title!, sharesPast: false, Stop))!;
            Assert.Equal(MemberResult.Done, await phone.Client.InviteAsync(den, "bia", Stop));
            await bia.UntilAsync<RoomOpened>(opened => opened.Room == den);
            await phone.SayAndHoldAsync("oi bia", den);
        }

        await using var again = await Member.ArriveAsync("ana", mosquitto.Address, laptopHome.Path);
        Assert.True(await again.Client.RemoveCopyAsync((await again.Client.CopiesAsync(Stop)).Single(static copy => copy.IsLinked).Copy, Stop));
        await Eventually.IsAsync(() => again.Client.Joined.Contains(den), static () => "the laptop has not heard of the room");
    }

    private static int Removals(TestHome home) => home.Query("SELECT hex(body) FROM entries WHERE kind = 7")
        .Count(static body => Commit.TryRead(Convert.FromHexString(body), out var commit) && !commit.OwnList.IsEmpty);
}
