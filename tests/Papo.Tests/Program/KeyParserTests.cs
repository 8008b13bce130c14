// Owns: the bytes of many terminals and the strokes they stand for.
// Must never: need a terminal.
using System.Text;
using CsCheck;
using Papo.Terminal;

namespace Papo.Tests.Program;

public class KeyParserTests
{
    private static readonly string[] Sent =
    [
        "a", "é", "👍", "\e", "\r", "\u0001", "\u007f", "\ea", "\eé", "\e\r", "\e[A", "\e[1;5C", "\e[3~", "\e[3$", "\eOH", "\eO1;5P", "\e\e[A", "\e[[A", "\e[Z", "\e[I", "\e[M !!",
        "\e[27;5;107~", "\e[97;5u", "\e[97;1:3u", "\e[<0;3;4M", "\e[?62;22c", "\e[12;40R", "\e]11;rgb:ff/ff/ff\e\\", "\e]10;x\a", "\eP>|xterm(390)\e\\", "\e_Gi=1;OK\e\\",
        "\e[200~x\e[31m\ny\e[201~", "\e[", "\eO", "\e]", "\e]1", "\eP1", "[", "O", ";", "~", "\\",
        "\e[" + new string('1', 70), "\e]11;" + new string('x', 4100),
    ];

    [Theory]
    [InlineData("\r", "Enter")]
    [InlineData("\t", "Tab")]
    [InlineData("\u007f", "Backspace")]
    [InlineData("\b", "Backspace")]
    [InlineData("\n", "Ctrl+J")]
    [InlineData("\u0000", "Ctrl+Space")]
    [InlineData("\u000b", "Ctrl+K")]
    [InlineData("\u001c", "Ctrl+\\")]
    [InlineData("\u001f", "Ctrl+/")]
    [InlineData("\ef", "Alt+F")]
    [InlineData("\eF", "Alt+Shift+F")]
    [InlineData("\eé", "Alt+é")]
    [InlineData("\e?", "Alt+?")]
    [InlineData("\e\r", "Alt+Enter")]
    [InlineData("\e\u007f", "Alt+Backspace")]
    [InlineData("\e\u001f", "Ctrl+Alt+/")]
    [InlineData("\e[A", "Up")]
    [InlineData("\eOA", "Up")]
    [InlineData("\e[1;2A", "Shift+Up")]
    [InlineData("\e[1;3B", "Alt+Down")]
    [InlineData("\e[1;5C", "Ctrl+Right")]
    [InlineData("\e[1;8D", "Ctrl+Alt+Shift+Left")]
    [InlineData("\eO5C", "Ctrl+Right")] // older Konsole
    [InlineData("\e\e[A", "Alt+Up")] // rxvt, Terminal.app
    [InlineData("\e[a", "Shift+Up")] // rxvt
    [InlineData("\eOd", "Ctrl+Left")]
    [InlineData("\e[3$", "Shift+Delete")]
    [InlineData("\e[3^", "Ctrl+Delete")]
    [InlineData("\e[5@", "Ctrl+Shift+PageUp")]
    [InlineData("\e\e[3^", "Ctrl+Alt+Delete")]
    [InlineData("\e[H", "Home")]
    [InlineData("\e[1;5H", "Ctrl+Home")]
    [InlineData("\e[7~", "Home")]
    [InlineData("\e[4~", "End")]
    [InlineData("\e[2~", "Insert")]
    [InlineData("\e[5~", "PageUp")]
    [InlineData("\e[6;3~", "Alt+PageDown")]
    [InlineData("\e[Z", "Shift+Tab")]
    [InlineData("\eOP", "F1")]
    [InlineData("\e[11~", "F1")]
    [InlineData("\e[[B", "F2")] // Linux console
    [InlineData("\e[1;5S", "Ctrl+F4")]
    [InlineData("\e[1;2R", "Shift+F3")]
    [InlineData("\e[15~", "F5")]
    [InlineData("\e[20~", "F9")]
    [InlineData("\e[24;2~", "Shift+F12")]
    [InlineData("\eOM", "Enter")] // keypad
    [InlineData("\eOk", "Plus")]
    [InlineData("\eOy", "9")]
    [InlineData("\e[27;5;107~", "Ctrl+K")] // modifyOtherKeys
    [InlineData("\e[27;5;13~", "Ctrl+Enter")]
    [InlineData("\e[27;6;75~", "Ctrl+Shift+K")]
    [InlineData("\e[107;5u", "Ctrl+K")] // fixterms, kitty
    [InlineData("\e[107:75;6u", "Ctrl+Shift+K")]
    [InlineData("\e[13;2u", "Shift+Enter")]
    [InlineData("\e[9;2u", "Shift+Tab")]
    [InlineData("\e[27u", "Escape")]
    [InlineData("\e[105;5u", "Tab")] // as where both are one byte
    [InlineData("\e[97;2;65u", "A")]
    [InlineData("\e[233u", "é")]
    [InlineData("\e[57414u", "Enter")]
    [InlineData("\e[57420;5u", "Ctrl+Down")]
    [InlineData("\e[107;9u", "Unknown")] // with the system's key
    [InlineData("\e[99999999999u", "Unknown")]
    [InlineData("\e[I", "FocusIn")]
    [InlineData("\e[O", "FocusOut")]
    public void A_stroke_is_known_in_every_form(string sent, string name)
    {
        var key = Assert.Single(Parse(sent));
        Assert.Equal(name, KeyName.Of(key));
    }

    [Theory]
    [InlineData("\e[<0;3;4M", PointerKind.Press, PointerButton.Left, 2, 3, Modifiers.None)]
    [InlineData("\e[<2;1;1m", PointerKind.Release, PointerButton.Right, 0, 0, Modifiers.None)]
    [InlineData("\e[<48;10;20M", PointerKind.Drag, PointerButton.Left, 9, 19, Modifiers.Ctrl)]
    [InlineData("\e[<35;10;20M", PointerKind.Move, PointerButton.None, 9, 19, Modifiers.None)]
    [InlineData("\e[<64;300;200M", PointerKind.WheelUp, PointerButton.None, 299, 199, Modifiers.None)]
    [InlineData("\e[<77;5;6M", PointerKind.WheelDown, PointerButton.None, 4, 5, Modifiers.Shift | Modifiers.Alt)]
    [InlineData("\e[M #$", PointerKind.Press, PointerButton.Left, 2, 3, Modifiers.None)]
    [InlineData("\e[M##$", PointerKind.Release, PointerButton.None, 2, 3, Modifiers.None)]
    [InlineData("\e[Ma!!", PointerKind.WheelDown, PointerButton.None, 0, 0, Modifiers.None)]
    internal void The_mouse_is_told_in_cells_from_zero(string sent, PointerKind kind, PointerButton button, int column, int row, Modifiers modifiers)
    {
        var key = Assert.Single(Parse(sent));
        Assert.Equal((KeyCode.Mouse, modifiers, new Pointer(kind, button, column, row)), (key.Code, key.Modifiers, key.Pointer));
    }

    [Theory]
    [InlineData("\e[?62;22c", "[?62;22c")]
    [InlineData("\e[>41;390;0c", "[>41;390;0c")]
    [InlineData("\e[12;40R", "[12;40R")]
    [InlineData("\e[?1;2R", "[?1;2R")]
    [InlineData("\e[0n", "[0n")]
    [InlineData("\e[?2026;2$y", "[?2026;2$y")]
    [InlineData("\e[?1u", "[?1u")]
    [InlineData("\e]11;rgb:1e1e/1e1e/2e2e\e\\", "]11;rgb:1e1e/1e1e/2e2e")]
    [InlineData("\e]10;rgb:ff/ff/ff\a", "]10;rgb:ff/ff/ff")]
    [InlineData("\eP>|WezTerm 2024\e\\", "P>|WezTerm 2024")]
    [InlineData("\eP1$r0m\e\\", "P1$r0m")]
    [InlineData("\e_Gi=31;OK\e\\", "_Gi=31;OK")]
    public void An_answer_of_the_terminal_is_never_typed_text(string sent, string payload) =>
        Assert.Equal([new Key(KeyCode.Answer, Modifiers.None, payload), Typed("x")], Parse(sent + "x"));

    [Fact]
    public void Alt_with_a_letter_that_could_begin_an_answer_is_still_a_stroke()
    {
        Assert.Equal(["Alt+]", "a"], Names("\e]a"));
        Assert.Equal(["Alt+]", "1", "a"], Names("\e]1a"));
        Assert.Equal(["Alt+Shift+P", "a"], Names("\ePa"));
        Assert.Equal(["Alt+_", "a"], Names("\e_a"));
        Assert.Equal(["Alt+[", "Enter"], Names("\e[\r"));
        Assert.Equal(["Alt+Shift+O", "Ctrl+C"], Names("\eO\u0003"));
    }

    [Fact]
    public void A_sequence_that_is_too_long_is_dropped_whole()
    {
        Assert.Equal([Typed("x")], Parse("\e[" + new string('1', 500) + "Ax"));
        Assert.Equal([Typed("x")], Parse("\e[<" + new string(';', 500) + "Mx"));
        Assert.Equal([Typed("x")], Parse("\e]11;" + new string('r', 9000) + "\e\\x"));
        Assert.Equal(["Enter", "x"], Names("\eP>|" + new string('r', 9000) + "\rx")); // nobody is locked out by a string without an end
    }

    [Fact]
    public void What_cuts_a_sequence_off_is_not_lost()
    {
        Assert.Equal(["Unknown", "Ctrl+C"], Names("\e[1;5\u0003"));
        Assert.Equal(["Unknown", "Enter"], Names("\e]11;rgb\r"));
        Assert.Equal(["Unknown", "Up"], Names("\e[12\e[A"));
    }

    [Fact]
    public void A_key_that_is_let_go_is_no_stroke() => Assert.Equal(["Ctrl+K"], Names("\e[107;5:1u\e[107;5:3u"));

    [Fact]
    public void An_escape_alone_is_the_escape_key_after_a_moment()
    {
        var parser = new KeyParser();
        Assert.Empty(parser.Parse("\e"u8));
        Assert.True(parser.IsLoneEscape);
        Assert.Equal([new Key(KeyCode.Escape)], parser.Flush());
        Assert.False(parser.IsWaiting);
        Assert.Empty(parser.Parse("\e\e"u8));
        Assert.Equal(2, parser.Flush().Count);
        Assert.Equal([new Key(KeyCode.Escape), new Key(KeyCode.Text, Modifiers.Alt, "a")], parser.Parse("\e\ea"u8));
        Assert.Empty(parser.Parse("\e["u8));
        Assert.Empty(parser.Flush()); // the rest may be under way
        Assert.Equal([new Key(KeyCode.Up)], parser.Parse("A"u8));
    }

    [Fact]
    public void Typed_text_comes_code_point_by_code_point()
    {
        Assert.Equal([Typed("o"), Typed("é"), Typed("👍")], Parse("oé👍"));
        Assert.Equal([Typed("\uFFFD"), new Key(KeyCode.Enter)], new KeyParser().Parse([0xE2, 0x82, 0x0D]));
    }

    [Fact]
    public void A_paste_is_one_key_and_obeys_nothing()
    {
        Assert.Equal([new Key(KeyCode.Paste, Modifiers.None, "um\ndois\e[A\u0003"), Typed("x")], Parse("\e[200~um\r\ndois\e[A\u0003\e[201~x"));
    }

    [Fact]
    public void A_paste_without_an_end_in_sight_comes_in_parts_that_cut_no_character()
    {
        var text = new string('a', (1024 * 1024) - 2) + "👍\r\n" + new string('b', 40);
        var keys = Parse($"\e[200~{text}\e[201~\r");
        Assert.Equal([KeyCode.Paste, KeyCode.Paste, KeyCode.Enter], keys.Select(static key => key.Code));
        Assert.Equal(text.ReplaceLineEndings("\n"), keys[0].Text + keys[1].Text);
    }

    [Fact]
    public void Strokes_do_not_depend_on_how_reads_cut_them() =>
        Gen.Select(Typist.OneOf(Sent).Array[1, 12], Gen.Int[1, 7].Array[1, 8])
            .Sample(static (parts, sizes) => IsSame(Encoding.UTF8.GetBytes(string.Concat(parts)), sizes));

    [Fact]
    public void Strokes_of_any_bytes_do_not_depend_on_how_reads_cut_them() =>
        Gen.Select(Gen.OneOf(Gen.Byte, Typist.OneOf("\e\e[]OP<;1234$~uM"u8.ToArray())).Array[0, 120], Gen.Int[1, 7].Array[1, 8]).Sample(IsSame);

    private static bool IsSame(byte[] bytes, int[] sizes)
    {
        var (whole, cut) = (new KeyParser(), new KeyParser());
        var keys = whole.Parse(bytes).Concat(whole.Flush()).ToList();
        List<Key> again = [];
        for (int at = 0, turn = 0; at < bytes.Length; turn++)
        {
            var size = Math.Min(sizes[turn % sizes.Length], bytes.Length - at);
            again.AddRange(cut.Parse(bytes.AsSpan(at, size)));
            at += size;
        }

        again.AddRange(cut.Flush());
        return keys.SequenceEqual(again) && whole.IsWaiting == cut.IsWaiting;
    }

    private static Key Typed(string text) => new(KeyCode.Text, Modifiers.None, text);

    private static IReadOnlyList<Key> Parse(string sent) => new KeyParser().Parse(Encoding.UTF8.GetBytes(sent));

    private static IEnumerable<string> Names(string sent) => Parse(sent).Select(KeyName.Of);
}
