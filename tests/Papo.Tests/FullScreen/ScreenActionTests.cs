// Owns: what keys, clicks and events lead to on the full screen.
// Must never: look at cells; pictures are for GoldenScreenTests.
using Papo.Chat;
using Papo.Client;
using Papo.FullScreen;
using Papo.Protocol;
using Papo.Terminal;
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
    public void Who_was_just_verified_has_the_sign_at_what_was_said_before()
    {
        var screen = new ScreenWorld();
        screen.Say(Said(Bia, "sou eu"));
        screen.Type("/verify @bia yes");
        screen.Press("enter");
        Assert.Equal(new VerifyEffect("bia", true), Assert.Single(screen.Effects.OfType<VerifyEffect>()));
        var verified = Bia with { Trust = Trust.Verified };
        screen.Take(new SafetyKnownOf(new SafetyCheck(verified, ["00001"], Noon, []), true));
        Assert.Equal(PageUse.Newest, screen.Effects.OfType<PageEffect>().Last().Use);
        screen.Load(PageUse.Newest, Said(verified, "sou eu"));
        screen.Tell(new PersonChanged(Here(verified), PersonEvent.Updated));
        Assert.Equal(Trust.Verified, Assert.Single(screen.Model.Current!.Items.OfType<MessageItem>()).Message.From.Trust);
        Assert.Equal(2, screen.Picture().Split("✓bia").Length - 1); // at the message and among the people
    }

    [Fact]
    public void Emoji_to_compare_stand_in_the_conversation_with_their_names()
    {
        var screen = new ScreenWorld();
        screen.Type("/verify @bia emoji");
        screen.Press("enter");
        Assert.Equal(new EmojiEffect("bia"), Assert.Single(screen.Effects.OfType<EmojiEffect>()));
        screen.Take(new EmojiAskedFor(new EmojiBegun(Bia, IsAsked: true)));
        screen.Tell(new EmojiShown(Bia, [0, 9, 18, 27, 36, 45, 54]));
        var picture = screen.Picture();
        Assert.All((int[])[0, 9, 18, 27, 36, 45, 54], place => Assert.Contains(new Papo.Texts.English().ComparedEmoji[place], picture, StringComparison.Ordinal));
    }

    [Fact]
    public void Answers_to_commands_are_never_folded_away_and_comings_and_goings_are()
    {
        var screen = new ScreenWorld();
        screen.Take(new SafetyKnownOf(new SafetyCheck(Bia, ["00001"], null, []), null));
        screen.Take(new EmojiAskedFor(new EmojiBegun(Bia, IsAsked: true)));
        screen.Tell(new EmojiShown(Bia, [0, 9, 18, 27, 36, 45, 54]));
        var answers = screen.Picture();
        Assert.Contains("00001", answers, StringComparison.Ordinal);
        Assert.Contains("elephant", answers, StringComparison.Ordinal);

        foreach (var status in (string[])["tea", "lunch", "home"])
        {
            screen.Tell(new PersonChanged(Here(Bia, away: true, status: status), PersonEvent.Updated));
        }

        Assert.Contains("3 notes", screen.Picture(), StringComparison.Ordinal);
        Assert.Contains("elephant", screen.Picture(), StringComparison.Ordinal);
    }

    [Fact]
    public void In_no_room_what_a_command_answers_is_shown_all_the_same()
    {
        var screen = new ScreenWorld();
        screen.Take(new RoomLeft(Room.General));
        screen.Take(new RoomsListed([new RoomSummary(Dev, false, 3, 12, null, 0)]));
        Assert.Contains("#dev", screen.Picture(), StringComparison.Ordinal);
        screen.Press("escape");
        Assert.Null(screen.Model.Box);
    }

    [Fact]
    public void A_remark_that_does_not_fit_on_the_status_line_is_also_a_note()
    {
        var screen = new ScreenWorld(60, 15);
        screen.Take(new NobodyCalled("somebody with a long name", ""));
        Assert.True(Assert.Single(screen.Model.Current!.Items.OfType<NoteItem>()).Asked);
    }

    [Fact]
    public void Who_is_in_a_private_room_is_asked_for_when_it_is_opened_and_when_somebody_comes_or_is_taken_in()
    {
        var screen = new ScreenWorld();
        Assert.True(Room.TryFromWire("~AAAAAAAAAAAAAAAAAAAAAA", out var room));
        screen.Take(new RoomJoined(room));
        screen.Tell(new PersonChanged(Here(Bia), PersonEvent.Came), new Noticed(new Notice(NoticeKind.ClockDoubtful, room, "bia")));
        Assert.Equal(3, screen.Effects.OfType<InsideEffect>().Count(effect => effect.Room == room));
        Assert.DoesNotContain("2 here", screen.Picture(), StringComparison.Ordinal);
        screen.Take(new InsideKnown(room, [Here(Ana), Here(Bia)]));
        Assert.Contains("2 here", screen.Picture(), StringComparison.Ordinal);
        screen.Press("alt+1");
        Assert.Contains("3 here", screen.Picture(), StringComparison.Ordinal);
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
    public void Whoever_does_not_see_himself_asks_again_who_is_there()
    {
        var screen = new ScreenWorld();
        screen.Take(new CrowdKnown([Here(Ana, online: false) with { IsMe = true }]));
        var asked = screen.Effects.OfType<CrowdEffect>().Count();
        screen.Take(new TickEvent());
        Assert.Equal(asked + 1, screen.Effects.OfType<CrowdEffect>().Count());
        screen.Take(new CrowdKnown([Here(Ana) with { IsMe = true }]));
        screen.Take(new TickEvent());
        Assert.Equal(asked + 1, screen.Effects.OfType<CrowdEffect>().Count());
    }

    [Fact]
    public void A_day_is_gone_to_and_what_lies_around_it_is_loaded()
    {
        var screen = new ScreenWorld();
        screen.Load(PageUse.Opening, Said(Bia, "today", 900));
        screen.Type("/history 2026-11-20");
        screen.Press("enter");
        var asked = Assert.Single(screen.Effects.OfType<PageEffect>(), static page => page.Use == PageUse.From);
        Assert.Equal(new DateTimeOffset(2026, 11, 20, 0, 0, 0, TimeSpan.Zero), asked.Query.AfterTime);
        screen.Load(PageUse.From, [.. Enumerable.Range(1, ScreenActions.PageSize).Select(static i => Said(Caio, $"that day {i}", i))]);
        Assert.Contains("that day 1\n", screen.Picture(), StringComparison.Ordinal);
        Assert.DoesNotContain("today", screen.Picture(), StringComparison.Ordinal);
        Assert.Contains(screen.Effects.OfType<PageEffect>(), static page => page.Use == PageUse.Older);

        screen.Type("/history 2030-01-01");
        screen.Press("enter");
        screen.Load(PageUse.From);
        Assert.Contains("Nothing was said since then", screen.Picture(), StringComparison.Ordinal);
        Assert.Contains("that day 1\n", screen.Picture(), StringComparison.Ordinal);
    }

    [Fact]
    public void The_thread_of_a_chosen_message_is_a_list_to_go_to()
    {
        var screen = new ScreenWorld();
        screen.Load(PageUse.Opening, Said(Bia, "who brings the cake?", 1), Said(Caio, "me", 2) with { ReplyTo = Id(1), Quote = ("bia", "who brings the cake?") });
        screen.Press("alt+p", "t");
        Assert.Equal(Id(2), Assert.Single(screen.Effects.OfType<ThreadEffect>()).Message);
        screen.Take(new ThreadKnown([Said(Bia, "who brings the cake?", 1), Said(Caio, "me", 2)]));
        Assert.Contains("Thread · 2 messages", screen.Picture(), StringComparison.Ordinal);
        screen.Press("enter");
        Assert.Equal(Id(1), screen.Model.Current!.Chosen!.Message.Id);
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

    [Fact]
    public void A_setting_applies_at_once_and_is_kept()
    {
        var screen = new ScreenWorld(100, 30, null, "# mine", "theme = dark");
        screen.Type("/set theme light");
        screen.Press("enter");
        Assert.Equal("light", screen.Model.Theme.Name);
        Assert.Equal(["# mine", "theme = light"], Assert.Single(screen.Effects.OfType<PreferEffect>()).Preferences.Lines);
    }

    [Fact]
    public void A_line_of_the_settings_that_makes_no_sense_is_named_and_harms_nothing()
    {
        var read = Preferences.Read(["theme = pink", "time = 12h", "nonsense", "style.text = bold #ffcc00 on 236", "style.nothing = red"]);
        Assert.Equal(["theme = pink", "nonsense", "style.nothing = red"], read.Problems);
        Assert.Equal(("auto", "12h"), (read["theme"], read["time"]));
        Assert.Single(read.Styles);
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

    [Fact]
    public void Notes_in_a_row_become_one_line_and_a_warning_stands_by_itself_once()
    {
        var screen = new ScreenWorld();
        for (var i = 0; i < 5; i++)
        {
            screen.Tell(new PersonChanged(Here(Person($"guest{i}", (uint)(100 + i)), online: true), PersonEvent.Came));
            screen.Now += TimeSpan.FromMinutes(1);
            screen.Take(new TickEvent());
        }

        Assert.Contains("5 notes", screen.Picture(), StringComparison.Ordinal);
        screen.Tell(new Noticed(new Notice(NoticeKind.StoreRecovered)), new Noticed(new Notice(NoticeKind.StoreRecovered)));
        Assert.Contains("5 notes", screen.Picture(), StringComparison.Ordinal);
        Assert.Single(screen.Model.Current!.Items.OfType<NoteItem>(), static note => !note.MayFold);
    }

    [Fact]
    public void A_found_message_is_shown_where_it_was_said()
    {
        var screen = new ScreenWorld();
        var old = Said(Caio, "the old one", 3) with { At = Noon.AddDays(-30) };
        screen.Take(new SearchDone(new SearchPage([old], default)));
        screen.Press("enter");
        Assert.Equal(old.Id, screen.Effects.OfType<PageEffect>().Last().Query.BeforeId);
        screen.Load(PageUse.Around, [.. Enumerable.Range(1, 20).Select(i => Said(Bia, $"before {i}", 100 + i) with { At = old.At.AddMinutes(i - 30) })]);
        Assert.Contains("the old one", screen.Picture(), StringComparison.Ordinal);
        Assert.Equal(old.Id, screen.Model.Current!.Chosen?.Message.Id);
        Assert.False(screen.Model.Current.AtNewest);
        screen.Press("escape", "ctrl+end");
        Assert.Equal(PageUse.Opening, screen.Effects.OfType<PageEffect>().Last().Use);
    }
}
