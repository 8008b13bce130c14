// Owns: dying at a named step of a message, once that was asked for.
// Must never: run a line of code between reaching the step and the end of the process.
using System.Diagnostics;

namespace Papo.Torture.Actors;

/// <summary>The hook of <see cref="Client.ChatOptions.Fault"/>: harmless until it is set.</summary>
internal sealed class Trap
{
    private volatile string? _point;

    public void Set(string point) => _point = point;

    public void Reached(string point)
    {
        if (point == _point)
        {
            using var self = Process.GetCurrentProcess();
            self.Kill();
        }
    }
}
