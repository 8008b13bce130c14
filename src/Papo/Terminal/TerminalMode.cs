// Owns: the modes a terminal can be asked for and how each is left again.
// Must never: name a mode that cannot be left.
namespace Papo.Terminal;

/// <summary>A mode of the terminal.</summary>
/// <param name="Enter">What turns it on.</param>
/// <param name="Leave">What turns it off.</param>
internal sealed record TerminalMode(string Enter, string Leave)
{
    /// <summary>Pasted text comes marked as such.</summary>
    public static TerminalMode BracketedPaste { get; } = new("\e[?2004h", "\e[?2004l");

    /// <summary>A screen of its own; what stood there before comes back.</summary>
    public static TerminalMode AlternateScreen { get; } = new("\e[?1049h", "\e[999;1H\n\e[?1049l"); // below the picture, where a terminal has but one screen (GNU screen as it comes)

    /// <summary>Buttons, the wheel, and moving with a button down; with Shift the mouse stays the terminal's.</summary>
    public static TerminalMode Mouse { get; } = new("\e[?1000h\e[?1002h\e[?1006h", "\e[?1006l\e[?1002l\e[?1000l");

    /// <summary>The terminal says when its window comes into use and when not.</summary>
    public static TerminalMode Focus { get; } = new("\e[?1004h", "\e[?1004l");

    /// <summary>What enters modes, in their order.</summary>
    public static string EnterAll(IEnumerable<TerminalMode> modes) => string.Concat(modes.Select(static mode => mode.Enter));

    /// <summary>What leaves them, the last first, and puts colours back.</summary>
    public static string LeaveAll(IEnumerable<TerminalMode> modes) => string.Concat(modes.Reverse().Select(static mode => mode.Leave)) + "\e[0m";
}
