// Owns: names of strokes and actions, the default keys, own keys from settings.
// Must never: need a terminal.
using CsCheck;
using Papo.Terminal;
using Papo.Texts;

namespace Papo.Tests.Program;

public class KeyMapTests
{
    private static readonly Words English = Words.For(Language.English);

    [Theory]
    [InlineData("ctrl+alt+up", "Ctrl+Alt+Up")]
    [InlineData("CTRL + K", "Ctrl+K")]
    [InlineData("meta+x", "Alt+X")]
    [InlineData("pgup", "PageUp")]
    [InlineData("esc", "Escape")]
    [InlineData("f12", "F12")]
    [InlineData("alt+plus", "Alt+Plus")]
    [InlineData("ctrl+space", "Ctrl+Space")]
    [InlineData("ctrl+_", "Ctrl+/")]
    [InlineData("ctrl+i", "Tab")] // one byte for both
    [InlineData("alt+é", "Alt+é")]
    [InlineData("?", "?")]
    [InlineData("shift+a", "A")]
    public void A_stroke_is_read_by_its_name(string given, string name)
    {
        Assert.True(KeyName.TryParse(given, out var key));
        Assert.Equal(name, KeyName.Of(key));
    }

    [Theory]
    [InlineData("")]
    [InlineData("+")]
    [InlineData("ctrl+")]
    [InlineData("ctrl+ab")]
    [InlineData("win+k")]
    [InlineData("f13")]
    [InlineData("ctrl+\u0007")]
    [InlineData("\ud83d")]
    public void What_is_no_stroke_is_refused(string given) => Assert.False(KeyName.TryParse(given, out _));

    [Fact]
    public void Every_stroke_is_read_again_by_the_name_it_is_shown_with()
    {
        var codes = Enum.GetValues<KeyCode>().Where(static code => code is >= KeyCode.Enter and <= KeyCode.F12).ToArray();
        var named = Gen.Select(Typist.OneOf(codes), Gen.Int[0, 7]).Select(static (code, held) => new Key(code, (Modifiers)held));
        var chords = Gen.Select(Gen.Char[' ', '~'], Gen.Int[0, 7]).Select(static (c, held) => KeyCodes.Chord(new System.Text.Rune(c), (Modifiers)held));
        Gen.OneOf(named, chords).Sample(static key => KeyName.TryParse(KeyName.Of(key), out var again) && again == key);
    }

    [Fact]
    public void Every_action_has_a_name_and_a_text_in_every_language()
    {
        foreach (var action in KeyActions.All)
        {
            Assert.True(KeyActions.TryParse(KeyActions.NameOf(action), out var again));
            Assert.Equal(action, again);
            Assert.InRange(English.About(action).Length, 4, 90);
            Assert.InRange(Words.For(Language.BrazilianPortuguese).About(action).Length, 4, 90);
        }

        Assert.Equal("kill-to-end", KeyActions.NameOf(KeyAction.KillToEnd));
        Assert.Equal("room-1", KeyActions.NameOf(KeyAction.Room1));
        Assert.False(KeyActions.TryParse("insert", out _));
    }

    [Theory]
    [InlineData("Ctrl+W", KeyAction.DeleteWordBack)]
    [InlineData("Ctrl+Shift+Right", KeyAction.WordRight)] // Shift makes no difference where it has no meaning of its own
    [InlineData("Alt+Shift+F", KeyAction.WordRight)]
    [InlineData("Shift+Home", KeyAction.LineStart)]
    [InlineData("Alt+Up", KeyAction.PreviousRoom)]
    [InlineData("Alt+9", KeyAction.Room9)]
    [InlineData("Alt+A", KeyAction.NextUnreadRoom)]
    [InlineData("F9", KeyAction.CopyMode)]
    internal void The_defaults_are_those_of_shells_and_the_screen_s_own(string stroke, KeyAction action)
    {
        Assert.True(KeyName.TryParse(stroke, out var key));
        Assert.Equal(action, KeyMap.Emacs.Find(key));
        Assert.Equal(action, KeyMap.Vi.Find(key));
    }

    [Fact]
    public void The_help_can_list_every_binding() =>
        Assert.Contains(("Ctrl+X Ctrl+U", KeyAction.Undo), KeyMap.Emacs.Bindings.Select(static binding => (binding.Name, binding.Action)));

    [Fact]
    public void Own_keys_replace_the_defaults()
    {
        var map = Bind(Bind(KeyMap.Emacs, "key.ctrl+k", "palette"), "key.ctrl+p ctrl+p", "previous-room");
        Assert.Equal([KeyAction.Palette], new Typist(map).After("oi\u0001\u000b").Actions.TakeLast(1));
        Assert.Equal([KeyAction.PreviousRoom], new Typist(map).After("\u0010\u0010").Actions);
        Assert.Equal([KeyAction.KillOrPalette], new[] { KeyMap.Emacs.Find(Parsed("ctrl+k"))!.Value });
        Assert.Equal("?", new Typist(Bind(map, "key.?", "none"), isFullScreen: true).After("?").Text);
        Assert.DoesNotContain(Bind(map, "key.ctrl+p", "up").Bindings, static binding => binding.Second is not null && binding.Name.StartsWith("Ctrl+P", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("key.ctrl+k", "explode", "There is no action \"explode\"; the key keeps its meaning. The help (F1) lists the actions.")]
    [InlineData("key.hyper+k", "palette", "\"hyper+k\" is no key; nothing was changed. Keys are written like ctrl+k, alt+up or f2.")]
    [InlineData("key.ctrl+k ctrl+k ctrl+k", "palette", "\"ctrl+k ctrl+k ctrl+k\" is no key; nothing was changed. Keys are written like ctrl+k, alt+up or f2.")]
    [InlineData("key.a", "palette", "a alone writes a character, so it keeps doing that. Add ctrl or alt.")]
    public void A_setting_that_cannot_be_used_says_why_and_changes_nothing(string name, string value, string problem)
    {
        var (map, found) = KeySettings.Bind(KeyMap.Emacs, name, value, English);
        Assert.Same(KeyMap.Emacs, map);
        Assert.Equal(problem, found);
    }

    [Fact]
    public void No_setting_throws() =>
        Gen.Select(Gen.String, Gen.OneOf(Gen.String, Typist.OneOf([.. KeyActions.All.Select(KeyActions.NameOf)])))
            .Sample(static (name, value) => KeySettings.Bind(KeyMap.Vi, KeySettings.Prefix + name, value, English).Map is not null);

    private static KeyMap Bind(KeyMap map, string name, string value)
    {
        var (changed, problem) = KeySettings.Bind(map, name, value, English);
        Assert.Null(problem);
        return changed;
    }

    private static Key Parsed(string name)
    {
        Assert.True(KeyName.TryParse(name, out var key));
        return key;
    }
}
