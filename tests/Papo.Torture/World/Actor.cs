// Owns: one part of a world that has a process: how it is started, whether it lives, how often it was killed.
// Must never: start a second process while one lives.
using Papo.Torture.Actors;

namespace Papo.Torture.World;

/// <summary>A member, a hub, a broker. Used by one thread at a time.</summary>
internal sealed class Actor(string name, Func<Child> start, Func<Child, Task<bool>> isReady) : IAsyncDisposable
{
    private static readonly TimeSpan StartTime = TimeSpan.FromSeconds(60);

    public string Name { get; } = name;

    public Child? Process { get; private set; }

    /// <summary>It was started once.</summary>
    public bool IsWanted { get; private set; }

    public int Kills { get; private set; }

    /// <summary>How often it ended by itself.</summary>
    public int Failures { get; private set; }

    public bool IsAlive => Process?.IsAlive ?? false;

    /// <summary>Starts it if it does not live; does not wait until it is ready.</summary>
    public void Launch()
    {
        IsWanted = true;
        if (!IsAlive)
        {
            Note();
            Process?.Dispose();
            Process = start();
        }
    }

    /// <summary>Starts it, again and again if need be, until it can be talked to; false when it cannot.</summary>
    public async Task<bool> StartAsync()
    {
        for (var until = Environment.TickCount64 + (long)StartTime.TotalMilliseconds; Environment.TickCount64 < until;)
        {
            Launch();
            if (await isReady(Process!))
            {
                return true;
            }

            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System);
        }

        return false;
    }

    public async Task KillAsync()
    {
        if (IsAlive)
        {
            Kills++;
            await Process!.KillAsync();
            Process.Dispose();
            Process = null;
        }
    }

    public async Task<Told?> AskAsync(string command) => Process is { } process && process.IsAlive ? await process.AskAsync(command) : null;

    public async ValueTask DisposeAsync()
    {
        if (IsAlive)
        {
            await Process!.KillAsync();
        }

        Process?.Dispose();
        Process = null;
    }

    // A process that is gone died where it was told to, or failed.
    private void Note()
    {
        Kills += Process is { HasFailed: false } ? 1 : 0;
        Failures += Process is { HasFailed: true } ? 1 : 0;
    }
}
