// Owns: where a command of the command line goes: a room, or a person.
// Must never: be looked up here; who a name means only the library knows.
using Papo.Protocol;

namespace Papo.Commands;

/// <summary><c>general</c>, <c>@bia</c> or <c>~toca</c>. One of the two is set.</summary>
/// <param name="Room">An open room.</param>
/// <param name="Label">Direct messages (<c>@</c> and a name) or a private room (<c>~</c> and its title or id).</param>
internal sealed record Target(Room? Room, string? Label)
{
    /// <summary>As it was given.</summary>
    public override string ToString() => Label ?? Room!.ToString();

    /// <summary>Reads one.</summary>
    public static Target? Parse(string text) => text.Length > 1 && text[0] is ('@' or '~') ? new Target(null, text) : Papo.Protocol.Room.TryParse(text, out var room) ? new Target(room, null) : null;
}
