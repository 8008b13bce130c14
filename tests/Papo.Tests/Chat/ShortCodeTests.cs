// Owns: proof that a short code typed to its end becomes its emoji, where it is meant as one and nowhere else.
using Papo.Chat;
using Papo.Terminal;
using Papo.Tests.Program;

namespace Papo.Tests.Chat;

public sealed class ShortCodeTests
{
    private readonly Typist _typist = new(KeyMap.Emacs, new LineEditor(static (_, cursor) => new Completions(cursor, []), static (text, cursor) => ShortCode.Before(text, cursor)));

    [Theory]
    [InlineData(":smile:", "😄|")]
    [InlineData("oi :smile: tudo", "oi 😄 tudo|")]
    [InlineData("(:+1:)", "(👍)|")]
    [InlineData(":smile::joy:", "😄😂|")]
    [InlineData("nota :100:\n", "nota 💯|")]
    [InlineData("`x:1` :tada:", "`x:1` 🎉|")]
    [InlineData("/me :wave:", "/me 👋|")]
    [InlineData("/react :smile:", "/react 😄|")]
    public void It_becomes_the_emoji(string typed, string seen)
    {
        _typist.Type(typed.TrimEnd('\n'));
        Assert.Equal(seen, _typist.Seen);
    }

    [Theory]
    [InlineData("http://a:smile:b")]
    [InlineData("http://a/(:smile:")]
    [InlineData("at 10:100:20")]
    [InlineData("std::x:")]
    [InlineData("key:v:")]
    [InlineData(":nosuchname:")]
    [InlineData(":Smile:")]
    [InlineData("::")]
    [InlineData(": smile:")]
    [InlineData("`:smile:`")]
    [InlineData("``a ` :smile:``")]
    [InlineData("`a` `b :smile:")]
    public void It_stays_what_it_is(string typed)
    {
        _typist.Type(typed);
        Assert.Equal(typed + "|", _typist.Seen);
    }

    [Fact]
    public void In_a_block_of_code_it_stays_and_after_it_no_more()
    {
        const string block = "```\n:smile:\n```\n";
        _typist.Editor.Apply(new KeyCommand(KeyAction.Paste, "```\n."));
        _typist.Type(" :smile:");
        Assert.Equal("```\n. :smile:|", _typist.Seen);
        _typist.Editor.SetDraft(new LineDraft(block, block.Length));
        _typist.Type(":smile:");
        Assert.Equal(block + "😄|", _typist.Seen);
    }

    [Fact]
    public void One_undo_gives_back_what_was_typed_and_it_stays_so()
    {
        _typist.Type("oi :smile:");
        _typist.Editor.Apply(new KeyCommand(KeyAction.Undo));
        Assert.Equal("oi :smile:|", _typist.Seen);
        _typist.Type("!");
        Assert.Equal("oi :smile:!|", _typist.Seen);
        _typist.Editor.Apply(new KeyCommand(KeyAction.Undo));
        _typist.Editor.Apply(new KeyCommand(KeyAction.Redo));
        Assert.Equal("oi :smile:!|", _typist.Seen);
    }

    [Fact]
    public void What_is_pasted_stays_what_it_is()
    {
        _typist.Editor.Apply(new KeyCommand(KeyAction.Paste, "oi :smile:"));
        Assert.Equal("oi :smile:|", _typist.Seen);
    }

    [Fact]
    public void The_rest_of_a_line_stays_behind_the_cursor()
    {
        _typist.Editor.SetDraft(new LineDraft(" depois", 0));
        _typist.Type(":tada:");
        Assert.Equal("🎉| depois", _typist.Seen);
    }
}
