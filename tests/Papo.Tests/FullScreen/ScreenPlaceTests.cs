// Owns: where a reader stands on the full screen, and what is loaded around him.
// Must never: look at cells; pictures are for GoldenScreenTests.
using Papo.FullScreen;
using Papo.Protocol;
using Papo.Terminal;
using static Papo.Tests.Program.TestMessages;

namespace Papo.Tests.FullScreen;

public sealed class ScreenPlaceTests
{
    [Fact]
    public void A_message_from_elsewhere_counts_until_its_room_is_opened_and_stands_below_a_line()
    {
        var screen = GoldenScreenTests.Busy(100, 30);
        Assert.Equal((2, 1), (screen.Model.Of(Dev).Unread, screen.Model.Of(Dev).Mentions));
        screen.Press("alt+a");
        Assert.Equal(Dev, screen.Model.Chat.Current);
        Assert.Equal(0, screen.Model.Of(Dev).Unread);
        Assert.Contains("new since you were here", screen.Picture(), StringComparison.Ordinal);
    }

    [Fact]
    public void Each_room_keeps_its_draft()
    {
        var screen = GoldenScreenTests.Busy(100, 30);
        screen.Type("for general");
        screen.Press("alt+2");
        Assert.Equal("", screen.Model.Editor.Text);
        screen.Type("for dev");
        screen.Press("alt+1");
        Assert.Equal("for general", screen.Model.Editor.Text);
        var kept = ScreenState.Read(ScreenState.Of(screen.Model).Lines());
        Assert.Equal(("for general", "for dev"), (kept.Rooms[Room.General].Draft, kept.Rooms[Dev].Draft));
        Assert.Equal(Room.General, kept.Current);
    }

    [Fact]
    public void A_draft_is_kept_also_in_a_room_where_nothing_was_ever_said()
    {
        var screen = new ScreenWorld();
        screen.Type("the first words");
        Assert.Equal(default, screen.Model.Current!.ReadTo);
        Assert.Equal("the first words", ScreenState.Read(ScreenState.Of(screen.Model).Lines()).Rooms[Room.General].Draft);
    }

    [Fact]
    public void Scrolling_up_loads_what_lies_before_once_and_stays_where_it_was()
    {
        var screen = new ScreenWorld();
        screen.Load(PageUse.Opening, [.. Enumerable.Range(1, 200).Select(static i => Said(Bia, $"line {i + 1000}", i + 1000))]);
        screen.Press("ctrl+home", "ctrl+home");
        Assert.Single(screen.Effects.OfType<PageEffect>(), static page => page.Use == PageUse.Older);
        Assert.Contains("line 1001", screen.Picture(), StringComparison.Ordinal);
        screen.Load(PageUse.Older, [.. Enumerable.Range(1, 200).Select(static i => Said(Bia, $"line {i + 800}", i + 800))]);
        Assert.Contains("line 1001", screen.Picture(), StringComparison.Ordinal);
        screen.Press("pageup");
        Assert.Contains("line 999", screen.Picture(), StringComparison.Ordinal);
    }

    [Fact]
    public void Nothing_moves_under_a_reader_who_scrolled_up_and_End_brings_him_back()
    {
        var screen = new ScreenWorld();
        screen.Load(PageUse.Opening, [.. Enumerable.Range(1, 100).Select(static i => Said(Bia, $"line {i}", i))]);
        screen.Press("pageup");
        var before = Talk();
        screen.Say(Said(Bia, "news", 500));
        Assert.Equal(before, Talk());
        Assert.Equal(1, screen.Model.Current!.Unread);
        screen.Press("ctrl+end");
        Assert.Contains("news", screen.Picture(), StringComparison.Ordinal);
        Assert.Equal(0, screen.Model.Current.Unread);

        string[] Talk() => [.. screen.Picture().Split('\n').Skip(1).Take(25).Select(static line => line[20..])];
    }

    [Fact]
    public void A_conversation_holds_no_more_than_its_bound_and_loses_nothing_at_its_edges()
    {
        var screen = new ScreenWorld();
        screen.Say([.. Enumerable.Range(1, Conversation.Most + 50).Select(static i => Said(Bia, $"line {i}", i))]);
        Assert.Equal(Conversation.Most, screen.Model.Current!.Items.Count);
        Assert.False(screen.Model.Current.AtOldest);
        screen.Press("ctrl+home");
        Assert.Equal(Id(51), Assert.Single(screen.Effects.OfType<PageEffect>(), static page => page.Use == PageUse.Older).Query.BeforeId);
    }

    [Fact]
    public void A_reader_who_stays_scrolled_up_makes_it_hold_no_more_and_finds_the_rest_in_the_store()
    {
        var screen = new ScreenWorld();
        screen.Say([.. Enumerable.Range(1, Conversation.Most).Select(static i => Said(Bia, $"line {i}", i))]);
        screen.Press("pageup");
        var bottom = screen.Model.Current!.Bottom;
        screen.Say([.. Enumerable.Range(Conversation.Most + 1, 500).Select(static i => Said(Bia, $"line {i}", i))]);
        Assert.Equal(Conversation.Most, screen.Model.Current.Items.Count);
        Assert.Equal((bottom, 500), (screen.Model.Current.Bottom, screen.Model.Current.Unread));
        screen.Press("pagedown");
        Assert.Equal(Id(Conversation.Most), Assert.Single(screen.Effects.OfType<PageEffect>(), static page => page.Use == PageUse.Newer).Query.AfterId);
    }

    [Fact]
    public void A_page_and_what_arrived_meanwhile_show_each_message_once()
    {
        var screen = new ScreenWorld();
        screen.Say(Said(Bia, "live", 5));
        screen.Load(PageUse.Opening, Said(Caio, "before", 4), Said(Bia, "live", 5), Said(Caio, "after", 6));
        Assert.Equal(["before", "live", "after"], screen.Model.Current!.Items.OfType<MessageItem>().Select(static item => item.Message.Text));
    }

    [Fact]
    public void A_mention_elsewhere_draws_attention_and_one_that_is_seen_does_not()
    {
        var screen = new ScreenWorld();
        screen.Say(Said(Bia, "@ana here", 1) with { MentionsMe = true });
        Assert.Empty(screen.Effects.OfType<AttentionEffect>());
        screen.Stroke(new Key(KeyCode.FocusOut));
        screen.Say(Said(Bia, "@ana away?", 2) with { MentionsMe = true });
        Assert.Single(screen.Effects.OfType<AttentionEffect>());
        Assert.Equal(1, screen.Model.Current!.Unread);
        screen.Stroke(new Key(KeyCode.FocusIn));
        Assert.Equal(0, screen.Model.Current.Unread);
    }
}
