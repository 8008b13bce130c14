// Owns: a picture of the screen as SVG, for the documentation.
// Must never: change anything in what the screen shows.
using System.Globalization;
using System.Security;
using System.Text;
using Papo.Drawing;
using Papo.Rich;

namespace Papo.Tests.FullScreen;

/// <summary>Draws a canvas as SVG.</summary>
internal static class ScreenSvg
{
    private const double CellWidth = 8.4;
    private const double CellHeight = 17;
    private const int Margin = 10;

    private static readonly string[] Sixteen =
        ["#1b1d23", "#e06c75", "#98c379", "#e5c07b", "#61afef", "#c678dd", "#56b6c2", "#abb2bf", "#5c6370", "#ff7b86", "#b5e890", "#ffd68a", "#7cc5ff", "#de8ff0", "#6fd3e0", "#ffffff"];

    /// <summary>The picture, on a dark or a light ground.</summary>
    public static string Of(Canvas canvas, bool light = false)
    {
        var (ground, letters) = light ? ("#fbfbfb", "#24292f") : ("#14161b", "#d7dae0");
        var svg = new StringBuilder();
        var (width, height) = ((canvas.Columns * CellWidth) + (2 * Margin), (canvas.Rows * CellHeight) + (2 * Margin));
        svg.Append(CultureInfo.InvariantCulture, $"<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width:0.#} {height:0.#}\" font-family=\"ui-monospace,Menlo,Consolas,'DejaVu Sans Mono',monospace\" font-size=\"14\">\n");
        svg.Append(CultureInfo.InvariantCulture, $"<rect width=\"100%\" height=\"100%\" rx=\"8\" fill=\"{ground}\"/>\n");
        for (var row = 0; row < canvas.Rows; row++)
        {
            Draw(canvas.Row(row), row, ground, letters, svg);
        }

        if (canvas.Cursor is var (column, line))
        {
            svg.Append(CultureInfo.InvariantCulture, $"<rect x=\"{X(column):0.#}\" y=\"{Margin + (line * CellHeight):0.#}\" width=\"{CellWidth}\" height=\"{CellHeight}\" fill=\"{letters}\" opacity=\"0.6\"/>\n");
        }

        return svg.Append("</svg>\n").ToString();
    }

    private static void Draw(ReadOnlySpan<Papo.Drawing.Cell> cells, int row, string ground, string letters, StringBuilder svg)
    {
        for (var column = 0; column < cells.Length;)
        {
            var look = cells[column].Look;
            var end = column;
            var text = new StringBuilder();
            while (end < cells.Length && cells[end].Look == look)
            {
                text.Append(cells[end++].Text);
            }

            var reverse = (look.Face & Face.Reverse) != 0;
            var (fore, back) = (Hex(look.Fore) ?? letters, Hex(look.Back));
            (fore, back) = reverse ? (back ?? ground, fore) : (fore, back);
            if (back is not null)
            {
                svg.Append(CultureInfo.InvariantCulture, $"<rect x=\"{X(column):0.#}\" y=\"{Margin + (row * CellHeight):0.#}\" width=\"{(end - column) * CellWidth:0.#}\" height=\"{CellHeight}\" fill=\"{back}\"/>\n");
            }

            if (text.ToString().Trim().Length > 0)
            {
                var weight = (look.Face & Face.Bold) != 0 ? " font-weight=\"bold\"" : "";
                var slant = (look.Face & Face.Italic) != 0 ? " font-style=\"italic\"" : "";
                var line = (look.Face & Face.Underline) != 0 ? " text-decoration=\"underline\"" : (look.Face & Face.Strike) != 0 ? " text-decoration=\"line-through\"" : "";
                svg.Append(CultureInfo.InvariantCulture, $"<text xml:space=\"preserve\" unicode-bidi=\"bidi-override\" x=\"{X(column):0.#}\" y=\"{Margin + (row * CellHeight) + 13:0.#}\" textLength=\"{(end - column) * CellWidth:0.#}\" fill=\"{fore}\"{weight}{slant}{line}>{SecurityElement.Escape(text.ToString())}</text>\n");
            }

            column = end;
        }
    }

    private static double X(int column) => Margin + (column * CellWidth);

    private static string? Hex(Colour colour)
    {
        if (colour.IsDefault)
        {
            return null;
        }

        if (!colour.IsRgb && colour.Number < 16)
        {
            return Sixteen[colour.Number];
        }

        var (red, green, blue) = colour.IsRgb ? colour.Rgb : Cube(colour.Number);
        return string.Create(CultureInfo.InvariantCulture, $"#{red:x2}{green:x2}{blue:x2}");
    }

    private static (int Red, int Green, int Blue) Cube(int number)
    {
        if (number >= 232)
        {
            var grey = 8 + ((number - 232) * 10);
            return (grey, grey, grey);
        }

        return (Level((number - 16) / 36), Level((number - 16) / 6 % 6), Level((number - 16) % 6));

        static int Level(int step) => step == 0 ? 0 : 55 + (step * 40);
    }
}
