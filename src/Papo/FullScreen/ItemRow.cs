// Owns: one row of an item, in pieces with their columns.
// Must never: hold a colour.
using Papo.Rich;

namespace Papo.FullScreen;

/// <summary>A piece of a row.</summary>
/// <param name="Column">From the left edge of the conversation.</param>
/// <param name="Text">Harmless text.</param>
/// <param name="Role">What it is.</param>
/// <param name="Face">How it stands out beside its role.</param>
/// <param name="Link">Where it leads.</param>
/// <param name="Seed">Picks a person's colour, with <see cref="Role.Name"/>.</param>
internal readonly record struct Patch(int Column, string Text, Role Role, Face Face = Face.None, string? Link = null, uint? Seed = null);

/// <summary>One row of an item.</summary>
/// <param name="Patches">Its pieces.</param>
/// <param name="Code">Where the ground of a code block begins and how wide it is; null for other rows.</param>
/// <param name="Copy">What is copied of it; null for what is only decoration.</param>
/// <param name="Soft">Joined to the row above when copied.</param>
internal sealed record ItemRow(IReadOnlyList<Patch> Patches, (int Column, int Columns)? Code = null, ReadOnlyMemory<char>? Copy = null, bool Soft = false);
