// Owns: reading keys of a terminal in raw mode on a thread of its own.
// Must never: block anything else, or take a lone escape for the beginning of a sequence that never comes.
using System.Threading.Channels;
using Papo.Chat;

namespace Papo.Terminal;

/// <summary>Keys into the events of a chat.</summary>
internal sealed class KeyPump
{
    private const int EscapeMilliseconds = 50;

    private readonly Descriptor _input;
    private readonly ChannelWriter<ChatEvent> _events;

    /// <summary>Starts reading.</summary>
    public KeyPump(Descriptor input, ChannelWriter<ChatEvent> events)
    {
        (_input, _events) = (input, events);
        new Thread(Run) { IsBackground = true, Name = "keys" }.Start();
    }

    private void Run()
    {
        var parser = new KeyParser();
        var buffer = new byte[16 * 1024];
        while (true)
        {
            if (parser.IsLoneEscape && !_input.CanRead(EscapeMilliseconds))
            {
                Post(new KeysEvent(parser.Flush()));
            }

            var count = _input.Read(buffer);
            if (count == 0)
            {
                Post(new TerminalClosedEvent());
                return;
            }

            var keys = parser.Parse(buffer.AsSpan(0, count));
            if (keys.Count > 0)
            {
                Post(new KeysEvent(keys));
            }
        }
    }

    // This thread exists to block: reading and waiting for room are all it does. A completed channel means that the chat has ended.
    private void Post(ChatEvent keys)
    {
        while (!_events.TryWrite(keys))
        {
            if (!_events.WaitToWriteAsync().AsTask().GetAwaiter().GetResult())
            {
                return;
            }
        }
    }
}
