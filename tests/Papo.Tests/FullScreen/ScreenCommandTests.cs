// Owns: what commands and their answers lead to on the full screen.
// Must never: look at cells; pictures are for GoldenScreenTests.
using Papo.Chat;
using Papo.Client;
using Papo.FullScreen;
using Papo.Protocol;
using static Papo.Tests.Program.TestMessages;

namespace Papo.Tests.FullScreen;

public sealed class ScreenCommandTests
{
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
