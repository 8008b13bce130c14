// Owns: looking for chats nearby and telling what is there now.
// Must never: connect to any of them, or put anything in words.
using System.Threading.Channels;

namespace Papo.Client.Discovery;

/// <summary>Finds chats and brokers by DNS-SD over multicast DNS (docs/PROTOCOL.md, Being found).</summary>
public sealed class Browser : IAsyncDisposable
{
    private readonly MulticastLoop _loop;
    private readonly Channel<IReadOnlyList<FoundChat>> _found =
        Channel.CreateBounded<IReadOnlyList<FoundChat>>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropOldest, SingleReader = true });

    private Browsing _browsing = null!; // the loop makes it before its constructor returns
    private IReadOnlyList<FoundChat> _told = [];

    private Browser(TimeProvider time) => _loop = new MulticastLoop((send, sendAlone) => _browsing = new Browsing(send, sendAlone, MulticastLoop.Pick), asks: true, Tell, time);

    /// <summary>
    /// All that is there now, each time that changes; a reader that is slow gets the latest. In the order of <see cref="FoundChat.Compare"/>.
    /// One reader. Ends when the browser is disposed.
    /// </summary>
    public ChannelReader<IReadOnlyList<FoundChat>> Found => _found.Reader;

    /// <summary>Starts looking. Without a network it finds nothing.</summary>
    public static Browser Start(TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(time);
        var browser = new Browser(time);
        browser._loop.Start();
        return browser;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _loop.DisposeAsync().ConfigureAwait(false);
        _found.Writer.TryComplete();
    }

    private void Tell()
    {
        if (!_browsing.Found.SequenceEqual(_told))
        {
            _told = _browsing.Found;
            _found.Writer.TryWrite(_told);
        }
    }
}
