// Owns: one colour of a terminal: its own default, one of its palette, or red, green and blue.
// Must never: know what the colour is for.
using System.Globalization;

namespace Papo.Drawing;

/// <summary>How many colours a terminal takes.</summary>
internal enum ColourDepth
{
    /// <summary>None: bold, underline and reverse only.</summary>
    None,

    /// <summary>The sixteen that every terminal has, in the tones its user chose.</summary>
    Sixteen,

    /// <summary>The palette of 256.</summary>
    Palette,

    /// <summary>Red, green and blue of eight bits each.</summary>
    True,
}

/// <summary>A colour; the default of the struct is the terminal's own.</summary>
internal readonly record struct Colour
{
    private const uint IndexMark = 1u << 24;
    private const uint RgbMark = 2u << 24;
    private readonly uint _value;

    private Colour(uint value) => _value = value;

    /// <summary>The terminal's own foreground or background.</summary>
    public static Colour Default => default;

    /// <summary>Whether it is the terminal's own.</summary>
    public bool IsDefault => _value == 0;

    /// <summary>Whether it has red, green and blue of its own.</summary>
    public bool IsRgb => _value >= RgbMark;

    /// <summary>Place in the palette; only where it is neither the default nor of red, green and blue.</summary>
    public int Number => (int)(_value & 0xFF);

    /// <summary>Red, green and blue; only where <see cref="IsRgb"/>.</summary>
    public (int Red, int Green, int Blue) Rgb => ((int)(_value >> 16) & 0xFF, (int)(_value >> 8) & 0xFF, (int)_value & 0xFF);

    /// <summary>A colour of the palette, 0 to 255; below 16 the terminal's user chose the tone.</summary>
    public static Colour Of(int number) => new(IndexMark | (uint)(number & 0xFF));

    /// <summary>A colour of eight bits each.</summary>
    public static Colour Of(int red, int green, int blue) => new(RgbMark | ((uint)(red & 0xFF) << 16) | ((uint)(green & 0xFF) << 8) | (uint)(blue & 0xFF));

    /// <summary>Reads <c>#rrggbb</c>, <c>0</c> to <c>255</c>, or <c>default</c>.</summary>
    public static bool TryParse(string text, out Colour colour)
    {
        colour = default;
        if (text == "default")
        {
            return true;
        }

        if (text is ['#', _, _, _, _, _, _] && uint.TryParse(text.AsSpan(1), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var rgb))
        {
            colour = new Colour(RgbMark | rgb);
            return true;
        }

        if (byte.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
        {
            colour = Of(number);
            return true;
        }

        return false;
    }

    /// <summary>The nearest colour that a terminal of this depth has.</summary>
    public Colour In(ColourDepth depth)
    {
        if (IsDefault || depth == ColourDepth.None)
        {
            return default;
        }

        if (depth == ColourDepth.True || (!IsRgb && (depth == ColourDepth.Palette || Number < 16)))
        {
            return this;
        }

        var (red, green, blue) = IsRgb ? Rgb : OfCube(Number);
        return depth == ColourDepth.Palette ? Of(ToCube(red, green, blue)) : Of(ToSixteen(red, green, blue));
    }

    // xterm's cube: 6 steps a channel at 0, 95, 135, 175, 215, 255 from number 16 on, then 24 greys from 8 in steps of 10.
    private static (int Red, int Green, int Blue) OfCube(int number)
    {
        if (number >= 232)
        {
            var grey = 8 + ((number - 232) * 10);
            return (grey, grey, grey);
        }

        var place = number - 16;
        return (Level(place / 36), Level(place / 6 % 6), Level(place % 6));

        static int Level(int step) => step == 0 ? 0 : 55 + (step * 40);
    }

    private static int ToCube(int red, int green, int blue)
    {
        if (Math.Max(red, Math.Max(green, blue)) - Math.Min(red, Math.Min(green, blue)) < 12)
        {
            var grey = (red + green + blue) / 3;
            return grey < 4 ? 16 : grey > 246 ? 231 : 232 + Math.Clamp((grey - 3) / 10, 0, 23);
        }

        return 16 + (36 * Step(red)) + (6 * Step(green)) + Step(blue);

        static int Step(int level) => level < 48 ? 0 : level < 115 ? 1 : Math.Min(5, (level - 35) / 40);
    }

    private static int ToSixteen(int red, int green, int blue)
    {
        var bright = Math.Max(red, Math.Max(green, blue));
        if (bright - Math.Min(red, Math.Min(green, blue)) < 40)
        {
            return bright < 64 ? 0 : bright < 150 ? 8 : bright < 220 ? 7 : 15;
        }

        var half = bright / 2;
        return (red > half ? 1 : 0) + (green > half ? 2 : 0) + (blue > half ? 4 : 0) + (bright > 190 ? 8 : 0);
    }
}
