// Owns: everything that can happen in a world, one record a step.
// Must never: know how it is done, or anything that only shows while the world runs.
using Papo.Protocol;

namespace Papo.Torture.Plan;

/// <summary>One step of a plan.</summary>
internal abstract record Step
{
    /// <summary>Milliseconds that pass before the next step.</summary>
    public int Then { get; init; }
}

/// <summary>Nothing happens.</summary>
internal sealed record Pause : Step;

/// <summary>Somebody says something that nobody has said before; in <see cref="WorldPlan.Den"/> where he can.</summary>
internal sealed record Say(string Who, string Room, string Text) : Step;

/// <summary>Somebody writes to somebody directly.</summary>
internal sealed record Whisper(string Who, string Whom, string Text) : Step;

/// <summary>Somebody makes the private room of this world.</summary>
internal sealed record MakeDen(string Who) : Step;

/// <summary>Who made the private room takes somebody in, or out.</summary>
internal sealed record Admit(string Who, string Whom, bool IsIn) : Step;

/// <summary>Somebody opens a second process of the same profile; what he says from there has a name of its own (<see cref="WorldPlan.Beside"/>).</summary>
internal sealed record OpenBeside(string Who) : Step;

/// <summary>
/// Somebody links a second computer to his account: a link at the first, the code of the second typed at the first. One of the two dies at one of
/// the <see cref="LinkingPoints"/>, where one is named.
/// </summary>
internal sealed record Link(string Who, string Linked, string? Death) : Step;

/// <summary>What comes next waits a while for a second computer; where linking came to nothing it is tried once more.</summary>
internal sealed record AwaitLinked(string Linked) : Step;

/// <summary>Somebody gives his second computer a name.</summary>
internal sealed record NameLinked(string Who, string Name) : Step;

/// <summary>Somebody takes his second computer off his account.</summary>
internal sealed record RemoveLinked(string Who) : Step;

/// <summary>
/// Somebody edits, deletes, answers or reacts to what was said before. <paramref name="Pick"/> chooses among what is known then: of one's own, or
/// of anybody. An empty reaction takes it back.
/// </summary>
internal sealed record Amend(string Who, EntryKind Kind, string Room, string Text, double Pick) : Step;

/// <summary>Somebody without Papo says something with <c>mosquitto_pub</c>.</summary>
internal sealed record Guest(string Room, string Text) : Step;

/// <summary>The forger does something that nobody may believe.</summary>
internal sealed record Forge(Forgery How, double Pick) : Step;

/// <summary>Somebody comes into a room, or leaves it.</summary>
internal sealed record Enter(string Who, string Room, bool Leaves) : Step;

/// <summary>Somebody comes who was not there before.</summary>
internal sealed record Arrive(string Who) : Step;

/// <summary>Something happens on the way between somebody and the broker, to this many packets or for this many milliseconds.</summary>
internal sealed record Disturb(string Who, Disturbance How, int Much) : Step;

/// <summary>A process is killed (SIGKILL): somebody's, the broker's (Mosquitto or the hub that brings it), or a hub's beside it.</summary>
internal sealed record Kill(string Who) : Step;

/// <summary>It is started again.</summary>
internal sealed record Restart(string Who) : Step;

/// <summary>Somebody's process will kill itself at a step of a message (<see cref="Client.FaultPoints"/>) or of linking (<see cref="LinkingPoints"/>).</summary>
internal sealed record ArmFault(string Who, string Point) : Step;

/// <summary>Somebody's disk becomes full, or has room again.</summary>
internal sealed record FillDisk(string Who, bool Frees) : Step;

/// <summary>Somebody's clock jumps.</summary>
internal sealed record JumpClock(string Who, TimeSpan By) : Step;

/// <summary>What the way to the broker does.</summary>
internal enum Disturbance
{
    /// <summary>The connection is reset.</summary>
    Cut,

    /// <summary>Each piece is late, for a while.</summary>
    Delay,

    /// <summary>Nothing passes, for a while; nobody is told.</summary>
    Stall,

    /// <summary>A bit of a PUBLISH packet turns.</summary>
    Corrupt,

    /// <summary>Half of a PUBLISH packet passes, then the connection is reset.</summary>
    Truncate,

    /// <summary>PUBLISH packets pass twice.</summary>
    Duplicate,

    /// <summary>PUBLISH packets overtake each other.</summary>
    Reorder,
}

/// <summary>What a forger tries.</summary>
internal enum Forgery
{
    /// <summary>An entry in somebody's name, signed with another key.</summary>
    Signed,

    /// <summary>An entry of one room said in another.</summary>
    Pasted,

    /// <summary>Header and signature of one entry, the text of another.</summary>
    Swapped,

    /// <summary>An entry once more, as it is.</summary>
    Replayed,

    /// <summary>An entry with one bit turned.</summary>
    Flipped,

    /// <summary>An entry of a device that does not exist.</summary>
    Nobody,
}
