// Owns: what a network or a broker spoils of the messages that open private rooms: lists of keys, and the word that there is a room.
// Must never: let the connection break over it; a new one would begin with all of this anyway.
using System.Text;
using Papo.Client.Wire;
using Papo.Protocol;
using Papo.Tests.World;

namespace Papo.Tests.Faults;

public sealed class SpoiltOnTheWayTests
{
    private static readonly Topics Names = Topics.TryMake("chat", out var topics) ? topics : throw new InvalidOperationException("the default prefix is one");

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_list_of_keys_that_comes_spoilt_is_asked_for_again_and_what_waits_for_it_goes_out()
    {
        await using var mosquitto = await Mosquitto.StartAsync();
        await using var proxy = new Proxy(mosquitto.Address.Port);
        await using var bia = await Member.ArriveAsync("bia", mosquitto.Address);
        var spoilt = Spoil(proxy, Names.DeviceList(bia.Client.Me.Account!.Value), 1);
        await using var ana = await Member.ArriveAsync("ana", proxy.Address);

        await ana.SayAsync("oi bia", (await ana.Client.OpenDirectAsync("bia", Stop))!);
        await bia.UntilSaidAsync("oi bia");
        Assert.True(spoilt());
    }

    [Fact]
    public async Task Nonsense_that_a_broker_shows_for_a_list_of_keys_is_replaced_by_its_owner()
    {
        await using var mosquitto = await Mosquitto.StartAsync();
        await using var bia = await Member.ArriveAsync("bia", mosquitto.Address);
        await using var caio = await Stranger.ArriveAsync("caio", mosquitto.Address);
        await caio.PublishAsync(new PublishMessage(Names.DeviceList(bia.Client.Me.Account!.Value), "nonsense"u8.ToArray()) { Retain = true });
        await using var ana = await Member.ArriveAsync("ana", mosquitto.Address);

        await ana.SayAsync("oi bia", (await ana.Client.OpenDirectAsync("bia", Stop))!);
        await bia.UntilSaidAsync("oi bia");
    }

    [Fact]
    public async Task Whoever_is_told_of_a_room_in_vain_and_asks_in_vain_asks_again()
    {
        await using var mosquitto = await Mosquitto.StartAsync();
        await using var proxy = new Proxy(mosquitto.Address.Port);
        using var phoneHome = new TestHome();
        await using var bia = await Member.ArriveAsync("bia", mosquitto.Address);
        await using var laptop = await Member.ArriveAsync("ana", mosquitto.Address);
        await Linked.LinkAsync(laptop, mosquitto.Address, phoneHome, "celular");
        await using var phone = await Member.ArriveAsync("ana", proxy.Address, phoneHome.Path);
        await laptop.SayAndHoldAsync("estou aqui", Room.General);
        await phone.UntilSaidAsync("estou aqui");

        var spoilt = Spoil(proxy, Genesis.Direct(phone.Client.Me.Account!.Value, bia.Client.Me.Account!.Value).Name, 3); // the word, and what is answered
        await laptop.SayAsync("oi bia", (await laptop.Client.OpenDirectAsync("bia", Stop))!);
        await phone.UntilSaidAsync("oi bia");
        Assert.True(spoilt());
    }

    // Turns a bit of the first words like these that come from the broker; tells whether there were so many.
    private static Func<bool> Spoil(Proxy proxy, string words, int times)
    {
        var bytes = Encoding.UTF8.GetBytes(words);
        var left = times;
        proxy.FromServer = piece =>
        {
            for (int at; left > 0 && (at = piece.Span.IndexOf(bytes)) >= 0; left--)
            {
                piece.Span[at + bytes.Length - 1] ^= 1;
            }
        };
        return () => left == 0;
    }
}
