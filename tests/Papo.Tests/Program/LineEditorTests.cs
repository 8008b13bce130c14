// Owns: what is typed and what it does to a line.
// Must never: need a terminal.
using CsCheck;
using Papo.Terminal;

namespace Papo.Tests.Program;

public class LineEditorTests
{
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
    public void What_is_cut_in_a_row_comes_back_as_one_and_earlier_cuts_after_it()
    {
        var ana = new Typist().After("um dois três\x17\x17");
        Assert.Equal("um dois três", ana.After("\x19").Text);
        ana.After("\x15novo\x15");
        Assert.Equal("novo", ana.After("\x19").Text);
        Assert.Equal("um dois três", ana.After("\ey").Text);
        Assert.Equal("dois três", ana.After("\ey").Text);
        Assert.Equal("novo", ana.After("\ey").Text);
    }

    [Fact]
    public void Earlier_lines_come_back_and_the_begun_one_is_not_lost()
    {
        var ana = new Typist();
        ana.Type("um\r");
        ana.Editor.TakeLine();
        ana.Type("dois\r");
        ana.Editor.TakeLine();
        Assert.Equal("dois", ana.After("begun\e[A").Text);
        Assert.Equal("um", ana.After("\e[A").Text);
        Assert.Equal("begun", ana.After("\e[A\e[B\e[B").Text);
    }

    [Fact]
    public void A_backslash_at_the_end_and_alt_enter_continue_the_line()
    {
        Assert.Equal("um\ndois", Line("um\\\rdois\r"));
        Assert.Equal("um\ndois", Line("um\e\rdois\r"));
        Assert.Equal("um\\\\", Line("um\\\\\r"));
    }

    [Fact]
    public void Up_and_down_keep_the_column_that_was_wanted()
    {
        var ana = new Typist().After("quatro\ndé\ntreze");
        Assert.Equal("quatro\ndé|\ntreze", ana.After("\e[A").Seen);
        Assert.Equal("quatr|o\ndé\ntreze", ana.After("\e[A").Seen);
        Assert.Equal("quatro\ndé\ntreze|", ana.After("\e[B\e[B").Seen);
        Assert.Equal("ab👍c\nwxy|z", new Typist().After("ab👍c\nwxyz\e[D\e[A\e[B").Seen);
    }

    [Fact]
    public void The_cursor_goes_to_both_ends_of_the_text() =>
        Assert.Equal("Xum\ndoisY|", new Typist().After("um\ndois\e[1;5HX\e[1;5FY").Seen);

    [Fact]
    public void A_paste_stays_one_message_and_obeys_nothing()
    {
        Assert.Equal("um\ndois\t\x03", Line("\e[200~um\r\ndois\t\x03\r\n\e[201~\r"));
    }

    [Fact]
    public void More_than_twenty_lines_are_asked_about()
    {
        var paste = $"\e[200~{string.Join('\n', Enumerable.Repeat("x", 21))}\e[201~";
        var ana = new Typist().After(paste);
        Assert.Equal(EditOutcome.AskFirst, ana.Type("\r"));
        Assert.Equal(EditOutcome.Submitted, ana.Type("\r"));
        ana = new Typist().After(paste);
        ana.Type("\r");
        Assert.Equal(EditOutcome.Dropped, ana.Type("\x03"));
        Assert.Equal("", ana.Text);
        ana.Type("\x19");
        Assert.Equal(21, ana.Editor.Lines);
    }

    [Fact]
    public void Escape_at_the_question_goes_back_to_writing()
    {
        var ana = new Typist().After($"\e[200~{new string('\n', 20)}x\e[201~\r");
        Assert.Equal(EditOutcome.None, ana.Type("\e"));
        Assert.Equal(21, ana.Editor.Lines);
        Assert.Equal(EditOutcome.AskFirst, ana.Type("\r"));
    }

    [Fact]
    public void Control_c_clears_a_line_and_leaves_an_empty_one()
    {
        var ana = new Typist().After("oi");
        Assert.Equal(EditOutcome.Changed, ana.Type("\x03"));
        Assert.Equal(EditOutcome.Leave, ana.Type("\x03"));
        Assert.Equal(EditOutcome.Leave, ana.Type("\x04"));
    }

    [Fact]
    public void Tab_goes_round_the_candidates_both_ways_and_escape_gives_the_word_back()
    {
        var editor = new LineEditor(static (_, _) => Completions.Of(0, ["bia: ", "bruno: ", "beto: "]));
        var ana = new Typist(KeyMap.Emacs, editor);
        Assert.Equal("bia: ", ana.After("b\t").Text);
        Assert.Equal("bruno: ", ana.After("\t").Text);
        Assert.Equal("bia: ", ana.After("\e[Z").Text);
        Assert.Equal("beto: ", ana.After("\e[Z").Text);
        Assert.Equal(2, editor.Chosen);
        Assert.Equal(["bia:", "bruno:", "beto:"], editor.Offers.Candidates.Select(static candidate => candidate.Label));
        Assert.Equal("b", ana.After("\e").Text);
        Assert.Null(editor.Chosen);
        Assert.Equal("bia: oi", ana.After("\toi").Text);
    }

    [Fact]
    public void Undo_goes_back_word_by_word_and_redo_forward()
    {
        var ana = new Typist().After("um dois três\x17");
        Assert.Equal("um dois três", ana.After("\x1f").Text);
        Assert.Equal("um dois ", ana.After("\x18\x15").Text);
        Assert.Equal("um ", ana.After("\x1f").Text);
        Assert.Equal("", ana.After("\x1f\x1f").Text);
        Assert.Equal("um dois ", ana.After("\e/\e/").Text);
        Assert.Equal("um dois !", ana.After("!\e/").Text); // something new: nothing to do again
    }

    [Fact]
    public void A_line_that_was_cleared_or_replaced_from_the_history_can_be_undone()
    {
        var ana = new Typist();
        ana.Type("um\r");
        ana.Editor.TakeLine();
        Assert.Equal("dois", ana.After("dois\x03\x1f").Text);
        Assert.Equal("dois", ana.After("\e[A\x1f").Text);
    }

    [Fact]
    public void The_characters_around_the_cursor_change_places()
    {
        Assert.Equal("oi|", new Typist().After("io\x14").Seen);
        Assert.Equal("a👍é|b", new Typist().After("aé👍b\e[D\e[D\x14").Seen);
        Assert.Equal("|ab", new Typist().After("ab\e[H\x14").Seen);
        Assert.Equal("a\nb|", new Typist().After("a\nb\x14").Seen);
    }

    [Fact]
    public void An_emoji_of_several_code_points_can_be_typed_before_another() =>
        Assert.Equal("👩‍💻👍", new Typist().After("👍\e[D👩‍💻").Text);

    [Fact]
    public void A_draft_is_taken_away_and_comes_back_with_its_cursor()
    {
        var ana = new Typist().After("oi bia\e[D");
        var draft = ana.Editor.TakeDraft();
        Assert.Equal("|", ana.Seen);
        ana.Type("outra sala\x1f\x1f");
        ana.Editor.SetDraft(draft);
        Assert.Equal("oi bi|a", ana.Seen);
        Assert.Equal("oi bi|a", ana.After("\x1f").Seen); // steps of another draft are not undone in this one
    }

    [Fact]
    public void Actions_of_the_screen_do_nothing_to_the_line()
    {
        var ana = new Typist().After("oi");
        foreach (var action in KeyActions.All.Where(static action => action >= KeyAction.NextRoom))
        {
            Assert.Equal(EditOutcome.None, ana.Editor.Apply(new KeyCommand(action)));
        }

        Assert.Equal("oi|", ana.Seen);
    }

    [Fact]
    public void Any_bytes_leave_the_cursor_between_two_characters() =>
        Gen.Byte.Array[0, 200].Sample(static bytes =>
        {
            var (parser, keyboard, editor) = (new KeyParser(), new Keyboard(KeyMap.Vi), Empty());
            foreach (var key in parser.Parse(bytes))
            {
                foreach (var command in keyboard.Press(key, editor.State(isFullScreen: true)))
                {
                    editor.Apply(command);
                    Assert.Equal(editor.Cursor, TextBorders.AtOrAfter(editor.Text, editor.Cursor));
                }
            }
        });

    [Fact]
    public void Borders_found_from_near_are_those_found_from_the_start() =>
        Typist.OneOf("a", "é", "e\u0301", "©", "\u00ad", "\r", "\n", "字", "か", "\u3099", "\uFFFD", "👍", "\u200d", "🇧", "\u0600", "한", "\u11a8", "\u0903", "\ufe0f", "\u0915\u094d").Array[0, 30]
            .Sample(static parts =>
            {
                var text = string.Concat(parts);
                List<int> borders = [0];
                while (borders[^1] < text.Length)
                {
                    borders.Add(TextBorders.Next(text, borders[^1]));
                }

                Assert.All(Enumerable.Range(0, text.Length + 1), at => Assert.Equal(borders.First(border => border >= at), TextBorders.AtOrAfter(text, at)));
                Assert.All(borders, at => Assert.Equal(borders.LastOrDefault(border => border < at), TextBorders.Previous(text, at)));
            });

    [Fact]
    public void Undoing_everything_gives_the_first_text_and_redoing_it_the_last() =>
        Gen.Select(Typist.OneOf("", "oi", "um\ndois"), Commands.Array[0, 60]).Sample(static (first, commands) =>
        {
            var editor = Empty();
            editor.SetDraft(new LineDraft(first, first.Length));
            foreach (var command in commands)
            {
                editor.Apply(command);
                Assert.Equal(editor.Cursor, TextBorders.AtOrAfter(editor.Text, editor.Cursor));
            }

            while (editor.Apply(new KeyCommand(KeyAction.Redo)) != EditOutcome.None)
            {
                // What the commands left undone.
            }

            var last = editor.Text;
            Repeat(editor, KeyAction.Undo);
            Assert.Equal(first, editor.Text);
            Repeat(editor, KeyAction.Redo);
            Assert.Equal(last, editor.Text);
        });

    [Fact]
    public void Only_the_last_two_hundred_steps_can_be_undone()
    {
        var ana = new Typist();
        for (var i = 0; i < EditedText.MostSteps + 50; i++)
        {
            ana.Type("\n");
        }

        Repeat(ana.Editor, KeyAction.Undo);
        Assert.Equal(50, ana.Text.Length);
    }

    private static Gen<KeyCommand> Commands { get; } = Gen.OneOf(
        Typist.OneOf("a", " ", "é", "\u0301", "👍", "\u200d", "🇧", "x\ny").Select(static text => new KeyCommand(KeyAction.Insert, text)),
        Typist.OneOf([.. KeyActions.All]).Select(static action => new KeyCommand(action)));

    private static void Repeat(LineEditor editor, KeyAction action)
    {
        for (var i = 0; i <= EditedText.MostSteps; i++)
        {
            editor.Apply(new KeyCommand(action));
        }
    }

    private static LineEditor Empty() => new(static (_, cursor) => Completions.Of(cursor, ["bia: ", "👍"]));

    private static string Line(string typed)
    {
        var ana = new Typist();
        Assert.Equal(EditOutcome.Submitted, ana.Type(typed));
        return ana.Editor.TakeLine();
    }

    private static Typist After(string typed) => new Typist().After(typed);
}
