// Owns: rows as text that people can review.
// Must never: hide anything a row says.
using System.Text;
using Papo.Rich;

namespace Papo.Tests.Rich;

internal static class RowText
{
    public static readonly RichContext Ana = new(["ana"], ["bia", "caio", "Bia Lima", "דנה"]);

    /// <summary>A row a line: + goes on the one above, # is code, &lt; is read from the right; ⟦what it is|text⟧ where it is not plain text.</summary>
    public static string Of(string text, int width) => string.Join('\n', RichText.Lay(text, width, Ana).Select(Of));

    public static string Of(Row row)
    {
        var line = new StringBuilder().Append(row.Soft ? '+' : ' ').Append(row.Code ? '#' : row.RightToLeft ? '<' : ' ').Append('│');
        foreach (var run in row.Runs)
        {
            string[] what = [run.Tone == Tone.Text ? "" : run.Tone.ToString(), run.Face == Face.None ? "" : run.Face.ToString(), run.Link ?? ""];
            var said = string.Join(' ', what.Where(static word => word.Length > 0));
            line.Append(said.Length == 0 ? run.Text : $"⟦{said}|{run.Text}⟧");
        }

        return line.ToString();
    }

    /// <summary>The text that copying rows gives.</summary>
    public static string Copied(IEnumerable<Row> rows) => string.Concat(rows.Select(static (row, at) => (row.Soft || at == 0 ? "" : "\n") + row.Source));

    /// <summary>What is seen of a row, from the left to the right.</summary>
    public static string Seen(Row row) => string.Concat(row.Runs.Select(static run => run.Text));
}
