// Owns: the vectors of links.
// Must never: use the clock or randomness.
using Papo.Client;
using Papo.Client.Wire;
using Papo.Protocol;
using Papo.Tests.Protocol.PrivateRooms;

namespace Papo.Tests.Protocol.Vectors;

internal static class LinkVectors
{
    private static readonly LinkToken Token = LinkToken.TryRead(Sealed.Bytes("token", LinkToken.Size), out var token) ? token : throw new InvalidOperationException();

    public static VectorFile Links()
    {
        var file = new VectorFile();
        var open = new InviteLink { Broker = Broker("mqtt://192.168.1.42"), Space = Cast.Home, Room = Room.General };
        Add("open room", "An open room on a plain broker.", open);
        Add("secure", "A WebSocket with a key of its own and another root.", open with { Broker = Broker("wss://chat.example.org/casa"), Root = "casa", BrokerKey = Convert.ToHexStringLower(Sealed.Bytes("broker key", 32)) });
        Add("private room", "A private room, for the first one who presents it.", open with { Room = Sealed.Den.Room, Account = Cast.Ana.Account, Token = Token });
        var enter = EnterRequest.Make(Cast.Home, Cast.Ana.Device, Cast.Bia.Device, Sealed.Den.Room, Token);
        file.Add("enter", "bia's device asks ana's to be let in.",
            ("token", Token.Secret), ("tokenId", Token.Id.ToBytes()), ("space", Cast.Home.ToBytes()), ("room", Sealed.Den.Room.Name), ("target", Cast.Ana.Device.ToBytes()), ("asker", Cast.Bia.Device.ToBytes()),
            ("proof", enter.Proof), ("nonce", Cast.Nonce), ("deviceSeed", Cast.Bia.DeviceKeys.Seed), ("bytes", new Request(Cast.Bia.Card, enter).Sign(Cast.Home, Cast.Ana.Device, Cast.Nonce, Cast.Bia.DeviceKeys)));
        AddLinking(file);
        return file;

        void Add(string name, string sentence, InviteLink link) => file.Add(name, sentence,
            ("broker", link.Broker.ToString()), ("space", link.Space.ToBytes()), ("room", link.Room?.Name), ("root", link.Root), ("brokerKey", link.BrokerKey),
            ("account", link.Account?.ToBytes()), ("token", link.Token?.Secret.ToArray()), ("link", link.ToString()));
    }

    private static void AddLinking(VectorFile file)
    {
        file.Add("one more computer", "A link for one more copy of ana's account.", ("account", Cast.Ana.Account.ToBytes()), ("device", Cast.Ana.Device.ToBytes()), ("token", Token.Secret),
            ("link", new InviteLink { Broker = Broker("mqtt://192.168.1.42"), Space = Cast.Home, Account = Cast.Ana.Account, Device = Cast.Ana.Device, Token = Token }.ToString()));
        var copy = new LinkedCopy(Sealed.CopyOf(Cast.Caio), [Cast.Caio.DeviceKeys.Public], Cast.Name("celular"));
        var ask = LinkRequest.Make(Cast.Home, Cast.Ana.Device, Cast.Bia.Device, copy, Token);
        AddRequest("link", "A copy asks ana's device to be linked.", ask, ("body", ask.Body), ("proof", ask.Proof), ("codeNonce", Cast.Nonce), ("code", LinkedCopy.Code(Cast.Home, Cast.Ana.Device, Cast.Bia.Device, ask.Body.Span, Cast.Nonce)));
        var card = DeviceCard.Make(Cast.Home, Cast.Ana.AccountKeys, Cast.Caio.DeviceKeys.Public, Cast.Ana.Card.Name, Cast.Now, copy.Copy);
        var rooms = (KnownRoom[])[new(Room.General, null, null), new(Sealed.AnaAndBia, Cast.Bia.Account, null), new(Sealed.Den.Room, null, Sealed.Den)];
        file.Add("asked", "The answer before a person has confirmed.", ("answer", new LinkAnswer(Cast.Nonce, Cast.Ana.Card.Name, [], []).Encode()));
        file.Add("granted", "The answer afterwards.", ("answer", new LinkAnswer(Cast.Nonce, Cast.Ana.Card.Name, [card.Bytes], rooms).Encode()));
        AddRequest("renew", "A linked copy wants to be listed with its prekey.", new RenewRequest(Sealed.PrekeyOf(Cast.Caio).Public, Cast.Now, "celular"));
        AddRequest("rooms", "A copy asks another one for the rooms that it is in.", new RoomsRequest());

        void AddRequest(string name, string sentence, RequestBody body, params (string, object?)[] more) => file.Add(name, sentence,
            [("target", Cast.Ana.Device.ToBytes()), ("nonce", Cast.Nonce), ("deviceSeed", Cast.Bia.DeviceKeys.Seed), .. more, ("bytes", new Request(Cast.Bia.Card, body).Sign(Cast.Home, Cast.Ana.Device, Cast.Nonce, Cast.Bia.DeviceKeys))]);
    }

    private static BrokerAddress Broker(string text) => BrokerAddress.TryParse(text, out var address, out _) ? address : throw new ArgumentException(text);
}
