// Owns: one user-perceived character of a line.
// Must never: hold its text; the piece does.
namespace Papo.Rich;

/// <summary>What a cell is to a row.</summary>
internal enum CellKind : byte
{
    /// <summary>A character.</summary>
    Shown,

    /// <summary>A space: left out where a row ends.</summary>
    Space,

    /// <summary>A mark without a character under it: shown on a dotted circle.</summary>
    Lonely,

    /// <summary>A direction mark: it turns its neighbours and is not shown.</summary>
    Hidden,
}

/// <summary>One user-perceived character.</summary>
/// <param name="Piece">The piece it belongs to.</param>
/// <param name="At">Where it begins in the text of the piece.</param>
/// <param name="Length">Its UTF-16 units.</param>
/// <param name="Width">Its columns.</param>
/// <param name="Before">Whether a row may end before it.</param>
/// <param name="Kind">What it is.</param>
internal readonly record struct Cell(int Piece, int At, int Length, byte Width, RowEnd Before, CellKind Kind);
