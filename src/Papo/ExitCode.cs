// Owns: the numbers a script reads when the program ends.
// Must never: change a number; scripts rely on them (README, exit codes).
namespace Papo;

/// <summary>Exit codes.</summary>
internal static class ExitCode
{
    /// <summary>Done.</summary>
    public const int Done = 0;

    /// <summary>Failed.</summary>
    public const int Failed = 1;

    /// <summary>Wrong usage.</summary>
    public const int Usage = 2;

    /// <summary>The broker cannot be reached.</summary>
    public const int Unreachable = 3;

    /// <summary>Not confirmed in time.</summary>
    public const int NotConfirmed = 4;

    /// <summary>Refused by the broker or the room.</summary>
    public const int Refused = 5;

    /// <summary>Interrupted (SIGINT).</summary>
    public const int Interrupted = 130;

    /// <summary>Ended by SIGTERM.</summary>
    public const int Terminated = 143;
}
