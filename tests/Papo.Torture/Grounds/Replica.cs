// Owns: making a hub's replica for another machine, the way docs/OPERATING.md says it: from a backup.
// Must never: copy a home: two processes with one device would be a profile that was copied.
using Papo.Client;
using Papo.Hub;

namespace Papo.Torture.Grounds;

/// <summary>A second home of a hub.</summary>
internal static class Replica
{
    /// <summary>Makes a home of another.</summary>
    public static void Make(string home, string original)
    {
        var file = home + ".tar";
        HubBackup.Write(new Home(original), file, settings: "", program: "torture", TimeProvider.System.GetUtcNow());
        using var backup = HubRestore.Open(new Home(home), file);
        backup.Into(archive: null, settings: "");
    }
}
