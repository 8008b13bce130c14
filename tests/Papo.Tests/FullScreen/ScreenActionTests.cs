// Owns: what keys and clicks lead to on the full screen.
// Must never: look at cells; pictures are for GoldenScreenTests.
using Papo.Chat;
using Papo.Client;
using Papo.FullScreen;
using Papo.Protocol;
using static Papo.Tests.Program.TestMessages;

namespace Papo.Tests.FullScreen;

public sealed class ScreenActionTests
{
    [Fact]
    public void Enter_sends_what_was_written_and_empties_the_composer()
    {
        var screen = new ScreenWorld();
        screen.Type("oi bia");
        screen.Press("enter");
        Assert.Equal(new Draft("oi bia"), Assert.Single(screen.Effects.OfType<SendEffect>()).Draft);
        Assert.Equal("", screen.Model.Editor.Text);
    }

    [Fact]
    public void What_the_disk_did_not_take_is_in_the_composer_again()
    {
        var screen = new ScreenWorld();
        screen.Type("oi bia");
        screen.Press("enter");
        screen.Take(new SendNotTaken(SendProblem.StoreFailed, "oi bia"));
        Assert.Equal("oi bia", screen.Model.Editor.Text);
    }

    [Fact]
    public void With_the_keys_of_vi_the_status_line_says_when_they_are_commands()
    {
        var screen = new ScreenWorld(100, 30, null, "keys = vi");
        Assert.DoesNotContain("vi: normal", screen.Picture(), StringComparison.Ordinal);
        screen.Type("two words");
        screen.Press("escape");
        Assert.Contains("vi: normal", screen.Picture(), StringComparison.Ordinal);
        screen.Type("0");
        screen.Type("d");
        Assert.Contains("i writes d", screen.Picture(), StringComparison.Ordinal);
        screen.Type("w");
        Assert.Equal("words", screen.Model.Editor.Text);
        screen.Type("i");
        Assert.DoesNotContain("vi: normal", screen.Picture(), StringComparison.Ordinal);
    }

    [Fact]
    public void Up_on_an_empty_line_changes_the_last_own_message()
    {
        var screen = new ScreenWorld();
        screen.Say(Own("helo", 1, MessageState.Held) with { Id = Id(5) });
        screen.Press("up");
        Assert.Equal("helo", screen.Model.Editor.Text);
        screen.Press("backspace");
        screen.Type("lo");
        screen.Press("enter");
        Assert.Equal(new Draft("hello") { Kind = MessageKind.Edit, Target = Id(5) }, Assert.Single(screen.Effects.OfType<SendEffect>()).Draft with { Text = "hello" });
    }

    [Fact]
    public void A_chosen_message_is_answered_by_one_letter()
    {
        var screen = GoldenScreenTests.Busy(100, 30);
        screen.Press("alt+p", "alt+p", "alt+p", "alt+p");
        var chosen = screen.Model.Current!.Chosen!.Message;
        screen.Type("r");
        screen.Type("yes");
        screen.Press("enter");
        var sent = screen.Effects.OfType<SendEffect>().Last().Draft;
        Assert.Equal(("yes", chosen.Id), (sent.Text, sent.Target));
    }

    [Fact]
    public void A_link_that_is_longer_than_a_row_is_shown_whole_and_a_click_copies_all_of_it()
    {
        var screen = new ScreenWorld(60, 15);
        Assert.True(InviteLink.TryParse("papo://192.168.1.42:18830/@me/s=d6u3udq73voyaz6c7unip2sksq/a=gr2q7gf5lh6pzfdnurnkvputhm/d=gr2q7gf5lh6pzfdnurnkvputhm/t=hrdj5hlmlb25g6sd6nj5j6eome", out var link));
        screen.Take(new LinkMade(Room.General, link, screen.Now, OnlyHere: false));
        var shown = string.Concat(screen.Picture().Split('\n').Select(static row => row.Trim()).SkipWhile(static row => !row.StartsWith("papo://", StringComparison.Ordinal)));
        Assert.StartsWith(link.ToString(), shown, StringComparison.Ordinal);
        screen.Click("/d=");
        Assert.Equal(link.ToString(), Assert.Single(screen.Effects.OfType<CopyEffect>()).Text);
    }

    [Fact]
    public void Ctrl_C_leaves_only_when_pressed_twice()
    {
        var screen = new ScreenWorld();
        screen.Press("ctrl+c");
        Assert.False(screen.Left);
        screen.Now += TimeSpan.FromSeconds(10);
        screen.Press("ctrl+c");
        Assert.False(screen.Left);
        screen.Press("ctrl+c");
        Assert.True(screen.Left);
    }

    [Fact]
    public void A_click_goes_to_a_room_a_person_and_a_reaction()
    {
        var screen = GoldenScreenTests.Busy(100, 30);
        screen.Click("🎉 1");
        Assert.Equal((MessageKind.Reaction, "🎉"), screen.Effects.OfType<SendEffect>().Select(static send => (send.Draft.Kind, send.Draft.Text)).Last());
        screen.Click("[👍 2]");
        Assert.Equal("", screen.Effects.OfType<SendEffect>().Last().Draft.Text);
        screen.Click("○ caio");
        Assert.Equal("caio", Assert.Single(screen.Effects.OfType<DirectEffect>()).Name);
        screen.Click("#dev");
        Assert.Equal(Dev, screen.Model.Chat.Current);
    }

    [Fact]
    public void A_click_on_an_address_copies_it()
    {
        var screen = GoldenScreenTests.Busy(100, 30);
        screen.Click("https://example.org/keys");
        Assert.Equal("https://example.org/keys", Assert.Single(screen.Effects.OfType<CopyEffect>()).Text);
    }
}
