// Owns: how a prompt and a text are laid out over the rows of a terminal, and where the cursor then stands.
// Must never: write to a terminal or rely on its own wrapping: every row is cut here, one column short of the edge.
using System.Text;
using Papo.Output;

namespace Papo.Terminal;

/// <summary>Rows of the input, and the cursor in them.</summary>
/// <param name="Rows">Harmless text of each row, the prompt in the first.</param>
/// <param name="CursorRow">Row of the cursor, from 0.</param>
/// <param name="CursorColumn">Column of the cursor, from 0.</param>
internal sealed record InputLayout(IReadOnlyList<string> Rows, int CursorRow, int CursorColumn)
{
    private const int DeepestIndent = 16;

    /// <summary>Lays out; long lines go on in the next row, further lines stand under the text of the first.</summary>
    public static InputLayout Of(string prompt, string text, int cursor, int columns)
    {
        columns = Math.Max(columns - 1, 8); // never into the last column: terminals differ in what they do there
        prompt = TextWidth.Cut(prompt, columns / 2);
        var rows = new List<string>();
        var row = new StringBuilder(prompt);
        var width = TextWidth.Of(prompt);
        var indent = Math.Min(width, Math.Min(DeepestIndent, columns / 4));
        var (cursorRow, cursorColumn) = (0, width);
        for (var at = 0; at < text.Length;)
        {
            var length = TextWidth.NextCluster(text.AsSpan(at));
            var shown = text[at] == '\n' ? "" : Harmless.Cluster(text.AsSpan(at, length));
            var columnsOfIt = TextWidth.Of(shown);
            if (at == cursor && width + columnsOfIt <= columns)
            {
                (cursorRow, cursorColumn) = (rows.Count, width);
            }

            if (text[at] == '\n' || width + columnsOfIt > columns)
            {
                rows.Add(row.ToString());
                row.Clear().Append(' ', text[at] == '\n' ? indent : 0);
                width = text[at] == '\n' ? indent : 0;
                if (at == cursor && text[at] != '\n')
                {
                    (cursorRow, cursorColumn) = (rows.Count, width);
                }
            }

            row.Append(shown);
            width += columnsOfIt;
            at += length;
        }

        rows.Add(row.ToString());
        return cursor >= text.Length ? new InputLayout(rows, rows.Count - 1, width) : new InputLayout(rows, cursorRow, cursorColumn);
    }

    /// <summary>At most <paramref name="height"/> rows around the cursor, so that no row has left the screen when they are erased.</summary>
    public InputLayout Fit(int height)
    {
        height = Math.Max(height, 1);
        if (Rows.Count <= height)
        {
            return this;
        }

        var first = Math.Clamp(CursorRow - (height / 2), 0, Rows.Count - height);
        return new InputLayout([.. Rows.Skip(first).Take(height)], CursorRow - first, CursorColumn);
    }

    /// <summary>Rows that a text takes when the terminal wraps it.</summary>
    public static int RowsOf(string text, int columns)
    {
        int rows = 1, width = 0;
        for (var at = 0; at < text.Length;)
        {
            var length = TextWidth.NextCluster(text.AsSpan(at));
            var cluster = TextWidth.OfCluster(text.AsSpan(at, length));
            if (width + cluster > columns)
            {
                rows++;
                width = 0;
            }

            width += cluster;
            at += length;
        }

        return rows;
    }
}
