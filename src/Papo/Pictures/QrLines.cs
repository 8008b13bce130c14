// Owns: drawing a QR code with half blocks, two modules a character.
// Must never: leave its colours to the terminal: a camera needs dark on light, whatever the ground is.
using System.Text;

namespace Papo.Pictures;

/// <summary>A QR code as lines of a terminal.</summary>
internal static class QrLines
{
    private const int Quiet = 4; // modules of light ground on each side (ISO/IEC 18004, 6.3.8)
    private const string BlackOnWhite = "\e[38;5;16;48;5;231m";
    private const string Reset = "\e[0m";

    /// <summary>Columns that a code takes.</summary>
    public static int Columns(QrCode code) => code.Size + (2 * Quiet);

    /// <summary>The lines for a terminal, from the quiet ground above to the one below; each sets its colours and takes them back.</summary>
    public static IEnumerable<string> Coloured(QrCode code) => Of(code).Select(static line => BlackOnWhite + line + Reset);

    /// <summary>The same lines without colours, for whoever draws them black on white.</summary>
    public static IEnumerable<string> Of(QrCode code)
    {
        for (var row = -Quiet; row < code.Size + Quiet; row += 2)
        {
            var line = new StringBuilder();
            for (var column = -Quiet; column < code.Size + Quiet; column++)
            {
                line.Append((code.IsDark(row, column), code.IsDark(row + 1, column)) switch
                {
                    (true, true) => '█',
                    (true, false) => '▀',
                    (false, true) => '▄',
                    _ => ' ',
                });
            }

            yield return line.ToString();
        }
    }
}
