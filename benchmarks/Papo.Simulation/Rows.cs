// Owns: the rows of the simulation's tables.
// Must never: compute.
namespace Papo.Simulation;

/// <summary>Who does not get the message that is said last.</summary>
internal enum Losers
{
    /// <summary>One device.</summary>
    One,

    /// <summary>A tenth of them.</summary>
    Tenth,

    /// <summary>Everybody but the author (and the hub, where there is one).</summary>
    All,
}

/// <summary>From the last message of a conversation to its arrival at whoever lost it, in milliseconds, over all losers of all trials. Late: not within five seconds. Beacons: of the whole room, a trial (up to two minutes).</summary>
internal sealed record HealRow(int Devices, bool Hub, Losers Losers, double Loss, int Trials, long P50, long P99, long Max, int Late, int Lost, double Beacons);

/// <summary>Messages a second at the broker, of the whole room, while so many are said a second.</summary>
internal sealed record BeaconRow(int Devices, bool Hub, double Loss, double Said, double Beacons, double Requests, double Replies, double Presences, double BeaconBytes);

/// <summary>What it takes to bring two halves of a room together again.</summary>
internal sealed record PartitionRow(int Devices, bool Hub, int Seconds, int Said, long Requests, long Replies, long Bytes, double PerMissed, long Half, long Whole);

/// <summary>So many that come within a second into a room of so many. Seconds until half and all of them are caught up, and what it takes.</summary>
internal sealed record JoinRow(int There, int Joining, bool Hub, long Requests, long Busiest, long Busy, double Entries, double Doubled, long Bytes, long P50, long Max);
