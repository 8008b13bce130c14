// Owns: a chat or a broker that was found nearby, as it said of itself.
// Must never: be trusted: anybody nearby can announce anything. What counts is the space card on the broker.
using Papo.Client.Wire;
using Papo.Protocol;

namespace Papo.Client.Discovery;

/// <summary>What was found.</summary>
public enum FoundKind
{
    /// <summary>A chat (<c>_papo._tcp</c>).</summary>
    Chat,

    /// <summary>A broker of which nothing more is known (<c>_mqtt._tcp</c>, <c>_secure-mqtt._tcp</c>).</summary>
    Broker,
}

/// <summary>A chat nearby. All texts are a stranger's: show them only made harmless.</summary>
public sealed record FoundChat
{
    /// <summary>A chat, or only a broker.</summary>
    public required FoundKind Kind { get; init; }

    /// <summary>The name it is announced under; two chats never have the same.</summary>
    public required string Name { get; init; }

    /// <summary>What people call the place, or empty.</summary>
    public string Title { get; init; } = "";

    /// <summary>The computer, or empty.</summary>
    public string Host { get; init; } = "";

    /// <summary>Root of all topics there.</summary>
    public string Root { get; init; } = Announcement.DefaultRoot;

    /// <summary>The space, where it is told.</summary>
    public SpaceId? Space { get; init; }

    /// <summary>How many rooms people are in, where it is told.</summary>
    public int? Rooms { get; init; }

    /// <summary>How many people are there, where it is told.</summary>
    public int? People { get; init; }

    /// <summary>Ways to the broker, the most usual first; at least one, at most 32.</summary>
    public required IReadOnlyList<BrokerAddress> Addresses { get; init; }

    /// <summary>Chats before brokers, then by name, then by address: the same order wherever the same is found.</summary>
    public static int Compare(FoundChat left, FoundChat right)
    {
        ArgumentNullException.ThrowIfNull(left);
        ArgumentNullException.ThrowIfNull(right);
        var kind = left.Kind.CompareTo(right.Kind);
        var name = kind != 0 ? kind : string.Compare(left.Name, right.Name, StringComparison.OrdinalIgnoreCase);
        return name != 0 ? name : string.CompareOrdinal(left.Addresses[0].ToString(), right.Addresses[0].ToString());
    }

    /// <summary>Equal when nothing differs that is told of it.</summary>
    public bool Equals(FoundChat? other) => other is not null
        && (Kind, Name, Title, Host, Root, Space, Rooms, People) == (other.Kind, other.Name, other.Title, other.Host, other.Root, other.Space, other.Rooms, other.People)
        && Addresses.SequenceEqual(other.Addresses);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Kind, Name);
}
