// Owns: strokes that mean more than one thing, pairs of strokes, vi's modes.
// Must never: need a terminal.
using CsCheck;
using Papo.Terminal;

namespace Papo.Tests.Program;

public class KeyboardTests
{
    [Fact]
    public void Control_k_cuts_what_follows_and_opens_the_palette_where_nothing_does()
    {
        Assert.Equal([KeyAction.Palette], Asked("", "\u000b"));
        Assert.Equal([KeyAction.Palette], Asked("oi", "\u000b"));
        Assert.Equal([KeyAction.Left, KeyAction.KillToEnd], Asked("oi", "\e[D\u000b"));
    }

    [Fact]
    public void Keys_of_an_empty_composer_are_the_screen_s_and_of_the_plain_mode_the_line_s()
    {
        Assert.Equal([KeyAction.EditLast, KeyAction.Help, KeyAction.ToOldest, KeyAction.ToNewest, KeyAction.Search], Asked("", "\e[A?\e[1;5H\e[1;5F\u0006"));
        Assert.Equal([KeyAction.Up, KeyAction.Insert, KeyAction.TextStart, KeyAction.TextEnd, KeyAction.Search], Asked("oi", "\e[A?\e[1;5H\e[1;5F\u0006"));
        Assert.Equal("?", new Typist().After("?").Text);
        Assert.Equal([KeyAction.Up], new Typist().After("\e[A").Actions);
    }

    [Fact]
    public void A_pair_of_strokes_asks_once_and_a_letter_after_half_of_one_is_not_lost()
    {
        var ana = new Typist().After("oi\u0018");
        Assert.Equal("Ctrl+X", ana.Keyboard.Begun);
        Assert.Equal("", ana.After("\u0015").Text);
        Assert.Equal("", ana.Keyboard.Begun);
        Assert.Equal("b", ana.After("\u0018b").Text);
        Assert.Equal("b", ana.After("\u0018\e").Text);
        Assert.Equal("bu", ana.After("u").Text);
        Assert.Equal("bucolado", ana.After("\u0018\e[200~colado\e[201~").Text);
    }

    [Fact]
    public void Escape_and_then_a_key_is_alt_with_it_but_a_character_without_such_a_meaning_is_typed()
    {
        var ana = new Typist().After("um dois");
        ana.Type("\e");
        Assert.Equal("um |dois", ana.After("b").Seen);
        ana.Type("\e");
        Assert.Equal("um z|dois", ana.After("z").Seen);
        ana.Type("\e");
        Assert.Equal("um z\n|dois", ana.After("\r").Seen);
        Assert.Equal([KeyAction.Cancel], new Typist().After("\e\e").Actions);
    }

    [Fact]
    public void Mouse_focus_and_answers_ask_nothing_and_do_not_disturb_a_pair() =>
        Assert.Equal("", new Typist().After("oi\u0018\e[I\e[<0;1;1M\e]11;x\a\u0015").Text);

    [Theory]
    [InlineData("um dois\e", "um doi|s")]
    [InlineData("um dois\ebx", "um |ois")]
    [InlineData("um dois\e0wD", "um| ")]
    [InlineData("um dois\e0dw", "|dois")]
    [InlineData("um dois\e0cwX", "X| dois")]
    [InlineData("um dois\ebhC!", "um!|")]
    [InlineData("um dois\e0e", "u|m dois")]
    [InlineData("um dois\e0ee", "um doi|s")]
    [InlineData("um\e0i>", ">|um")]
    [InlineData("um\e0a>", "u>|m")]
    [InlineData("um\eA>\eI<", "<|um>")]
    [InlineData("um\eodois\ekx", "|u\ndois")]
    [InlineData("dois\eOum", "um|\ndois")]
    [InlineData("um\ndois\ntrês\ekdd", "um\n|três")]
    [InlineData("um\ndois\edd", "|um")]
    [InlineData("um\ndois\eddp", "um\ndoi|s")]
    [InlineData("um\eyyp", "um\nu|m")]
    [InlineData("um dois\edbu", "um doi|s")]
    [InlineData("abc\e0xxuu\u0012", "|bc")]
    [InlineData("um\ndois\eggx", "|m\ndois")]
    [InlineData("\ex", "|")]
    [InlineData("um\n\exa!", "um\n!|")]
    [InlineData("um\eq!", "u|m")]
    [InlineData("um\ed\ex", "|u")]
    public void Vi_moves_and_changes_as_people_s_fingers_know(string typed, string seen)
    {
        var ana = new Typist(KeyMap.Vi);
        foreach (var stroke in typed)
        {
            ana.Type(stroke.ToString());
        }

        Assert.Equal(seen, ana.Seen);
    }

    [Fact]
    public void Vi_s_letters_reach_the_screen_and_enter_goes_back_to_writing()
    {
        var ana = new Typist(KeyMap.Vi, isFullScreen: true);
        ana.Type("\e");
        Assert.True(ana.Keyboard.IsNormal);
        ana.Type("jkggG/nN:?");
        Assert.Equal(
            [
                KeyAction.NormalMode, KeyAction.NextMessage, KeyAction.PreviousMessage, KeyAction.ToOldest, KeyAction.ToNewest, KeyAction.Search,
                KeyAction.NextMatch, KeyAction.PreviousMatch, KeyAction.Palette, KeyAction.Help,
            ],
            ana.Actions);
        ana.Type("g");
        Assert.Equal("g", ana.Keyboard.Begun);
        ana.Type("\e");
        ana.Type("ioi\e");
        Assert.Equal(EditOutcome.Submitted, ana.Type("\r"));
        Assert.False(ana.Keyboard.IsNormal);
        Assert.Equal([KeyAction.InsertMode, KeyAction.Submit], ana.Actions.TakeLast(2));
    }

    [Fact]
    public void Every_command_of_vi_can_be_reached_and_does_what_it_is_listed_for()
    {
        foreach (var command in ViKeys.All)
        {
            var keys = new ViKeys();
            keys.Press(new Key(KeyCode.Escape), default);
            var steps = command.Keys.Select(letter => keys.Press(new Key(KeyCode.Text, Modifiers.None, letter.ToString()), default)).ToList();
            Assert.Equal(command.Steps, steps[^1]);
        }
    }

    [Fact]
    public void Keyboard_and_editor_agree_on_vi_s_mode() =>
        Typist.OneOf("\e", "i", "a", "A", "o", "cc", "p", "e", "x", "dd", "u", "\r", "\u0012", "\t", "q").Array[0, 30].Sample(static typed =>
        {
            var ana = new Typist(KeyMap.Vi);
            foreach (var each in typed)
            {
                ana.Type(each);
                Assert.Equal(ana.Keyboard.IsNormal, ana.Editor.IsBlock);
            }
        });

    private static List<KeyAction> Asked(string before, string typed)
    {
        var ana = new Typist(isFullScreen: true).After(before);
        ana.Actions.Clear();
        ana.Type(typed);
        return ana.Actions;
    }
}
