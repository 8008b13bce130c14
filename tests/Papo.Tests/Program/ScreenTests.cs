// Owns: where the input stands on the screen, and that what is printed never mixes with it.
// Must never: need a terminal; a small emulation of one reads what is written.
using CsCheck;
using Papo.Output;
using Papo.Terminal;

namespace Papo.Tests.Program;

public class ScreenTests
{
    [Fact]
    public void Long_input_goes_on_in_the_next_row()
    {
        var layout = InputLayout.Of("> ", "abcdefghijkl", 12, 10);
        Assert.Equal(["> abcdefg", "hijkl"], layout.Rows);
        Assert.Equal((1, 5), (layout.CursorRow, layout.CursorColumn));
    }

    [Fact]
    public void Wide_characters_never_straddle_the_edge()
    {
        var layout = InputLayout.Of("> ", "漢字漢字漢", 5, 10);
        Assert.Equal(["> 漢字漢", "字漢"], layout.Rows);
    }

    [Fact]
    public void Further_lines_stand_under_the_first()
    {
        var layout = InputLayout.Of("> ", "um\ndois", 3, 40);
        Assert.Equal(["> um", "  dois"], layout.Rows);
        Assert.Equal((1, 2), (layout.CursorRow, layout.CursorColumn));
    }

    [Fact]
    public void Only_rows_around_the_cursor_are_drawn_when_the_screen_is_small()
    {
        var layout = InputLayout.Of("> ", string.Join('\n', Enumerable.Range(0, 30)), 0, 40).Fit(5);
        Assert.Equal(5, layout.Rows.Count);
        Assert.Equal("> 0", layout.Rows[layout.CursorRow]);
    }

    [Theory]
    [InlineData("oi", 2)]
    [InlineData("漢字", 4)]
    [InlineData("é", 1)]
    [InlineData("👩‍💻", 2)]
    [InlineData("🇧🇷", 2)]
    [InlineData("❤️", 2)]
    [InlineData("한국", 4)]
    public void Columns_are_counted_as_people_see_them(string text, int columns) => Assert.Equal(columns, TextWidth.Of(text));

    [Fact]
    public void Messages_print_above_and_the_input_stays()
    {
        var emulated = new EmulatedTerminal(20, 6);
        var screen = Of(emulated);
        emulated.Write(screen.Redraw(new InputView("> ", "half a word", 11, "")));
        emulated.Write(screen.Print([StyledLine.Of("12:01 <bia> oi!")], new InputView("> ", "half a word", 11, "")));
        Assert.Equal(["12:01 <bia> oi!", "> half a word"], emulated.Text);
        Assert.Equal((1, 13), emulated.Cursor);
    }

    [Fact]
    public void An_own_line_changes_in_place_until_something_is_printed_below()
    {
        var emulated = new EmulatedTerminal(20, 6);
        var screen = Of(emulated);
        var empty = new InputView("> ", "", 0, "");
        emulated.Write(screen.Redraw(empty));
        emulated.Write(screen.SetTail([StyledLine.Of("oi …")], replace: false, empty));
        emulated.Write(screen.SetTail([StyledLine.Of("oi ✓")], replace: true, empty));
        Assert.Equal(["oi ✓", ">"], emulated.Text);
        emulated.Write(screen.Print([StyledLine.Of("<bia> oi!")], empty));
        emulated.Write(screen.SetTail([StyledLine.Of("tudo? …")], replace: false, empty));
        emulated.Write(screen.SetTail([StyledLine.Of("tudo? ✓✓")], replace: true, empty));
        Assert.Equal(["oi ✓", "<bia> oi!", "tudo? ✓✓", ">"], emulated.Text);
    }

    [Fact]
    public void A_hint_stands_at_the_right_edge_and_moves_nothing()
    {
        var emulated = new EmulatedTerminal(30, 4);
        var screen = Of(emulated);
        emulated.Write(screen.Redraw(new InputView("> ", "oi", 2, "bia is typing…")));
        Assert.Equal(["> oi           bia is typing…"], emulated.Text);
        Assert.Equal((0, 4), emulated.Cursor);
        emulated.Write(screen.Redraw(new InputView("> ", "oi", 2, "")));
        Assert.Equal(["> oi"], emulated.Text);
    }

    [Fact]
    public void Whatever_is_typed_and_printed_no_line_is_lost_or_doubled() =>
        Gen.Select(Gen.Select(Gen.Bool, Gen.String[Gen.Char['a', 'z'], 0, 40]).Array[1, 15], Gen.Int[12, 30]).Sample(static (steps, columns) =>
        {
            var emulated = new EmulatedTerminal(columns, 200);
            var screen = Of(emulated);
            List<string> printed = [];
            var input = new InputView("> ", "", 0, "");
            emulated.Write(screen.Redraw(input));
            foreach (var (print, text) in steps)
            {
                if (print)
                {
                    printed.Add(text);
                    emulated.Write(screen.Print([StyledLine.Of(text)], input));
                }
                else
                {
                    input = new InputView("> ", text, text.Length / 2, "");
                    emulated.Write(screen.Redraw(input));
                }
            }

            emulated.Write(screen.Close());
            var expected = printed.SelectMany(line => line.Length == 0 ? [""] : line.Chunk(columns).Select(static row => new string(row))).ToList();
            while (expected.Count > 0 && expected[^1].Length == 0)
            {
                expected.RemoveAt(expected.Count - 1);
            }

            Assert.Equal(expected, emulated.Text);
        });

    private static Screen Of(EmulatedTerminal terminal)
    {
        var screen = new Screen(new Palette(false));
        screen.Resize(terminal.Columns, terminal.Rows);
        return screen;
    }
}
