// Owns: what stands for a sign that the font of a console lacks.
// Must never: change how wide a sign is.
namespace Papo.Drawing;

/// <summary>Signs for consoles. The fonts of Debian's console-setup all lack some of these; what stands for them they all have.</summary>
internal static class SmallFont
{
    /// <summary>The sign itself, or what is drawn in its place.</summary>
    public static string Of(string sign) => sign switch
    {
        "✓" => "v",
        "○" => "o",
        "▌" => "|",
        "✎" => "*",
        "↪" => ">",
        "✗" => "x",
        "●" => "•",
        "▸" or "›" => ">",
        "╭" => "┌",
        "╮" => "┐",
        "╰" => "└",
        "╯" => "┘",
        "–" => "-",
        _ => sign,
    };
}
