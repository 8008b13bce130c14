// Owns: the tests of an archive in PostgreSQL: the same promises as one in a file, and what happens when the server dies.
// Must never: use the system's own clusters.
using Papo.Client;
using Papo.Client.Store;
using Papo.Hub;
using Papo.Protocol;
using Papo.Tests.World;

namespace Papo.Tests.Hub;

public sealed class PostgresArchiveTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_was_said_is_in_the_database_and_comes_back_to_a_newcomer()
    {
        await using var server = await PostgresServer.StartAsync();
        await using var mosquitto = await Mosquitto.StartAsync();
        using var home = new TestHome();
        await using (await HubAsync(mosquitto, server, home))
        {
            await using var ana = await Member.ArriveAsync("ana", mosquitto.Address);
            await ana.SayAndHoldAsync("São João é amanhã");
            await ana.SayAndHoldAsync("oi, gente");
        }

        await using var hub = await HubAsync(mosquitto, server, home);
        await using var bia = await Member.ArriveAsync("bia", mosquitto.Address);
        var page = await bia.Client.HistoryAsync(Room.General, new HistoryQuery(50), TimeSpan.FromSeconds(5), Stop);

        Assert.Equal(["São João é amanhã", "oi, gente"], page.Messages.Select(static message => message.Text));
        Assert.Equal(["São João é amanhã"], (await hub.Client.SearchAsync("sao joa", null, null, 10, TimeSpan.Zero, Stop)).Messages.Select(static message => message.Text));
        Assert.Equal(["São João é amanhã"], (await hub.Client.SearchAsync("amanha", Room.General, "ana", 10, TimeSpan.Zero, Stop)).Messages.Select(static message => message.Text));
    }

    [Fact]
    public async Task A_deleted_text_is_gone_from_table_and_index()
    {
        await using var server = await PostgresServer.StartAsync();
        await using var mosquitto = await Mosquitto.StartAsync();
        using var home = new TestHome();
        await using var hub = await HubAsync(mosquitto, server, home);
        await using var ana = await Member.ArriveAsync("ana", mosquitto.Address);
        var said = await ana.SayAndHoldAsync("a senha é jabuticaba");
        Assert.Single((await hub.Client.SearchAsync("jabuticaba", null, null, 10, TimeSpan.Zero, Stop)).Messages);
        Assert.Single(await server.InSpaceAsync("SELECT pos FROM words WHERE text @@ '''jabuticaba'''::tsquery"));

        var deleted = await ana.Client.SendAsync(Room.General, new Draft("") { Kind = MessageKind.Delete, Target = said.Id }, Stop);
        await ana.UntilAsync<StateChanged>(change => change.Number == deleted.Number && change.State == MessageState.Held);

        Assert.Empty((await hub.Client.SearchAsync("jabuticaba", null, null, 10, TimeSpan.Zero, Stop)).Messages);
        Assert.Empty(await server.InSpaceAsync("SELECT pos FROM words WHERE text @@ '''jabuticaba'''::tsquery"));
        Assert.Equal(["0"], await server.InSpaceAsync("SELECT count(*) FROM entries WHERE position('jabuticaba'::bytea in body) > 0"));
    }

    [Fact]
    public async Task When_the_server_is_killed_the_chat_goes_on_and_the_archive_has_all_of_it_once_afterwards()
    {
        await using var server = await PostgresServer.StartAsync();
        await using var mosquitto = await Mosquitto.StartAsync();
        using var home = new TestHome();
        await using var hub = await HubAsync(mosquitto, server, home);
        await using var ana = await Member.ArriveAsync("ana", mosquitto.Address);
        await using var bia = await Member.ArriveAsync("bia", mosquitto.Address);
        for (var i = 0; i < 300; i++)
        {
            await ana.SayAsync($"ana {i}");
            if (i == 100)
            {
                await server.KillAsync();
            }
        }

        await hub.UntilAsync<Noticed>(static change => change.Notice.Kind == NoticeKind.StoreFailed);
        await bia.UntilSaidAsync("ana 299");
        await server.StartAgainAsync();
        await hub.UntilAsync<Noticed>(static change => change.Notice.Kind == NoticeKind.StoreRecovered);
        await ana.SayAndHoldAsync("fim");
        Assert.Equal(0, await hub.Client.CatchUpAsync(null, TimeSpan.FromSeconds(20), Stop));

        Assert.Equal(["301"], await server.InSpaceAsync("SELECT count(*) FROM entries WHERE shown = 1"));
        Assert.Equal(["0"], await server.InSpaceAsync("SELECT count(*) - count(DISTINCT (device, seq)) FROM entries"));
    }

    [Fact]
    public async Task Two_replicas_of_one_home_share_a_database_and_keep_each_message_once()
    {
        await using var server = await PostgresServer.StartAsync();
        await using var mosquitto = await Mosquitto.StartAsync();
        using var home = new TestHome();
        await using var stays = await HubAsync(mosquitto, server, home);
        await using var ana = await Member.ArriveAsync("ana", mosquitto.Address);
        await using (var goes = await HubAsync(mosquitto, server, home))
        {
            Assert.NotEqual(stays.Slot, goes.Slot);
            for (var i = 0; i < 100; i++)
            {
                await ana.SayAsync($"com as duas {i}");
            }

            await ana.SayAndHoldAsync("ainda com as duas");
        }

        for (var i = 0; i < 100; i++)
        {
            await ana.SayAsync($"com uma {i}");
        }

        await ana.SayAndHoldAsync("fim");
        Assert.Equal(0, await stays.Client.CatchUpAsync(null, TimeSpan.FromSeconds(20), Stop));
        Assert.Equal(["202"], await server.InSpaceAsync("SELECT count(*) FROM entries WHERE shown = 1"));
        Assert.Equal(["0"], await server.InSpaceAsync("SELECT count(*) - count(DISTINCT (device, seq)) FROM entries"));
    }

    [Fact]
    public async Task Without_its_server_a_hub_does_not_start_and_says_why()
    {
        await using var server = await PostgresServer.StartAsync();
        var place = server.Place;
        await server.KillAsync();

        var failure = Assert.Throws<ProfileException>(place.Check);

        Assert.Equal(ProfileProblem.ArchiveAway, failure.Problem);
        Assert.DoesNotContain("papo@", failure.Path, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_second_hub_on_the_same_archive_is_refused()
    {
        await using var server = await PostgresServer.StartAsync();
        using var first = server.Place.Open(Cast.Home, slot: 0);

        var failure = Assert.Throws<ProfileException>(() => server.Place.Open(Cast.Home, slot: 0));

        Assert.Equal(ProfileProblem.ArchiveInUse, failure.Problem);
    }

    [Fact]
    public async Task A_batch_that_was_not_committed_is_not_there()
    {
        await using var server = await PostgresServer.StartAsync();
        using (var store = new SpaceStore(server.Place.Open(Cast.Home, slot: 0)))
        {
            var kept = store.Rooms.Get(Room.General);
            store.Commit();
            store.Rooms.Join(kept.No);
            store.Meta.SetNumber("one", 1);
            store.Rollback();
            Assert.Equal(0, store.Meta.Number("one"));
            Assert.False(store.Rooms.Get(Room.General).Joined);
            store.Rooms.Join(kept.No);
        }

        using var again = new SpaceStore(server.Place.Open(Cast.Home, slot: 0));
        Assert.Equal([(Room.General, false)], again.Rooms.All().Select(static row => (row.Room, row.Joined)));
    }

    [Fact]
    public void An_address_keeps_its_password_to_itself()
    {
        Assert.True(PostgresAddress.TryParse("postgres://ana:se%40nha@banco.casa:5433/arquivo?sslmode=require", out var address));

        Assert.Equal("postgres://banco.casa:5433/arquivo", address.ToString());
        Assert.Contains("Password=se@nha", address.ConnectionString, StringComparison.Ordinal);
        Assert.Contains("SSL Mode=Require", address.ConnectionString, StringComparison.Ordinal);
        Assert.False(PostgresAddress.TryParse("postgres://banco/x?pool=yes", out _));
        Assert.False(PostgresAddress.TryParse("mysql://banco/x", out _));
    }

    [Theory]
    [InlineData("São João, 24 de junho", "sao", "joao", "24", "de", "junho")]
    [InlineData("ÀÉÎÕÜ çÑ ŁÓDŹ", "aeiou", "cn", "łodz")]
    [InlineData("cafe\u0301 d'água", "cafe", "d", "agua")]
    [InlineData("Tiếng Việt ǎ ễ", "tieng", "viet", "a", "e")]
    [InlineData("don't-panic: 𝒳 日本", "don", "t", "panic", "𝒳", "日本")]
    [InlineData("'; DROP TABLE words; --", "drop", "table", "words")]
    public void Words_are_folded_and_nothing_but_letters_and_digits(string text, params string[] words) => Assert.Equal(words, FoldedWords.Of(text));

    private static Task<Member> HubAsync(Mosquitto mosquitto, PostgresServer server, TestHome home) =>
        Member.ArriveAsync("casa", mosquitto.Address, home.Path, options => options with { Hub = new HubRole("Casa") { Open = server.Place.Open } });
}
