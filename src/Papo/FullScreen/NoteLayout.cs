// Owns: how something that Papo says becomes rows.
// Must never: tear a link: a click copies all of it.
using Papo.Client;
using Papo.Output;
using Papo.Rich;

namespace Papo.FullScreen;

/// <summary>Lays out notes.</summary>
internal static class NoteLayout
{
    /// <summary>Adds the rows of a note.</summary>
    public static void Lay(NoteItem note, ItemPlace place, LayoutContext context, List<ItemRow> rows)
    {
        var columns = TalkColumns.Of(place.Width, context.TimeFormat.Length);
        if (place.Folded > 1)
        {
            rows.Add(new ItemRow([new Patch(columns.Text, TextWidth.Cut(context.Words.FoldedNotes(place.Folded), columns.TextWidth), Role.Quiet, Face.Italic)]));
            return;
        }

        // It stands with the texts, but for a table that is wider than they are.
        var left = note.Lines.Any(line => !line.IsNote && !IsLink(line.Plain) && line.Width > columns.TextWidth) ? 0 : columns.Text;
        var width = Math.Max(TalkColumns.LeastText, left == 0 ? place.Width : columns.TextWidth);
        foreach (var line in note.Lines)
        {
            if (IsLink(line.Plain))
            {
                // A link that is longer than the row goes on in the next; a click copies all of it.
                rows.AddRange(WordWrap.Parts(line.Plain, width).Select(part => new ItemRow([new Patch(left, part, Role.Link, Link: line.Plain)], Copy: part.AsMemory())));
            }
            else
            {
                rows.AddRange(Rows(line, width).Select(row => Place(row, left)));
            }
        }
    }

    // Pieces keep their colours where the line fits; a word that is longer than a row goes on in the next.
    private static IEnumerable<StyledLine> Rows(StyledLine line, int width)
    {
        if (line.Width <= width)
        {
            return [line];
        }

        var rows = line.IsNote ? line.Wrapped(width).Select(static row => row.Plain) : WordWrap.Lines(line.Plain, width);
        return rows.SelectMany(row => WordWrap.Parts(row, width)).Select(row => StyledLine.Of(row, line.Pieces[0].Ink));
    }

    private static bool IsLink(string text) => text.StartsWith(InviteLink.Scheme, StringComparison.Ordinal);

    private static ItemRow Place(StyledLine line, int column)
    {
        List<Patch> patches = [];
        foreach (var piece in line.Pieces)
        {
            patches.Add(new Patch(column, piece.Text, RoleOf(piece.Ink), Seed: piece.Ink == Ink.Person ? piece.Seed : null));
            column += TextWidth.Of(piece.Text);
        }

        return new ItemRow(patches, Copy: line.Plain.AsMemory());
    }

    private static Role RoleOf(Ink ink) => ink switch
    {
        Ink.Quiet => Role.Quiet,
        Ink.Warning => Role.Warning,
        Ink.Mention => Role.Strong,
        Ink.Person => Role.Name,
        _ => Role.Text,
    };
}
