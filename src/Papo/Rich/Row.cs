// Owns: one row of a message as a screen shows it.
// Must never: be wider than it says.
namespace Papo.Rich;

/// <summary>One row of a message.</summary>
/// <param name="Runs">What stands in it from the left to the right, whatever direction it is read in; empty in an empty row.</param>
/// <param name="Width">Columns of all runs.</param>
/// <param name="Soft">The row goes on the one above: the two are joined again when they are copied.</param>
/// <param name="Code">The row belongs to a code block and stands on its background.</param>
/// <param name="RightToLeft">The row belongs to a paragraph that is read from the right; whoever draws puts it at the right edge.</param>
internal sealed record Row(IReadOnlyList<Run> Runs, int Width, bool Soft, bool Code, bool RightToLeft = false)
{
    /// <summary>
    /// What of <see cref="RichText.Plain"/> the row shows, in the order of reading and with its Markdown signs and the space at its end. Soft rows
    /// joined to the ones above, the others on lines of their own, are the message again; only the fences of a code block belong to no row.
    /// </summary>
    public ReadOnlyMemory<char> Source { get; init; }
}
