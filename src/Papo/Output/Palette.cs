// Owns: whether and how a line is coloured.
// Must never: carry information by colour alone, or colour anything that is not a terminal.
using System.Globalization;
using System.Text;

namespace Papo.Output;

/// <summary>Turns lines into text for one output.</summary>
/// <param name="Colour">Whether this output takes colours: a terminal, and neither NO_COLOR, --no-color nor TERM=dumb.</param>
internal sealed record Palette(bool Colour)
{
    // Colours of the 256-colour cube that stay readable on black and on white.
    private static readonly int[] People = [32, 37, 64, 67, 71, 96, 100, 103, 107, 125, 130, 132, 136, 138, 161, 166, 168, 172, 173, 175];

    /// <summary>The line as it is written, without a line end.</summary>
    public string Render(StyledLine line)
    {
        if (!Colour)
        {
            return line.Plain;
        }

        var text = new StringBuilder();
        foreach (var piece in line.Pieces)
        {
            var code = Code(piece);
            text.Append(code.Length == 0 ? piece.Text : $"\e[{code}m{piece.Text}\e[0m");
        }

        return text.ToString();
    }

    private static string Code(Piece piece) => piece.Ink switch
    {
        Ink.Quiet => "2",
        Ink.Person => "38;5;" + People[piece.Seed % (uint)People.Length].ToString(CultureInfo.InvariantCulture),
        Ink.Warning => "33",
        Ink.Mention => "1",
        _ => "",
    };
}
