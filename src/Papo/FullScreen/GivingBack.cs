// Owns: when the runtime is asked to give memory back.
// Must never: collect while nothing was made since the last time.
namespace Papo.FullScreen;

/// <summary>
/// The runtime keeps what a flood of messages or a walk through the past has used, four times of what is alive, whatever its settings say
/// (docs/PERFORMANCE.md): to it a screen that rests is no different from a server between two requests.
/// </summary>
internal sealed class GivingBack
{
    private const long Slack = 4 << 20; // bytes made between two collections; each takes a few milliseconds
    private long _made; // before the last one; what the start left goes first

    /// <summary>To be called every second while something happens.</summary>
    public void Look()
    {
        var made = GC.GetTotalAllocatedBytes();
        if (made - _made < Slack)
        {
            return;
        }

        _made = made;
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
    }
}
