// Owns: drawing a box with a code for a camera, and what belongs to it.
// Must never: leave the colours of a code to the theme: a camera needs dark on light, whatever the ground is.
using Papo.Drawing;
using Papo.Output;
using Papo.Pictures;

namespace Papo.FullScreen;

/// <summary>Draws codes.</summary>
internal static class CodeView
{
    private const int LeastText = 24; // columns of what stands beside a code
    private const int MostText = 44;
    private static readonly Look Ink = new(Colour.Of(16), Colour.Of(231));

    /// <summary>Whether a code and its text fit on a screen of this size.</summary>
    public static bool Fits(QrCode code, int columns, int rows) => Columns(code) + LeastText + 5 <= columns && Rows(code) + 3 <= rows;

    /// <summary>Draws the box.</summary>
    public static void Draw(ListBox box, QrCode code, Canvas canvas, Hits hits, Theme theme)
    {
        var text = Math.Min(MostText, canvas.Columns - Columns(code) - 5);
        var area = new Area(0, 0, Columns(code) + text + 5, Rows(code) + 2);
        area = area with { Column = (canvas.Columns - area.Columns) / 2, Row = Math.Max(0, (canvas.Rows - 1 - area.Rows) / 2) };
        canvas.Fill(area, theme[Role.Box]);
        hits.Add(canvas.Whole, static (model, _) => model.Box = null);
        BoxView.Frame(canvas, area, box.Title, theme);
        var row = area.Row + 1;
        foreach (var line in QrLines.Of(code))
        {
            canvas.Put(area.Column + 1, row++, line, Ink);
        }

        var beside = new Area(area.Column + Columns(code) + 2, area.Row + 1, text, Rows(code));
        hits.Add(area, static (model, step) => ScreenActions.Pick(model, model.Box!, 0, step));
        row = beside.Row;
        foreach (var line in box.Shown.SelectMany(choice => WordWrap.Lines(choice.Label, text).SelectMany(part => WordWrap.Parts(part, text)).Append("")).Take(beside.Rows))
        {
            canvas.Put(beside.Column, row++, line, theme[Role.Box], beside.Right);
        }
    }

    private static int Columns(QrCode code) => QrLines.Columns(code);

    private static int Rows(QrCode code) => (QrLines.Columns(code) + 1) / 2;
}
