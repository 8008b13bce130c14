// Owns: the order in which modes of a terminal are entered and left.
// Must never: need a terminal.
using Papo.Terminal;

namespace Papo.Tests.Program;

public class TerminalModeTests
{
    [Fact]
    public void Modes_are_left_in_reverse() =>
        Assert.Equal(
            ("\e[?1049h\e[?1000h\e[?1002h\e[?1006h\e[?1004h\e[?2004h", "\e[?2004l\e[?1004l\e[?1006l\e[?1002l\e[?1000l\e[999;1H\n\e[?1049l\e[0m"),
            (TerminalMode.EnterAll(All), TerminalMode.LeaveAll(All)));

    private static TerminalMode[] All => [TerminalMode.AlternateScreen, TerminalMode.Mouse, TerminalMode.Focus, TerminalMode.BracketedPaste];
}
