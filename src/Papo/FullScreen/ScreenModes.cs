// Owns: the modes of a terminal that the full screen needs, and how each is taken back.
// Must never: set a mode that leaving does not take back.
using System.Globalization;
using Papo.Drawing;
using Papo.Terminal;

namespace Papo.FullScreen;

/// <summary>Sequences that set and take back modes.</summary>
internal static class ScreenModes
{
    /// <summary>The lines are ours: the terminal does not wrap them (DECAWM).</summary>
    private static readonly TerminalMode NoWrap = new("\e[?7l", "\e[?7h");

    /// <summary>Letters stand in the order we send them, whatever their direction (ECMA-48 BDSM, explicit).</summary>
    private static readonly TerminalMode OwnDirection = new("\e[8l", "\e[8h");

    /// <summary>Shift+Enter is told from Enter (xterm's modifyOtherKeys).</summary>
    private static readonly TerminalMode OtherKeys = new("\e[>4;1m", "\e[>4;0m");

    /// <summary>Alt sends Escape and the key, where xterm would send another letter; as its user had it before, at the end (XTSAVE, XTRESTORE).</summary>
    private static readonly TerminalMode AltIsEscape = new("\e[?1036s\e[?1039s\e[?1036h\e[?1039h", "\e[?1039r\e[?1036r");

    /// <summary>Whatever was hidden shows again.</summary>
    private static readonly TerminalMode CursorBack = new("", "\e[?25h");

    /// <summary>The mouse is turned on and off by preference while the screen runs; here only off at the end.</summary>
    private static readonly TerminalMode MouseBack = new("", TerminalMode.Mouse.Leave);

    /// <summary>The title is put aside and comes back.</summary>
    private static readonly TerminalMode Titled = new("\e[22;2t", "\e[23;2t");

    /// <summary>A question, not a mode: which colour the ground has (OSC 11).</summary>
    private static readonly TerminalMode Ground = new("\e]11;?\e\\", "");

    /// <summary>The modes for a terminal, in their order.</summary>
    public static IReadOnlyList<TerminalMode> Of(TerminalKind terminal)
    {
        TerminalMode[] modes = [TerminalMode.AlternateScreen, NoWrap, TerminalMode.BracketedPaste, TerminalMode.Focus, OwnDirection, CursorBack, MouseBack];
        return terminal.TakesCommands ? [Titled, .. modes, OtherKeys, AltIsEscape, Ground] : modes; // older Linux consoles print what follows the > of OtherKeys
    }

    /// <summary>What the window is called: how many messages wait, and where.</summary>
    public static string Title(ScreenModel model)
    {
        var unread = model.Conversations.Where(conversation => !model.Chat.Muted.Contains(conversation.Room)).Sum(static conversation => conversation.Unread);
        var count = unread > 0 ? string.Create(CultureInfo.InvariantCulture, $"({unread}) ") : "";
        return $"\e]2;{count}papo {model.Chat.Current}\e\\";
    }
}
