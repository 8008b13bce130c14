// Owns: a network without sockets on which time stands still until it is told to run.
// Must never: deliver what does not survive being written and read, or two things in an order that depends on the machine.
using System.Net;
using System.Net.Sockets;
using Papo.Client.Discovery;

namespace Papo.Tests.Discovery;

/// <summary>One message on the virtual network.</summary>
/// <param name="At">When.</param>
/// <param name="Who">By whom.</param>
/// <param name="Message">What.</param>
/// <param name="To">To whom, null for all.</param>
internal sealed record Heard(TimeSpan At, string Who, DnsMessage Message, IPEndPoint? To);

/// <summary>One link that everybody is on; a datagram takes a millisecond and is heard by its sender too.</summary>
internal sealed class VirtualNetwork
{
    private static readonly TimeSpan Travel = TimeSpan.FromMilliseconds(1);
    private const int OwnPort = 40_000;
    private readonly Dictionary<string, Member> _members = [];
    private readonly PriorityQueue<(Member To, Arrived What), (TimeSpan, int)> _travelling = new();
    private int _sent;

    /// <summary>The link.</summary>
    public static LinkId Id { get; } = new(1, AddressFamily.InterNetwork);

    /// <summary>The time since the network began.</summary>
    public TimeSpan Now { get; private set; }

    /// <summary>Everything that was sent.</summary>
    public List<Heard> Log { get; } = [];

    /// <summary>Random times are the earliest that are allowed, unless a test says otherwise.</summary>
    public Pick Pick { get; set; } = static (from, _) => from;

    /// <summary>Somebody announces a chat.</summary>
    public Announcing Announce(string who, string address, Announcement? announcement = null)
    {
        var host = 0;
        return Add(who, address, (send, _) => new Announcing(announcement ?? Chat(who), send, (from, to) => Pick(from, to), () => $"papo-{who}{host++}"));
    }

    /// <summary>Somebody looks for chats.</summary>
    public Browsing Browse(string who, string address) => Add(who, address, (send, sendAlone) => new Browsing(send, sendAlone, (from, to) => Pick(from, to)));

    /// <summary>An announcement with nothing special.</summary>
    public static Announcement Chat(string who) => new() { Name = "Casa", Port = 1883, Host = who };

    /// <summary>Sends a message as a program on another computer.</summary>
    public void Tell(DnsMessage message, string address = "10.0.0.99", int port = MulticastGroup.Port) =>
        Send("stranger", new IPEndPoint(IPAddress.Parse(address), port), message, null);

    /// <summary>Lets time pass.</summary>
    public void Run(double seconds)
    {
        var end = Now + TimeSpan.FromSeconds(seconds);
        while (true)
        {
            var arrival = _travelling.TryPeek(out _, out var due) ? due.Item1 : TimeSpan.MaxValue;
            var wake = _members.Values.Min(static member => member.Part.NextAt) ?? TimeSpan.MaxValue;
            var next = arrival < wake ? arrival : wake;
            if (next > end)
            {
                Now = end;
                return;
            }

            Now = next > Now ? next : Now;
            while (_travelling.TryPeek(out var package, out due) && due.Item1 <= Now)
            {
                _travelling.Dequeue();
                package.To.Part.Take(package.What, Now);
            }

            foreach (var member in _members.Values.ToList())
            {
                member.Part.Wake(Now);
            }
        }
    }

    /// <summary>Somebody leaves the network without a word.</summary>
    public void Cut(string who) => _members.Remove(who);

    /// <summary>Somebody leaves in order.</summary>
    public void Close(string who)
    {
        _members[who].Part.Close();
        _members.Remove(who);
    }

    /// <summary>Gives somebody another address.</summary>
    public void Move(string who, string address) => _members[who].Part.LinksAre([LinkOf(address)], Now);

    private static Link LinkOf(string address) => new(Id, false, [IPAddress.Parse(address)], [24]);

    private T Add<T>(string who, string address, Func<Send, Send, T> make)
        where T : IMulticastPart
    {
        var end = new IPEndPoint(IPAddress.Parse(address), MulticastGroup.Port);
        var own = new IPEndPoint(end.Address, OwnPort);
        var part = make((_, message, to) => Send(who, end, message, to), (_, message, to) => Send(who, own, message, to));
        _members.Add(who, new Member(part, end));
        part.LinksAre([LinkOf(address)], Now);
        return part;
    }

    private void Send(string who, IPEndPoint from, DnsMessage message, IPEndPoint? to)
    {
        Assert.True(DnsMessage.TryRead(message.Write(), out var read));
        Log.Add(new Heard(Now, who, read, to));
        foreach (var member in _members.Values.Where(member => to is null || member.Address.Address.Equals(to.Address)))
        {
            _travelling.Enqueue((member, new Arrived(Id, from, read)), (Now + Travel, _sent++));
        }
    }

    private sealed record Member(IMulticastPart Part, IPEndPoint Address);
}
