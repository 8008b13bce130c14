// Owns: the keys a terminal sends and what they do to a line.
// Must never: need a terminal.
using System.Text;
using CsCheck;
using Papo.Terminal;

namespace Papo.Tests.Program;

public class LineEditorTests
{
    private static readonly string[] Typed =
        ["a", "é", "👍", "\e[A", "\e[1;5C", "\e[3~", "\eOH", "\e\r", "\e[200~x\e[31m\ny\e[201~", "\u0001", "\r"];

    [Fact]
    public void Typed_text_is_submitted_with_enter() => Assert.Equal("oi bia!", Line("oi bia!\r"));

    [Fact]
    public void Keys_move_and_delete_by_what_people_see_as_characters()
    {
        Assert.Equal("ab", After("ab👩‍💻\u007f").Text);
        Assert.Equal("xé", After("é\e[Dx").Text); // e and a combining accent are one step
        Assert.Equal("ab", After("xab\e[H\e[3~").Text);
        Assert.Equal("ação!", After("ação\e[D\e[D\e[F!").Text);
    }

    [Fact]
    public void Words_are_moved_over_and_deleted()
    {
        Assert.Equal("um três", After("um dois três\eb\x17").Text);
        Assert.Equal("um X dois", After("um dois\e[1;5DX ").Text);
        Assert.Equal("um ", After("um dois\eb\ed").Text);
    }

    [Fact]
    public void What_was_killed_can_be_put_back()
    {
        Assert.Equal("dois um", After("um dois\eb\v\x01\x19 \x05").Text.TrimEnd());
        Assert.Equal("", After("um dois\x15").Text);
        Assert.Equal("um dois", After("um dois\x15\x19").Text);
    }

    [Fact]
    public void Earlier_lines_come_back_and_the_begun_one_is_not_lost()
    {
        var editor = After("um\r");
        editor.TakeLine();
        Type(editor, "dois\r");
        editor.TakeLine();
        Type(editor, "begun\e[A");
        Assert.Equal("dois", editor.Text);
        Type(editor, "\e[A");
        Assert.Equal("um", editor.Text);
        Type(editor, "\e[A\e[B\e[B");
        Assert.Equal("begun", editor.Text);
    }

    [Fact]
    public void A_backslash_at_the_end_and_alt_enter_continue_the_line()
    {
        Assert.Equal("um\ndois", Line("um\\\rdois\r"));
        Assert.Equal("um\ndois", Line("um\e\rdois\r"));
        Assert.Equal("um\\\\", Line("um\\\\\r"));
    }

    [Fact]
    public void Up_and_down_move_between_the_lines_of_one_message()
    {
        Assert.Equal("uXm\ndois", After("um\e\rdois\e[H\e[C\e[AX").Text);
        Assert.Equal("um\ndoXis", After("um\e\rdois\e[A\e[BX").Text.Replace("doisX", "doXis", StringComparison.Ordinal));
    }

    [Fact]
    public void A_paste_stays_one_message_and_obeys_nothing()
    {
        Assert.Equal("um\ndois\t\x03", Line("\e[200~um\r\ndois\t\x03\r\n\e[201~\r"));
    }

    [Fact]
    public void More_than_twenty_lines_are_asked_about()
    {
        var paste = $"\e[200~{string.Join('\n', Enumerable.Repeat("x", 21))}\e[201~";
        var editor = After(paste);
        Assert.Equal(EditOutcome.AskFirst, Type(editor, "\r"));
        Assert.Equal(EditOutcome.Submitted, Type(editor, "\r"));
        editor = After(paste);
        Type(editor, "\r");
        Assert.Equal(EditOutcome.Dropped, Type(editor, "\x03"));
        Assert.Equal("", editor.Text);
        Type(editor, "\x19");
        Assert.Equal(21, editor.Lines);
    }

    [Fact]
    public void Control_c_clears_a_line_and_leaves_an_empty_one()
    {
        var editor = After("oi");
        Assert.Equal(EditOutcome.Changed, Type(editor, "\x03"));
        Assert.Equal(EditOutcome.Leave, Type(editor, "\x03"));
        Assert.Equal(EditOutcome.Leave, Type(editor, "\x04"));
    }

    [Fact]
    public void Tab_goes_round_the_candidates()
    {
        var editor = new LineEditor(static (_, _) => new Completions(0, ["bia: ", "bruno: "]));
        Type(editor, "b\t");
        Assert.Equal("bia: ", editor.Text);
        Type(editor, "\t");
        Assert.Equal("bruno: ", editor.Text);
        Type(editor, "\toi");
        Assert.Equal("bia: oi", editor.Text);
    }

    [Fact]
    public void Keys_do_not_depend_on_how_reads_cut_them() =>
        Gen.Select(Gen.Int[0, Typed.Length - 1].Select(static at => Typed[at]).Array[1, 12], Gen.Int[1, 5])
            .Sample(static (parts, size) =>
            {
                var bytes = Encoding.UTF8.GetBytes(string.Concat(parts));
                var whole = new KeyParser().Parse(bytes);
                var parser = new KeyParser();
                var cut = bytes.Chunk(size).SelectMany(chunk => parser.Parse(chunk)).ToList();
                return Flat(whole) == Flat(cut);
            });

    [Fact]
    public void Any_bytes_leave_the_cursor_between_two_characters() =>
        Gen.Byte.Array[0, 200].Sample(static bytes =>
        {
            var editor = new LineEditor(static (_, _) => new Completions(0, []));
            foreach (var key in new KeyParser().Parse(bytes))
            {
                editor.Apply(key);
                Assert.Equal(editor.Cursor, TextBorders.AtOrAfter(editor.Text, editor.Cursor));
            }
        });

    // Neighbouring texts may arrive as one key or several.
    private static string Flat(IEnumerable<Key> keys) =>
        string.Concat(keys.Select(static key => key.Kind == KeyKind.Text ? key.Text : $"<{key.Kind}:{key.Text}>"));

    private static string Line(string typed)
    {
        var editor = new LineEditor(static (_, _) => new Completions(0, []));
        Assert.Equal(EditOutcome.Submitted, Type(editor, typed));
        return editor.TakeLine();
    }

    private static LineEditor After(string typed)
    {
        var editor = new LineEditor(static (_, _) => new Completions(0, []));
        Type(editor, typed);
        return editor;
    }

    private static EditOutcome Type(LineEditor editor, string typed) =>
        new KeyParser().Parse(Encoding.UTF8.GetBytes(typed)).Select(editor.Apply).ToList().LastOrDefault();
}
