// Owns: the steps of a message, and of linking, at which a test may kill the program (the crash table of the architecture).
// Must never: do anything unless the environment names a step.
using System.Diagnostics;

namespace Papo.Client;

/// <summary>Names of the steps, and the hook that dies at one of them; see <see cref="ChatOptions.Fault"/>.</summary>
public static class FaultPoints
{
    /// <summary>The environment variable that names a step.</summary>
    public const string Variable = "PAPO_FAULT";

    /// <summary>A draft is on the disk, not numbered yet.</summary>
    public const string Drafted = "drafted";

    /// <summary>An entry is numbered, signed and on the disk, not published yet.</summary>
    public const string Numbered = "numbered";

    /// <summary>An entry was handed to the connection; no PUBACK yet.</summary>
    public const string Published = "published";

    /// <summary>The PUBACK has come; nothing of it is on the disk.</summary>
    public const string Acknowledged = "acknowledged";

    /// <summary>Somebody's message has come and is verified; it is not committed.</summary>
    public const string Received = "received";

    /// <summary>Somebody's message is committed; the broker has no PUBACK yet.</summary>
    public const string Stored = "stored";

    /// <summary>The right code was typed for a new copy; nobody has its certificates yet.</summary>
    public const string Confirmed = "confirmed";

    /// <summary>The certificates have come to a new copy; nothing of them is on the disk.</summary>
    public const string Certified = "certified";

    /// <summary>A new copy has its profile on the disk; nobody lists it yet.</summary>
    public const string Linked = "linked";

    /// <summary>Reads the variable once; null when it is not set. The hook ends the process as a crash does (SIGKILL) at that step.</summary>
    public static Action<string>? FromEnvironment(Func<string, string?> variable)
    {
        ArgumentNullException.ThrowIfNull(variable);
        return variable(Variable) is { Length: > 0 } wanted ? step => DieAt(wanted, step) : null;
    }

    private static void DieAt(string wanted, string step)
    {
        if (step == wanted)
        {
            using var self = Process.GetCurrentProcess();
            self.Kill();
        }
    }
}
