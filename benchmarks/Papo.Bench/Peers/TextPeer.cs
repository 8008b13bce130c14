// Owns: one connection to a chat server that speaks in text: what it says to come in, and which numbered messages it hears.
// Must never: parse more than it needs; what is measured is the server, and the least a client must do.
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Papo.Bench;

/// <summary>A member of the one room, over IRC (RFC 1459) or XMPP (RFC 6120, XEP-0045).</summary>
internal sealed class TextPeer : IAsyncDisposable
{
    private const int Digits = 6;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private readonly Socket _socket = new(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
    private readonly byte[] _buffer = new byte[65_536];
    private readonly bool _irc;
    private int _held;
    private Task _listening = Task.CompletedTask;

    private TextPeer(bool irc) => _irc = irc;

    /// <summary>Hears the number of each message of others.</summary>
    public Action<int> Heard { get; set; } = static _ => { };

    public static async Task<TextPeer> ArriveAsync(PeerServer server, string name)
    {
        var peer = new TextPeer(server.Kind is "ngircd" or "inspircd");
        await peer._socket.ConnectAsync(IPAddress.Loopback, server.Port);
        await (peer._irc ? peer.ComeByIrcAsync(name) : peer.ComeByXmppAsync(name));
        peer._listening = peer.ListenAsync();
        return peer;
    }

    /// <summary>Says a numbered message of <see cref="Pace.TextSize"/> characters.</summary>
    public async Task SayAsync(int number)
    {
        var text = $"~{number.ToString("D" + Digits, System.Globalization.CultureInfo.InvariantCulture)}~".PadRight(Pace.TextSize, '.');
        await SendAsync(_irc ? $"PRIVMSG #bench :{text}\r\n" : $"<message to='bench@rooms.localhost' type='groupchat'><body>{text}</body></message>");
    }

    public async ValueTask DisposeAsync()
    {
        _socket.Dispose();
        await _listening;
    }

    private async Task ComeByIrcAsync(string name)
    {
        await SendAsync($"NICK {name}\r\nUSER {name} 0 * :{name}\r\n");
        await UntilAsync(" 376 ", " 422 ");
        await SendAsync("JOIN #bench\r\n");
        await UntilAsync(" 366 ");
    }

    private async Task ComeByXmppAsync(string name)
    {
        const string Open = "<stream:stream to='localhost' xmlns='jabber:client' xmlns:stream='http://etherx.jabber.org/streams' version='1.0'>";
        await SendAsync(Open);
        await UntilAsync("</stream:features>");
        await SendAsync("<auth xmlns='urn:ietf:params:xml:ns:xmpp-sasl' mechanism='ANONYMOUS'/>");
        await UntilAsync("<success");
        await SendAsync(Open);
        await UntilAsync("</stream:features>");
        await SendAsync("<iq type='set' id='b'><bind xmlns='urn:ietf:params:xml:ns:xmpp-bind'/></iq>");
        await UntilAsync("</bind>");
        await SendAsync($"<presence to='bench@rooms.localhost/{name}'><x xmlns='http://jabber.org/protocol/muc'><history maxstanzas='0'/></x></presence>");
        await UntilAsync("'110'", "\"110\"");

        // Whoever comes first has to open the room; from the others it is refused, which changes nothing.
        await SendAsync("<iq to='bench@rooms.localhost' type='set' id='c'><query xmlns='http://jabber.org/protocol/muc#owner'><x xmlns='jabber:x:data' type='submit'/></query></iq>");
    }

    private async Task SendAsync(string text) => await _socket.SendAsync(Encoding.UTF8.GetBytes(text));

    private async Task UntilAsync(params string[] wanted)
    {
        using var patience = new CancellationTokenSource(Patience, TimeProvider.System);
        var heard = new StringBuilder();
        while (!wanted.Any(heard.ToString().Contains))
        {
            var length = await _socket.ReceiveAsync(_buffer, patience.Token);
            if (length == 0)
            {
                throw new InvalidOperationException($"the server ended the connection: {heard}");
            }

            heard.Append(Encoding.UTF8.GetString(_buffer, 0, length));
        }
    }

    private async Task ListenAsync()
    {
        try
        {
            while (await _socket.ReceiveAsync(_buffer.AsMemory(_held)) is var length and > 0)
            {
                Scan(_held + length);
            }
        }
        catch (Exception over) when (over is SocketException or ObjectDisposedException)
        {
            // The run is over.
        }
    }

    private void Scan(int length)
    {
        var from = 0;
        while (_buffer.AsSpan(from, length - from).IndexOf((byte)'~') is var at and >= 0 && from + at + Digits + 1 < length)
        {
            from += at + 1;
            if (_buffer[from + Digits] == '~' && System.Buffers.Text.Utf8Parser.TryParse(_buffer.AsSpan(from, Digits), out int number, out var read) && read == Digits)
            {
                from += Digits + 1;
                Heard(number);
            }
        }

        // A number may be cut in two.
        _held = Math.Min(length - from, Digits + 2);
        _buffer.AsSpan(length - _held, _held).CopyTo(_buffer);
    }
}
