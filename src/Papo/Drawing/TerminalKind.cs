// Owns: what a terminal can do, as far as its environment tells.
// Must never: ask the terminal; some wait for ever with an answer, some print the question.
namespace Papo.Drawing;

/// <summary>What can be relied upon.</summary>
/// <param name="Depth">Its colours.</param>
/// <param name="TakesCommands">Whether it takes operating system commands (OSC): titles, links, the clipboard. The Linux console prints them.</param>
internal sealed record TerminalKind(ColourDepth Depth, bool TakesCommands)
{
    // They know the palette of 256 whatever their entry in terminfo says: xterm for decades, and tmux and screen turn it into what the terminal around them has.
    private static readonly string[] WithPalette = ["xterm", "tmux", "screen", "rxvt-unicode"];

    /// <summary>Whether it is a console with a font of 256 or 512 characters.</summary>
    public bool HasSmallFont => !TakesCommands;

    /// <summary>Reads the environment.</summary>
    /// <param name="variable">An environment variable, or null.</param>
    /// <param name="colour">Whether colours are wanted at all.</param>
    public static TerminalKind Of(Func<string, string?> variable, bool colour)
    {
        var term = variable("TERM") ?? "";
        var isConsole = term is "linux" or "vt100" or "vt102" or "vt220";
        var depth = !colour ? ColourDepth.None
            : variable("COLORTERM") is "truecolor" or "24bit" || variable("WT_SESSION") is not null ? ColourDepth.True
            : term.Contains("256color", StringComparison.Ordinal) || Array.Exists(WithPalette, name => term.StartsWith(name, StringComparison.Ordinal)) || OperatingSystem.IsWindows() ? ColourDepth.Palette
            : ColourDepth.Sixteen;
        return new TerminalKind(depth, !isConsole);
    }
}
