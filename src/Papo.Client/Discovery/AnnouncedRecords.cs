// Owns: the records of one announcement on one link under the names it has now.
// Must never: speak of an address that cannot be reached on that link.
using System.Globalization;
using System.Net;

namespace Papo.Client.Discovery;

/// <summary>The names an announcement claims.</summary>
/// <param name="Instance">The label of its instances.</param>
/// <param name="Host">The label of its host. Random, so that it is nobody else's: people see <see cref="Announcement.Host"/>.</param>
internal sealed record ClaimedNames(string Instance, string Host);

/// <summary>What is announced on one link.</summary>
internal sealed class AnnouncedRecords
{
    private static readonly DnsType[] InstanceTypes = [DnsType.Txt, DnsType.Srv];

    /// <summary>Makes the records.</summary>
    public AnnouncedRecords(Announcement announcement, ClaimedNames names, Link link)
    {
        var host = ServiceNames.Local.With(names.Host);
        List<DnsRecord> shared = [];
        List<DnsRecord> unique = [];
        List<DnsRecord> denials = [];
        foreach (var (type, port, text) in Services(announcement))
        {
            var instance = type.With(names.Instance);
            shared.Add(DnsRecord.Pointer(type, instance, MulticastGroup.OtherTtl));
            shared.Add(DnsRecord.Pointer(ServiceNames.AllTypes, type, MulticastGroup.OtherTtl));
            unique.Add(DnsRecord.Service(instance, host, port, MulticastGroup.HostTtl));
            unique.Add(DnsRecord.Text(instance, text, MulticastGroup.OtherTtl));
            denials.Add(DnsRecord.Only(instance, InstanceTypes, MulticastGroup.OtherTtl));
        }

        List<DnsRecord> addresses = [.. Reach(announcement, link).Select(address => DnsRecord.Address(host, address, MulticastGroup.HostTtl))];
        if (addresses.Count > 0)
        {
            denials.Add(DnsRecord.Only(host, [.. addresses.Select(static address => address.Type).Distinct()], MulticastGroup.HostTtl));
        }

        IsReachable = addresses.Count > 0;
        unique.AddRange(addresses);
        (Shared, Unique, Denials, Addresses) = (shared, unique, denials, addresses);
    }

    /// <summary>Whether anybody on the link could connect; if not, nothing is announced there.</summary>
    public bool IsReachable { get; }

    /// <summary>Pointers, which others have too.</summary>
    public IReadOnlyList<DnsRecord> Shared { get; }

    /// <summary>What only this announcement may say.</summary>
    public IReadOnlyList<DnsRecord> Unique { get; }

    /// <summary>What there is not.</summary>
    public IReadOnlyList<DnsRecord> Denials { get; }

    /// <summary>The addresses among <see cref="Unique"/>.</summary>
    public IReadOnlyList<DnsRecord> Addresses { get; }

    /// <summary>Everything that is announced.</summary>
    public IEnumerable<DnsRecord> All => Shared.Concat(Unique);

    /// <summary>The names that are claimed.</summary>
    public IEnumerable<DnsName> Names => Unique.Select(static record => record.Name).Distinct();

    /// <summary>What answers a question; a denial where the name is claimed and has no such record.</summary>
    public IEnumerable<DnsRecord> Answers(DnsQuestion question)
    {
        var found = All.Where(record => record.Name.Equals(question.Name) && (question.Type == DnsType.Any || record.Type == question.Type)).ToList();
        return found.Count > 0 ? found : Denials.Where(denial => denial.Name.Equals(question.Name));
    }

    /// <summary>What whoever gets these answers asks next (RFC 6763, section 12).</summary>
    public IEnumerable<DnsRecord> Following(IReadOnlyCollection<DnsRecord> answers)
    {
        var targets = answers.Where(static answer => answer.Type == DnsType.Ptr).Select(static answer => answer.TryTarget(out var target) ? target : null).ToHashSet();
        var instances = Unique.Where(record => targets.Contains(record.Name)).ToList();
        var services = answers.Concat(instances).Any(static record => record.Type == DnsType.Srv);
        return instances
            .Concat(services ? Addresses : [])
            .Concat(Denials.Where(denial => targets.Contains(denial.Name) || (services && denial.Ttl == MulticastGroup.HostTtl)))
            .Except(answers);
    }

    private static IEnumerable<(DnsName Type, int Port, IReadOnlyList<string> Text)> Services(Announcement announcement)
    {
        if ((announcement.Port ?? announcement.TlsPort) is not { } port)
        {
            throw new ArgumentException("a chat without a port cannot be announced", nameof(announcement));
        }

        yield return (ServiceNames.Papo, port, Text(announcement));
        if (announcement.Port is { } plain)
        {
            yield return (ServiceNames.Mqtt, plain, []);
        }

        if (announcement.TlsPort is { } secure)
        {
            yield return (ServiceNames.SecureMqtt, secure, []);
        }
    }

    private static List<string> Text(Announcement announcement)
    {
        List<string> text = ["v=1"];
        Add("title", announcement.Title);
        Add("host", announcement.Host);
        Add("root", announcement.Root == Announcement.DefaultRoot ? "" : announcement.Root);
        Add("space", announcement.Space?.ToString() ?? "");
        Add("tls", Number(announcement.TlsPort));
        Add("rooms", Number(announcement.Rooms));
        Add("people", Number(announcement.People));
        return text;

        void Add(string key, string value)
        {
            if (value.Length > 0)
            {
                text.Add($"{key}={value}");
            }
        }
    }

    private static string Number(int? number) => number?.ToString(CultureInfo.InvariantCulture) ?? "";

    private static IEnumerable<IPAddress> Reach(Announcement announcement, Link link)
    {
        if (announcement.IsElsewhere)
        {
            return link.IsLoopback ? [] : announcement.Addresses;
        }

        return announcement.Addresses.Count == 0 ? link.Addresses : link.Addresses.Where(address => announcement.Addresses.Contains(Unscoped(address)));
    }

    private static IPAddress Unscoped(IPAddress address) => new(address.GetAddressBytes());
}
