// Owns: links into private rooms through a real broker: good once, for one, for a time, and never readable on the wire.
// Must never: look inside; these tests see what a user of the library sees, and what a broker does.
using Papo.Client;
using Papo.Protocol;
using Papo.Tests.World;

namespace Papo.Tests.Chat;

public sealed class LinkTests
{
    private static readonly TimeSpan Day = TimeSpan.FromHours(24);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_bearer_of_a_link_is_let_in_once_and_its_secret_is_never_on_the_wire()
    {
        await using var mosquitto = await Mosquitto.StartAsync();
        await using var tap = await Wiretap.StartAsync(mosquitto.Address);
        await using var ana = await Member.ArriveAsync("ana", mosquitto.Address);
        await using var bia = await Member.ArriveAsync("bia", mosquitto.Address);
        await using var caio = await Member.ArriveAsync("caio", mosquitto.Address);
        var room = await MakeAsync(ana);
        var link = (await ana.Client.LinkAsync(room, Day, Stop))!;
        Assert.True(InviteLink.TryParse(link.ToString(), out link!));

        Assert.Equal(EnterResult.Done, await bia.Client.EnterAsync(link, Member.Soon, Stop));
        await ana.UntilAsync<Noticed>(static change => change.Notice is { Kind: NoticeKind.CameByLink, Text: "bia" });
        await bia.SayAsync("cheguei", room);
        await ana.UntilSaidAsync("cheguei");
        Assert.Equal(EnterResult.Done, await bia.Client.EnterAsync(link, Member.Soon, Stop)); // her answer may have been lost
        Assert.Equal(EnterResult.Used, await caio.Client.EnterAsync(link, Member.Soon, Stop));
        Assert.DoesNotContain(room, caio.Client.Joined);
        Assert.Equal("bia", Assert.Single(await ana.Client.LinksAsync(Stop)).UsedBy?.Name);
        Assert.False(tap.Heard(link.Token!.ToText()));
        Assert.DoesNotContain(Convert.ToHexString(link.Token.Secret.Span), tap.Everything, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task A_link_outlives_the_program_that_made_it_and_whoever_was_removed_is_not_let_in_again()
    {
        await using var mosquitto = await Mosquitto.StartAsync();
        using var home = new TestHome();
        await using var bia = await Member.ArriveAsync("bia", mosquitto.Address);
        Room room;
        InviteLink link;
        await using (var before = await Member.ArriveAsync("ana", mosquitto.Address, home.Path))
        {
            room = await MakeAsync(before);
            link = (await before.Client.LinkAsync(room, Day, Stop))!;
        }

        var entering = bia.Client.EnterAsync(link, Member.Soon, Stop);
        await using var ana = await Member.ArriveAsync("ana", mosquitto.Address, home.Path);
        Assert.Equal(EnterResult.Done, await entering);
        Assert.Equal(MemberResult.Done, await ana.Client.RemoveAsync(room, "bia", Stop));
        await bia.UntilAsync<Noticed>(static change => change.Notice.Kind == NoticeKind.RemovedFromRoom);
        Assert.Equal(EnterResult.Expired, await bia.Client.EnterAsync(link, Member.Soon, Stop));
    }

    [Fact]
    public async Task Links_that_are_over_taken_back_or_made_up_let_nobody_in()
    {
        await using var mosquitto = await Mosquitto.StartAsync();
        await using var ana = await Member.ArriveAsync("ana", mosquitto.Address);
        await using var bia = await Member.ArriveAsync("bia", mosquitto.Address);
        var room = await MakeAsync(ana);
        var link = (await ana.Client.LinkAsync(room, Day, Stop))!;
        var other = (await ana.Client.LinkAsync(room, Day, Stop))!;
        Assert.Equal(2, (await ana.Client.LinksAsync(Stop)).Count);
        Assert.True(await ana.Client.RevokeLinkAsync(other.Token!.Id, Stop));
        Assert.False(await ana.Client.RevokeLinkAsync(other.Token.Id, Stop));

        Assert.Equal(EnterResult.Refused, await bia.Client.EnterAsync(other, Member.Soon, Stop));
        Assert.Equal(EnterResult.Refused, await bia.Client.EnterAsync(link with { Token = LinkToken.Generate() }, Member.Soon, Stop));
        Assert.Equal(EnterResult.OtherSpace, await bia.Client.EnterAsync(link with { Space = default }, Member.Soon, Stop));
        Assert.Equal(EnterResult.NobodyThere, await bia.Client.EnterAsync(link with { Account = bia.Client.Me.Account }, TimeSpan.FromSeconds(1), Stop));
        var over = (await ana.Client.LinkAsync(room, -Day, Stop))!;
        Assert.Equal(EnterResult.Expired, await bia.Client.EnterAsync(over, Member.Soon, Stop));
        Assert.DoesNotContain(room, bia.Client.Joined);
    }

    [Fact]
    public async Task Only_an_admin_makes_links_and_none_lead_into_direct_messages()
    {
        await using var mosquitto = await Mosquitto.StartAsync();
        await using var ana = await Member.ArriveAsync("ana", mosquitto.Address);
        await using var bia = await Member.ArriveAsync("bia", mosquitto.Address);
        var room = await MakeAsync(ana);
        Assert.Equal(EnterResult.Done, await bia.Client.EnterAsync((await ana.Client.LinkAsync(room, Day, Stop))!, Member.Soon, Stop));
        Assert.Null(await bia.Client.LinkAsync(room, Day, Stop));
        Assert.Null(await bia.Client.LinkAsync((await bia.Client.OpenDirectAsync("ana", Stop))!, Day, Stop));
        Assert.Null((await bia.Client.LinkAsync(Room.General, Day, Stop))!.Token);
    }

    private static async Task<Room> MakeAsync(Member ana)
    {
        Assert.Equal(NameProblem.None, DisplayName.TryParse("toca", out var name));
        return (await ana.Client.CreateRoomAsync(name!, sharesPast: false, Stop))!;
    }
}
