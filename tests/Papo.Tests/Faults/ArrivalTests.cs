// Owns: what is asked of a client before it knows its space or is subscribed, and spaces that strangers make.
// Must never: depend on luck: a proxy holds the connection at the moment that is meant.
using System.Text;
using Papo.Client;
using Papo.Client.Wire;
using Papo.Protocol;
using Papo.Tests.World;

namespace Papo.Tests.Faults;

public sealed class ArrivalTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_message_for_a_known_space_under_a_new_address_is_called_safe_only_when_somebody_holds_it()
    {
        await using var mosquitto = await Mosquitto.StartAsync();
        await using var proxy = new Proxy(mosquitto.Port);
        await using var bia = await Member.ArriveAsync("bia", mosquitto.Address);
        using var home = new TestHome();
        await (await Member.ArriveAsync("ana", mosquitto.Address, home.Path)).DisposeAsync();

        await proxy.RefuseAsync();
        await using (var ana = await Member.OpenAsync("ana", proxy.Address, home.Path))
        {
            Assert.True(Room.TryFromWire("cozinha", out var kitchen));
            await ana.Client.JoinAsync(kitchen!, Stop);
            var number = await ana.SayAsync("por outro caminho");
            var safe = ana.Client.WaitSafeAsync(number, Member.Soon, Stop);
            proxy.Allow();

            var result = await safe;
            Assert.Equal(SafeOutcome.Held, result.Outcome);
            Assert.NotNull(result.Id);
            Assert.Equal(result.Id, (await bia.UntilSaidAsync("por outro caminho")).Id);
            await ana.UntilAsync<StateChanged>(change => change.Number == number && change.State == MessageState.Held);
            Assert.Contains(kitchen, ana.Client.Joined);
        }

        Assert.Equal(0, home.Waiting);
    }

    [Fact]
    public async Task A_room_joined_while_the_subscriptions_are_under_way_is_heard()
    {
        await using var mosquitto = await Mosquitto.StartAsync();
        await using var proxy = new Proxy(mosquitto.Port);
        using var home = new TestHome();
        await using var ana = await Member.ArriveAsync("ana", mosquitto.Address);
        Assert.True(Room.TryFromWire("cozinha", out var kitchen));
        await ana.Client.JoinAsync(kitchen!, Stop);
        await ana.UntilAsync<CaughtUp>(change => change.Room == kitchen);
        await (await Member.ArriveAsync("bia", proxy.Address, home.Path)).DisposeAsync();

        // Everything that comes after bia's subscriptions waits until she has joined.
        var subscribing = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        proxy.FromClient = piece =>
        {
            if (Encoding.ASCII.GetString(piece.Span).Contains("chat/general/#", StringComparison.Ordinal) && subscribing.TrySetResult())
            {
                proxy.Freeze();
            }
        };
        await using (var bia = await Member.OpenAsync("bia", proxy.Address, home.Path))
        {
            await subscribing.Task.WaitAsync(Member.Soon, Stop);
            await bia.Client.JoinAsync(kitchen!, Stop);
            proxy.Thaw();
            await bia.UntilAsync<CaughtUp>(change => change.Room == kitchen);
            await ana.SayAsync("na cozinha", kitchen);
            await bia.UntilSaidAsync("na cozinha");
        }
    }

    [Fact]
    public async Task A_mark_with_an_old_date_moves_nobody_who_has_heard_others()
    {
        await using var mosquitto = await Mosquitto.StartAsync();
        await using var proxy = new Proxy(mosquitto.Port);
        await using var ana = await Member.ArriveAsync("ana", mosquitto.Address);
        await using var bia = await Member.ArriveAsync("bia", proxy.Address);
        await ana.SayAndHoldAsync("oi, bia");
        await bia.SayAndHoldAsync("oi, ana");
        await using var stranger = await Stranger.ArriveAsync("caio", mosquitto.Address);
        var old = new SpaceCard(new SpaceId(1), 1_735_700_000_000);

        await stranger.PublishAsync(new PublishMessage("chat/_space", old.Encode()) { Qos = 0, Retain = true });
        var marks = new List<SpaceId>();
        while (!marks.Contains(stranger.Space))
        {
            Assert.True(SpaceCard.TryRead((await stranger.Device.MessageAsync()).Payload, out var mark));
            marks.Add(mark!.Space);
        }

        await stranger.PublishAsync(new PublishMessage("chat/_space", old.Encode()) { Qos = 0, Retain = true });
        proxy.Cut();
        await bia.UntilAsync<ConnectionChanged>(static change => !change.Connection.Up);
        await ana.SayAndHoldAsync("ainda aqui?");
        await bia.UntilSaidAsync("ainda aqui?");
        await bia.SayAndHoldAsync("ainda!");

        Assert.DoesNotContain(bia.Told.Concat(ana.Told), static change => change is Noticed { Notice.Kind: NoticeKind.SpaceChanged });
    }

    [Fact]
    public async Task A_room_full_of_strangers_keeps_no_member_from_writing()
    {
        await using var mosquitto = await Mosquitto.StartAsync();
        using var home = new TestHome();
        await using var bia = await Member.ArriveAsync("bia", mosquitto.Address);
        await (await Member.ArriveAsync("ana", mosquitto.Address, home.Path)).DisposeAsync();
        var logs = string.Join(", ", Enumerable.Range(0, Limits.LogsPerRoom).Select(static i => $"(1, randomblob(16), randomblob(16), 0)"));
        await using (var connection = new Microsoft.Data.Sqlite.SqliteConnection($"Data Source={home.Stores[0]};Pooling=False"))
        {
            await connection.OpenAsync(Stop);
            await using var command = connection.CreateCommand();
#pragma warning disable CA2100 // made above
            command.CommandText = "INSERT INTO logs (room, device, account, base) VALUES " + logs;
#pragma warning restore CA2100
            await command.ExecuteNonQueryAsync(Stop);
        }

        await using var ana = await Member.ArriveAsync("ana", mosquitto.Address, home.Path);
        await ana.SayAndHoldAsync("cheio, mas falo");
        await bia.UntilSaidAsync("cheio, mas falo");
    }

    [Fact]
    public async Task A_client_whose_changes_nobody_reads_still_ends()
    {
        await using var mosquitto = await Mosquitto.StartAsync();
        await using var ana = await Member.ArriveAsync("ana", mosquitto.Address);
        using var home = new TestHome();
        using var profile = home.Open("bia");
        var bia = await ChatClient.OpenAsync(new ChatOptions { Profile = profile, Broker = mosquitto.Address }, Stop);
        Assert.True(await bia.WaitConnectedAsync(Member.Soon, Stop));
        await ana.UntilAsync<PersonChanged>(static change => change.Person.Who.Name == "bia");

        for (var i = 0; i < 9_000; i++)
        {
            await ana.SayAsync("oi");
        }

        await bia.DisposeAsync().AsTask().WaitAsync(Member.Soon, Stop);
    }

    [Fact]
    public async Task A_newcomer_whose_first_peer_falls_silent_begins_with_the_page_of_another()
    {
        await using var mosquitto = await Mosquitto.StartAsync();
        await using var first = new Proxy(mosquitto.Port);
        await using var second = new Proxy(mosquitto.Port);
        await using var ana = await Member.ArriveAsync("ana", first.Address);
        await using var bia = await Member.ArriveAsync("bia", second.Address);
        await ana.SayAndHoldAsync("de antes");
        await ana.SayAndHoldAsync("e mais");

        // Whoever answers first falls silent then. The other one, asked next, gives the page.
        using var home = new TestHome();
        string inbox;
        using (var profile = home.Open("caio"))
        {
            inbox = $"chat/_i/{profile.Account}";
        }

        Proxy? silent = null;
        var other = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        foreach (var proxy in (Proxy[])[first, second])
        {
            proxy.FromClient = piece =>
            {
                if (!Encoding.ASCII.GetString(piece.Span).Contains(inbox, StringComparison.Ordinal))
                {
                    return;
                }

                if (Interlocked.CompareExchange(ref silent, proxy, null) is null)
                {
                    proxy.Freeze();
                }
                else if (silent != proxy)
                {
                    other.TrySetResult();
                }
            };
        }

        await using var caio = await Member.OpenAsync("caio", mosquitto.Address, home.Path);
        await other.Task.WaitAsync(Member.Soon, Stop);
        await caio.UntilSaidAsync("e mais");
        silent!.Thaw();
    }
}
