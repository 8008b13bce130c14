// Owns: making chats out of the records that were heard.
// Must never: believe an address that cannot be meant: of nobody, of everybody, or of this computer's loopback from elsewhere.
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Papo.Client.Wire;
using Papo.Protocol;

namespace Papo.Client.Discovery;

/// <summary>Reads the cache.</summary>
internal sealed class FoundReading(RecordCache cache)
{
    private const int MaxAddresses = 32;
    private const int MaxChats = 64;

    /// <summary>The service types that are looked for.</summary>
    public static readonly IReadOnlyList<DnsName> Types = [ServiceNames.Papo, ServiceNames.Mqtt, ServiceNames.SecureMqtt];

    /// <summary>What is complete enough to be joined, in the order of <see cref="FoundChat.Compare"/>.</summary>
    public IReadOnlyList<FoundChat> Read(IReadOnlyCollection<LinkId> loopbacks)
    {
        var parts = from pointer in cache.All
                    where pointer.Record.Type == DnsType.Ptr && Types.Contains(pointer.Record.Name)
                    let part = Read(pointer.Link, pointer.Record, loopbacks.Contains(pointer.Link))
                    where part is not null
                    select part;
        List<FoundChat> found = [];
        HashSet<BrokerAddress> brokers = [];
        HashSet<(BrokerAddress, string)> chats = [];

        // A chat's broker is announced for other tools too, and once more by each further hub on it: it is one place to join.
        foreach (var chat in parts.GroupBy(static part => (part.Kind, part.Name), Merge).Order(Comparer<FoundChat>.Create(FoundChat.Compare)).Take(MaxChats))
        {
            if (chat.Kind == FoundKind.Chat ? chats.Add((chat.Addresses[0], chat.Root)) : !chat.Addresses.Any(brokers.Contains))
            {
                found.Add(chat);
                brokers.UnionWith(chat.Addresses);
            }
        }

        return found;
    }

    /// <summary>What must be asked for next on a link: records that a pointer leads to and that were not said along with it.</summary>
    public IEnumerable<DnsQuestion> Missing(LinkId link)
    {
        foreach (var record in cache.All.Where(held => held.Link == link && held.Record.Type == DnsType.Ptr && Types.Contains(held.Record.Name)).Select(static held => held.Record).ToList())
        {
            if (!record.TryTarget(out var instance))
            {
                continue;
            }

            var service = cache.Find(link, instance, DnsType.Srv).FirstOrDefault();
            if (service is null)
            {
                yield return new DnsQuestion(instance, DnsType.Srv);
            }

            if (record.Name.Equals(ServiceNames.Papo) && !cache.Find(link, instance, DnsType.Txt).Any())
            {
                yield return new DnsQuestion(instance, DnsType.Txt);
            }

            if (service is not null && service.TryService(out var host, out _) && !Hosts(link, host).Any())
            {
                yield return new DnsQuestion(host, DnsType.A);
                yield return new DnsQuestion(host, DnsType.Aaaa);
            }
        }
    }

    private FoundChat? Read(LinkId link, DnsRecord pointer, bool isLoopback)
    {
        if (!pointer.TryTarget(out var instance) || cache.Find(link, instance, DnsType.Srv).FirstOrDefault() is not { } service || !service.TryService(out var host, out var port))
        {
            return null;
        }

        var isChat = pointer.Name.Equals(ServiceNames.Papo);
        var text = cache.Find(link, instance, DnsType.Txt).FirstOrDefault()?.Strings();
        if (isChat && text is null)
        {
            return null;
        }

        text ??= new Dictionary<string, string>();
        var tls = isChat ? Number(text, "tls") : pointer.Name.Equals(ServiceNames.SecureMqtt) ? port : null;
        var ways = (from address in Hosts(link, host)
                    where IsUsable(address, isLoopback)
                    orderby Rank(address), address.ToString()
                    select address.IsIPv6LinkLocal ? new IPAddress(address.GetAddressBytes(), link.Interface) : address).ToList();
        List<BrokerAddress> addresses = [.. (tls == port ? [] : ways).Select(way => Way("mqtt", way, port)), .. tls is { } secure ? ways.Select(way => Way("mqtts", way, secure)) : []];
        return addresses.Count == 0 ? null : new FoundChat
        {
            Kind = isChat ? FoundKind.Chat : FoundKind.Broker,
            Name = instance.First,
            Title = isChat ? text.GetValueOrDefault("title", "") : "",
            Host = isChat ? text.GetValueOrDefault("host", "") : host.First,
            Root = isChat ? text.GetValueOrDefault("root", Announcement.DefaultRoot) : Announcement.DefaultRoot,
            Space = isChat && SpaceId.TryParse(text.GetValueOrDefault("space", ""), out var space) ? space : null,
            Rooms = isChat ? Number(text, "rooms") : null,
            People = isChat ? Number(text, "people") : null,
            Addresses = addresses,
        };
    }

    private IEnumerable<IPAddress> Hosts(LinkId link, DnsName host) =>
        from type in (DnsType[])[DnsType.A, DnsType.Aaaa]
        from record in cache.Find(link, host, type)
        let address = record.TryAddress(out var read) ? read : null
        where address is not null
        select address;

    // One chat is heard on several links; plain ways stand before TLS, as in each part.
    private static FoundChat Merge((FoundKind Kind, string Name) key, IEnumerable<FoundChat> parts)
    {
        var all = parts.ToList();
        return all[0] with { Addresses = [.. all.SelectMany(static part => part.Addresses).Distinct().OrderBy(static address => address.IsSecure).Take(MaxAddresses)] };
    }

    private static bool IsUsable(IPAddress address, bool isLoopback) =>
        IPAddress.IsLoopback(address) == isLoopback
        && !address.Equals(IPAddress.Any) && !address.Equals(IPAddress.IPv6Any) && !address.Equals(IPAddress.Broadcast)
        && !address.IsIPv6Multicast && !(address.AddressFamily == AddressFamily.InterNetwork && address.GetAddressBytes()[0] is >= 224 and < 240);

    // Addresses that people know come first; link-local ones last: they need the right interface.
    private static int Rank(IPAddress address) => address.AddressFamily == AddressFamily.InterNetwork
        ? address.GetAddressBytes() is [169, 254, ..] ? 2 : 0
        : address.IsIPv6LinkLocal ? 3 : 1;

    private static int? Number(IReadOnlyDictionary<string, string> text, string key) =>
        int.TryParse(text.GetValueOrDefault(key, ""), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    private static BrokerAddress Way(string scheme, IPAddress address, int port)
    {
        var host = address.AddressFamily == AddressFamily.InterNetworkV6 ? $"[{address}]" : address.ToString();
        return BrokerAddress.TryParse($"{scheme}://{host}:{port}", out var way, out _) ? way : throw new InvalidOperationException($"{host} is no host");
    }
}
