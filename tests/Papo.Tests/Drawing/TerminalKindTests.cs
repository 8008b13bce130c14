// Owns: what is expected of a terminal by its name, and what a console gets in place of signs that it cannot draw.
// Must never: ask a terminal.
using Papo.Drawing;
using Papo.FullScreen;
using Papo.Output;
using Papo.Terminal;
using Papo.Tests.FullScreen;
using Papo.Texts;

namespace Papo.Tests.Drawing;

public sealed class TerminalKindTests
{
    [Theory]
    [InlineData("xterm", "", true, "Palette", true)]
    [InlineData("xterm-256color", "truecolor", true, "True", true)]
    [InlineData("screen", "", true, "Palette", true)]
    [InlineData("tmux-256color", "", true, "Palette", true)]
    [InlineData("rxvt", "", true, "Sixteen", true)]
    [InlineData("linux", "", true, "Sixteen", false)]
    [InlineData("xterm", "", false, "None", true)]
    public void A_terminal_is_known_by_its_name(string term, string colorterm, bool colour, string depth, bool takesCommands) =>
        Assert.Equal(new TerminalKind(Enum.Parse<ColourDepth>(depth), takesCommands), TerminalKind.Of(name => name switch { "TERM" => term, "COLORTERM" => colorterm, _ => null }, colour));

    [Fact]
    public void A_console_is_sent_nothing_that_it_would_print()
    {
        var console = new TerminalKind(ColourDepth.Sixteen, TakesCommands: false);
        var modes = ScreenModes.Of(console);
        var sent = TerminalMode.EnterAll(modes) + TerminalMode.LeaveAll(modes);
        Assert.DoesNotContain("\e]", sent, StringComparison.Ordinal);
        Assert.DoesNotContain("\e[>", sent, StringComparison.Ordinal); // older kernels print what follows
        var painter = new Painter(console);
        ScreenView.Draw(GoldenScreenTests.Busy(100, 30).Model, painter.Next, new Hits());
        Assert.DoesNotContain("\e]", painter.Update(), StringComparison.Ordinal);
    }

    [Fact]
    public void Alt_reaches_the_screen_in_xterm_and_is_at_the_end_what_its_user_had_set()
    {
        var modes = ScreenModes.Of(new TerminalKind(ColourDepth.Palette, TakesCommands: true));
        var enter = TerminalMode.EnterAll(modes);
        var leave = TerminalMode.LeaveAll(modes);
        Assert.All((string[])["1036", "1039"], mode =>
        {
            Assert.True(enter.IndexOf($"\e[?{mode}s", StringComparison.Ordinal) < enter.IndexOf($"\e[?{mode}h", StringComparison.Ordinal));
            Assert.Contains($"\e[?{mode}r", leave, StringComparison.Ordinal);
        });
    }

    [Fact]
    public void Signs_that_the_font_of_a_console_lacks_are_drawn_by_others_of_the_same_width()
    {
        var painter = new Painter(new TerminalKind(ColourDepth.Sixteen, TakesCommands: false));
        painter.Next.Begin(20, 1, default);
        painter.Next.Put(0, 0, "●ana ✓✓", default);
        Assert.Contains("ana vv", string.Concat(painter.Update().Split('\e').Select(static part => part.Contains('H', StringComparison.Ordinal) ? part[(part.IndexOf('H', StringComparison.Ordinal) + 1)..] : "")), StringComparison.Ordinal);
        foreach (var text in new English().Signs.Select(static row => row.Sign).Append("╭╮╰╯▌↪›▸"))
        {
            foreach (var sign in text.EnumerateRunes())
            {
                Assert.Equal(TextWidth.Of(sign.ToString()), TextWidth.Of(SmallFont.Of(sign.ToString())));
            }
        }
    }
}
