// Owns: how a cell looks, and the sequence that makes a terminal draw so (ECMA-48 SGR).
// Must never: know what is drawn.
using System.Globalization;
using System.Text;
using Papo.Rich;

namespace Papo.Drawing;

/// <summary>Colours and face of a cell.</summary>
internal readonly record struct Look(Colour Fore, Colour Back = default, Face Face = Face.None)
{
    /// <summary>The same with more faces.</summary>
    public Look With(Face more) => this with { Face = Face | more };

    /// <summary>The same on another background, unless this one has its own.</summary>
    public Look On(Colour back) => Back.IsDefault ? this with { Back = back } : this;

    /// <summary>Appends the sequence that sets exactly this style, whatever was set before.</summary>
    public void AppendTo(StringBuilder text, ColourDepth depth)
    {
        text.Append("\e[0");
        if ((Face & Face.Bold) != 0)
        {
            text.Append(";1");
        }

        if ((Face & Face.Italic) != 0)
        {
            text.Append(";3");
        }

        if ((Face & Face.Underline) != 0)
        {
            text.Append(";4");
        }

        if ((Face & Face.Reverse) != 0)
        {
            text.Append(";7");
        }

        if ((Face & Face.Strike) != 0)
        {
            text.Append(";9");
        }

        Append(text, Fore.In(depth), 30);
        Append(text, Back.In(depth), 40);
        text.Append('m');
    }

    private static void Append(StringBuilder text, Colour colour, int first)
    {
        if (colour.IsDefault)
        {
            return;
        }

        if (colour.IsRgb)
        {
            var (red, green, blue) = colour.Rgb;
            text.Append(CultureInfo.InvariantCulture, $";{first + 8};2;{red};{green};{blue}");
        }
        else if (colour.Number < 16)
        {
            text.Append(CultureInfo.InvariantCulture, $";{(colour.Number < 8 ? first : first + 52) + colour.Number}");
        }
        else
        {
            text.Append(CultureInfo.InvariantCulture, $";{first + 8};5;{colour.Number}");
        }
    }
}
