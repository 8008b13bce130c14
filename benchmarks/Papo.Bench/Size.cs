// Owns: how much is measured.
// Must never: change what is measured.
namespace Papo.Bench;

/// <summary>Counts of one run.</summary>
/// <param name="Name"><c>quick</c>, <c>short</c> or <c>full</c>.</param>
/// <param name="Rounds">Rounds of the latency run; each kind of client says <paramref name="PerRound"/> messages a round, all kinds in turn.</param>
/// <param name="PerRound">Messages a round.</param>
/// <param name="PacedSeconds">How long 5,000 messages a second are kept up.</param>
/// <param name="Unpaced">Messages sent as fast as they are taken.</param>
/// <param name="Ingest">Entries fed to a hub.</param>
/// <param name="Long">Messages of a long room.</param>
/// <param name="Archive">Messages of a large archive.</param>
/// <param name="Crowd">Clients that listen at a time.</param>
/// <param name="CrowdMessages">Messages said to them as fast as possible.</param>
/// <param name="FanOut">Listeners in a room, compared with other chat servers.</param>
/// <param name="FanOutRounds">Rounds of each.</param>
/// <param name="FanOutMessages">Messages a round.</param>
/// <param name="Storm">Clients that come at once.</param>
/// <param name="Users">Members of many rooms.</param>
/// <param name="Rooms">How many rooms.</param>
/// <param name="ScreenRounds">Rounds of each program on a terminal.</param>
/// <param name="StartRounds">Starts of each program.</param>
internal sealed record Size(string Name, int Rounds, int PerRound, int PacedSeconds, int Unpaced, int Ingest, int Long, int Archive, int Crowd, int CrowdMessages, IReadOnlyList<int> FanOut, int FanOutRounds, int FanOutMessages, int Storm, int Users, int Rooms, int ScreenRounds, int StartRounds)
{
    /// <summary>Messages each kind says in each direction before anything counts.</summary>
    public const int WarmUp = 150;

    public static Size Short { get; } = new("short", 4, 150, 10, 30_000, 40_000, 20_000, 200_000, 200, 100, [10, 100], 3, 200, 200, 200, 120, 3, 21);

    public static Size Full { get; } = new("full", 20, 200, 10, 200_000, 400_000, 100_000, 10_000_000, 1_000, 300, [10, 100, 400], 5, 500, 500, 1_000, 600, 5, 41);

    /// <summary>Runs of everything, in turns, where nothing was named: few counts each, so that the whole stays below three minutes.</summary>
    public const int QuickRuns = 3;

    public static Size Quick { get; } = Short with { Name = "quick", Rounds = 2, PerRound = 75, PacedSeconds = 1, Unpaced = 5_000, Ingest = 10_000 };
}
