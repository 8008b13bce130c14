// Owns: the colours that the built-in themes are made of.
// Must never: know what is drawn with them.
using Papo.Drawing;

namespace Papo.FullScreen;

/// <summary>The colours of a theme. Text on a ground keeps a contrast of at least 4.5 to 1 (WCAG 2.2, 1.4.3), quiet text 3 to 1.</summary>
internal sealed record Shades
{
    public Colour Text { get; init; }

    public Colour Quiet { get; init; }

    public Colour Line { get; init; }

    public Colour Accent { get; init; }

    public Colour OnAccent { get; init; }

    public Colour AccentGround { get; init; }

    public Colour Link { get; init; }

    public Colour Warning { get; init; }

    public Colour Error { get; init; }

    public Colour Bar { get; init; }

    public Colour OnBar { get; init; }

    public Colour BarWarning { get; init; }

    public Colour BoxGround { get; init; }

    public Colour CodeGround { get; init; }

    public Colour Keyword { get; init; }

    public Colour String { get; init; }

    public Colour Number { get; init; }

    public static Shades Dark { get; } = new()
    {
        Quiet = Colour.Of(245),
        Line = Colour.Of(240),
        Accent = Colour.Of(81),
        OnAccent = Colour.Of(16),
        AccentGround = Colour.Of(81),
        Link = Colour.Of(111),
        Warning = Colour.Of(221),
        Error = Colour.Of(210),
        Bar = Colour.Of(237),
        OnBar = Colour.Of(254),
        BarWarning = Colour.Of(221),
        BoxGround = Colour.Of(236),
        CodeGround = Colour.Of(235),
        Keyword = Colour.Of(176),
        String = Colour.Of(150),
        Number = Colour.Of(216),
    };

    public static Shades Light { get; } = new()
    {
        Quiet = Colour.Of(242),
        Line = Colour.Of(249),
        Accent = Colour.Of(25),
        OnAccent = Colour.Of(231),
        AccentGround = Colour.Of(25),
        Link = Colour.Of(26),
        Warning = Colour.Of(94),
        Error = Colour.Of(124),
        Bar = Colour.Of(252),
        OnBar = Colour.Of(235),
        BarWarning = Colour.Of(88),
        BoxGround = Colour.Of(254),
        CodeGround = Colour.Of(255),
        Keyword = Colour.Of(90),
        String = Colour.Of(22),
        Number = Colour.Of(94),
    };

    public static Shades Contrast { get; } = new()
    {
        Text = Colour.Of(231),
        Quiet = Colour.Of(252),
        Line = Colour.Of(231),
        Accent = Colour.Of(226),
        OnAccent = Colour.Of(16),
        AccentGround = Colour.Of(226),
        Link = Colour.Of(51),
        Warning = Colour.Of(226),
        Error = Colour.Of(213),
        Bar = Colour.Of(231),
        OnBar = Colour.Of(16),
        BarWarning = Colour.Of(88),
        BoxGround = Colour.Of(234),
        CodeGround = Colour.Of(234),
        Keyword = Colour.Of(51),
        String = Colour.Of(46),
        Number = Colour.Of(226),
    };

    public static Shades Sixteen { get; } = new()
    {
        Quiet = Colour.Of(8),
        Line = Colour.Of(8),
        Accent = Colour.Of(6),
        OnAccent = Colour.Of(0),
        AccentGround = Colour.Of(6),
        Link = Colour.Of(4),
        Warning = Colour.Of(3),
        Error = Colour.Of(1),
        Bar = Colour.Of(4),
        OnBar = Colour.Of(15),
        BarWarning = Colour.Of(11),
        Keyword = Colour.Of(5),
        String = Colour.Of(2),
        Number = Colour.Of(3),
    };
}
