// Owns: edits, reactions and deletions: only the author's count, and a deleted text is gone from every disk.
// Must never: take the client's word for it; the files are searched.
using Papo.Client;
using Papo.Protocol;
using Papo.Tests.World;

namespace Papo.Tests.Faults;

public sealed class AmendmentTests
{
    private const string Secret = "segredo-jabuticaba";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_deleted_text_is_gone_from_every_store_also_of_a_member_who_was_away()
    {
        await using var broker = await DeafBroker.StartAsync("caio");
        using var biasHome = new TestHome();
        using var caiosHome = new TestHome();
        using var anasHome = new TestHome();
        await using var ana = await Member.ArriveAsync("ana", broker.Address, anasHome.Path);
        await using var bia = await Member.ArriveAsync("bia", broker.Address, biasHome.Path);
        await (await broker.ArriveDeafAsync("caio", caiosHome.Path)).DisposeAsync();
        var said = await ana.SayAndHoldAsync(Secret);
        await EditAsync(ana, said.Id!.Value, Secret + " corrigido");
        await bia.UntilAsync<MessageAmended>(static change => change.Target?.Edited == true);
        Assert.Single((await bia.Client.SearchAsync("jabuticaba", null, null, 10, TimeSpan.Zero, Stop)).Messages);
        Assert.True(biasHome.Contains("jabuticaba"));

        await DeleteAsync(ana, said.Id.Value);
        await bia.UntilAsync<MessageAmended>(static change => change.Target?.Deleted == true);
        await using (var caio = await broker.ArriveDeafAsync("caio", caiosHome.Path))
        {
            var page = await caio.Client.HistoryAsync(Room.General, new HistoryQuery(10), TimeSpan.FromSeconds(5), Stop);
            Assert.Equal([null], page.Messages.Select(static message => message.Text));
            Assert.True(page.Messages[0].Deleted);
            Assert.True(page.Complete);
        }

        Assert.Empty((await bia.Client.SearchAsync("jabuticaba", null, null, 10, TimeSpan.Zero, Stop)).Messages);
        Assert.Empty((await bia.Client.SearchAsync("segredo", null, null, 10, TimeSpan.Zero, Stop)).Messages);
        Assert.All(new[] { anasHome, biasHome, caiosHome }, static home => Assert.False(home.Contains("jabuticaba")));
    }

    [Fact]
    public async Task A_message_that_its_author_deletes_twice_is_gone_and_everybody_goes_on()
    {
        await using var mosquitto = await Mosquitto.StartAsync();
        await using var ana = await Member.ArriveAsync("ana", mosquitto.Address);
        await using var bia = await Member.ArriveAsync("bia", mosquitto.Address);
        var said = (await ana.SayAndHoldAsync(Secret)).Id!.Value;
        await bia.UntilSaidAsync(Secret);
        foreach (var member in new[] { ana, bia })
        {
            Assert.Single((await member.Client.SearchAsync("jabuticaba", null, null, 10, TimeSpan.Zero, Stop)).Messages); // it is indexed now
        }

        await DeleteAsync(ana, said);
        await DeleteAsync(ana, said);
        await ana.SayAndHoldAsync("fim");
        await bia.UntilSaidAsync("fim");

        foreach (var member in new[] { ana, bia })
        {
            var page = await member.Client.HistoryAsync(Room.General, new HistoryQuery(10), TimeSpan.FromSeconds(1), Stop);
            Assert.Equal([null, "fim"], page.Messages.Select(static message => message.Text));
            Assert.DoesNotContain(member.Told, static change => change is Noticed { Notice.Kind: NoticeKind.StoreFailed });
        }
    }

    [Fact]
    public async Task A_text_deleted_before_it_was_sent_never_goes_out_and_refuses_nobody()
    {
        await using var mosquitto = await Mosquitto.StartAsync();
        await using var proxy = new Proxy(mosquitto.Port);
        using var home = new TestHome();
        await using var bia = await Member.ArriveAsync("bia", mosquitto.Address);
        await using (var ana = await Member.ArriveAsync("ana", proxy.Address, home.Path))
        {
            await ana.SayAndHoldAsync("oi");
            proxy.Freeze();
            var number = await ana.SayAsync(Secret);
            var message = (await ana.UntilAsync<MessageArrived>(change => change.Message.Number == number)).Message;
            await DeleteAsync(ana, message.Id!.Value);
            await proxy.RefuseAsync();
            proxy.Thaw();
            await ana.UntilAsync<ConnectionChanged>(static change => !change.Connection.Up);
        }

        proxy.Allow();
        await using (var ana = await Member.ArriveAsync("ana", proxy.Address, home.Path))
        {
            await ana.SayAndHoldAsync("de volta");
            await bia.UntilSaidAsync("de volta");
            Assert.DoesNotContain(bia.Told, static change => change is Noticed { Notice.Kind: NoticeKind.BadSignature });
            Assert.DoesNotContain(Secret, bia.Lines);
        }

        Assert.False(home.Contains(Secret));
    }

    [Fact]
    public async Task Edits_and_deletions_by_others_change_nothing_and_are_refused_where_they_are_made()
    {
        await using var mosquitto = await Mosquitto.StartAsync();
        await using var ana = await Member.ArriveAsync("ana", mosquitto.Address);
        await using var bia = await Member.ArriveAsync("bia", mosquitto.Address);
        await using var caio = await Stranger.ArriveAsync("caio", mosquitto.Address);
        var said = (await ana.SayAndHoldAsync("verdade")).Id!.Value;

        foreach (var kind in new[] { MessageKind.Edit, MessageKind.Delete })
        {
            Assert.Equal(SendProblem.NotYours, (await bia.Client.SendAsync(Room.General, new Draft("x") { Kind = kind, Target = said }, Stop)).Problem);
        }

        await caio.SayAsync("mentira", EntryKind.Edit, said);
        await caio.SayAsync("", EntryKind.Delete, said);
        await caio.SayAsync("👍", EntryKind.Reaction, said);
        await bia.UntilAsync<MessageAmended>(static change => change.Amendment.Kind == MessageKind.Reaction);

        var page = await bia.Client.HistoryAsync(Room.General, new HistoryQuery(10), TimeSpan.FromSeconds(1), Stop);
        var message = Assert.Single(page.Messages);
        Assert.Equal(("verdade", false, false), (message.Text, message.Edited, message.Deleted));
        Assert.Equal(["caio"], Assert.Single(message.Reactions).Who);
    }

    [Fact]
    public async Task A_deletion_that_comes_before_its_message_and_an_edit_that_comes_after_leave_nothing()
    {
        await using var mosquitto = await Mosquitto.StartAsync();
        using var home = new TestHome();
        await using var caio = await ArriveWithAsync(mosquitto, home);
        await using var bia = await Member.ArriveAsync("bia", mosquitto.Address, home.Path);
        await caio.SayAsync("oi");
        var secret = caio.Sign(Secret);
        var edit = caio.Sign(Secret + " editado", EntryKind.Edit, secret.Id);
        var delete = caio.Sign("", EntryKind.Delete, secret.Id);

        await caio.PublishAsync(delete);
        await caio.PublishAsync(secret);
        await caio.PublishAsync(edit);
        await caio.SayAsync("fim");
        await bia.UntilSaidAsync("fim");

        var page = await bia.Client.HistoryAsync(Room.General, new HistoryQuery(10), TimeSpan.FromSeconds(1), Stop);
        Assert.Equal(["oi", null, "fim"], page.Messages.Select(static message => message.Text));
        Assert.False(home.Contains(Secret));
    }

    private static async Task<Stranger> ArriveWithAsync(Mosquitto mosquitto, TestHome home)
    {
        await (await Member.ArriveAsync("bia", mosquitto.Address, home.Path)).DisposeAsync();
        return await Stranger.ArriveAsync("caio", mosquitto.Address);
    }

    private static async Task EditAsync(Member member, EntryId target, string text) =>
        Assert.Null((await member.Client.SendAsync(Room.General, new Draft(text) { Kind = MessageKind.Edit, Target = target }, Stop)).Problem);

    private static async Task DeleteAsync(Member member, EntryId target) =>
        Assert.Null((await member.Client.SendAsync(Room.General, new Draft("") { Kind = MessageKind.Delete, Target = target }, Stop)).Problem);
}
