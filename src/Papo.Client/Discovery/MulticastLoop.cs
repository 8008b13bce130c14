// Owns: the sockets, the clock and the one loop that a state machine of multicast DNS runs in.
// Must never: decide what is said; and nothing but its loop touches the state machine.
using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Threading.Channels;

namespace Papo.Client.Discovery;

/// <summary>Drives one <see cref="IMulticastPart"/>.</summary>
internal sealed class MulticastLoop : IAsyncDisposable
{
    // Beyond this, datagrams are dropped as the network would drop them; whoever sent them says it again.
    private const int MaxWaiting = 256;

    // The system tells of a cable and of IPv4 addresses; on Linux .NET does not hear of IPv6 ones.
    private static readonly TimeSpan LinksPause = TimeSpan.FromSeconds(5);
    private static readonly AddressFamily[] Families = [AddressFamily.InterNetwork, AddressFamily.InterNetworkV6];
    private readonly Channel<Action> _events = Channel.CreateBounded<Action>(new BoundedChannelOptions(MaxWaiting) { SingleReader = true });
    private readonly Dictionary<AddressFamily, MulticastPort> _shared = [];
    private readonly Dictionary<AddressFamily, MulticastPort> _own = [];
    private readonly TimeProvider _time;
    private readonly long _start;
    private readonly ITimer _timer;
    private readonly IMulticastPart _part;
    private readonly Action _changed;
    private int _linksStale = 1;
    private TimeSpan _linksReadAt;
    private Task _running = Task.CompletedTask;
    private Task _receiving = Task.CompletedTask;

    /// <summary>A loop; it does nothing before <see cref="Start"/>.</summary>
    /// <param name="make">Makes the state machine with its ways to the network: the shared port, and one of our own.</param>
    /// <param name="asks">Whether it needs a port of our own; it then does without the shared one where another program keeps that to itself.</param>
    /// <param name="changed">Called in the loop after each round.</param>
    /// <param name="time">Clock and timers.</param>
    public MulticastLoop(Func<Send, Send, IMulticastPart> make, bool asks, Action changed, TimeProvider time)
    {
        (_time, _start, _changed) = (time, time.GetTimestamp(), changed);
        _timer = time.CreateTimer(static loop => ((MulticastLoop)loop!)._events.Writer.TryWrite(static () => { }), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        foreach (var family in Families)
        {
            Open(_shared, family, MulticastGroup.Port);
            if (asks)
            {
                Open(_own, family, 0);
            }
        }

        _part = make((link, message, to) => SendNow(_shared, link, message, to), (link, message, to) => SendNow(_own, link, message, to));
    }

    /// <summary>Whether there is a way to the network at all.</summary>
    public bool IsOpen => Ports.Any();

    private IEnumerable<MulticastPort> Ports => _shared.Values.Concat(_own.Values);

    private TimeSpan Now => _time.GetElapsedTime(_start);

    /// <summary>Starts the loop.</summary>
    public void Start()
    {
        NetworkChange.NetworkAddressChanged += OnLinksChanged;
        NetworkChange.NetworkAvailabilityChanged += OnLinksChanged;
        _receiving = Task.WhenAll(Ports.Select(port => Task.Run(() => port.ReceiveAsync(arrived => _events.Writer.TryWrite(() => _part.Take(arrived, Now))))));
        _running = Task.Run(RunAsync);
    }

    /// <summary>Runs something in the loop; it is the only place where the state machine may be touched.</summary>
    public ValueTask PostAsync(Action<TimeSpan> action, CancellationToken cancellation) => _events.Writer.WriteAsync(() => action(Now), cancellation);

    /// <summary>Says the last words and frees the port.</summary>
    public async ValueTask DisposeAsync()
    {
        NetworkChange.NetworkAddressChanged -= OnLinksChanged;
        NetworkChange.NetworkAvailabilityChanged -= OnLinksChanged;
        _events.Writer.TryComplete();
        await _running.ConfigureAwait(false);
        foreach (var port in Ports)
        {
            port.Dispose();
        }

        await _receiving.ConfigureAwait(false);
        await _timer.DisposeAsync().ConfigureAwait(false);
    }

    /// <summary>A time between two, from the system's generator.</summary>
    public static TimeSpan Pick(TimeSpan from, TimeSpan to) =>
        from + TimeSpan.FromMilliseconds(RandomNumberGenerator.GetInt32((int)(to - from).TotalMilliseconds + 1));

    private async Task RunAsync()
    {
        do
        {
            while (_events.Reader.TryRead(out var happened))
            {
                happened();
            }

            ReadLinks();
            _part.Wake(Now);
            _changed();
            SetTimer();
        }
        while (await _events.Reader.WaitToReadAsync().ConfigureAwait(false));

        _part.Close();
    }

    // A flag, for an event may find no room among datagrams.
    private void OnLinksChanged(object? sender, EventArgs what)
    {
        Volatile.Write(ref _linksStale, 1);
        _events.Writer.TryWrite(static () => { });
    }

    private void ReadLinks()
    {
        if (Interlocked.Exchange(ref _linksStale, 0) == 0 && Now - _linksReadAt < LinksPause)
        {
            return;
        }

        _linksReadAt = Now;
        var links = LinkReading.Read();
        foreach (var port in Ports)
        {
            port.Join(links);
        }

        _part.LinksAre(links, Now);
    }

    private void SetTimer()
    {
        var look = _linksReadAt + LinksPause;
        var wait = (_part.NextAt is { } at && at < look ? at : look) - Now;

        // Timers count whole milliseconds; one that fires early would fire again at once.
        _timer.Change(TimeSpan.FromMilliseconds(Math.Max(0, Math.Ceiling(wait.TotalMilliseconds))), Timeout.InfiniteTimeSpan);
    }

    private static void Open(Dictionary<AddressFamily, MulticastPort> ports, AddressFamily family, int number)
    {
        if (MulticastPort.TryOpen(family, number) is { } port)
        {
            ports.Add(family, port);
        }
    }

    private static void SendNow(Dictionary<AddressFamily, MulticastPort> ports, LinkId link, DnsMessage message, IPEndPoint? to)
    {
        if (ports.TryGetValue(link.Family, out var port))
        {
            port.Send(link.Interface, message.Write(), to);
        }
    }
}
