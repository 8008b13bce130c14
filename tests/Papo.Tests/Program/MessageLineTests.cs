// Owns: golden lines: how messages look, in both languages.
// Must never: depend on the time zone or the language of the computer.
using Papo.Chat;
using Papo.Client;
using static Papo.Tests.Program.TestMessages;

namespace Papo.Tests.Program;

public class MessageLineTests
{
    [Fact]
    public void A_message_shows_time_name_and_text() => Expect(["12:01 <ana> oi!"], Said(Ana, "oi!"));

    [Fact]
    public void Further_lines_stand_under_the_text() =>
        Expect(["12:01 <bia> first", "            second", "            third"], Said(Bia, "first\nsecond\r\nthird\n"));

    [Fact]
    public void An_action_shows_a_star() => Expect(["12:01 * ana waves"], Said(Ana, "waves") with { IsAction = true });

    [Fact]
    public void A_guest_is_marked_in_words() => Expect(["12:01 <guest: bob> [unsigned] hi"], Said(Bob, "hi"));

    [Fact]
    public void A_guest_without_a_name_is_called_so_once() =>
        Expect(["12:01 <guest> [unsigned] hi"], Said(Bob with { Name = "guest" }, "hi"));

    [Fact]
    public void A_changed_key_and_an_unknown_device_are_marked_in_words()
    {
        Expect(["12:01 <ana> [new key] hi"], Said(Ana with { Trust = Trust.Changed }, "hi"));
        Expect(["12:01 <ana> [unknown device] hi"], Said(Ana with { Trust = Trust.Unknown }, "hi"));
    }

    [Fact]
    public void A_verified_person_has_a_sign_that_no_name_can_hold()
    {
        Expect(["12:01 <✓bia> hi"], Said(Bia with { Trust = Trust.Verified }, "hi"));
        Expect(["12:01 <�bia> hi"], Said(Bia with { Name = "✓bia" }, "hi"));
        Assert.Contains("verified", ListLines.People([Here(Bia with { Trust = Trust.Verified })], En).Single().Plain, StringComparison.Ordinal);
    }

    [Fact]
    public void A_reply_quotes_what_it_answers() =>
        Expect(["12:02 <bia> [↪ ana: “oi!”] oi ana!"], Said(Bia, "oi ana!", 2) with { ReplyTo = Id(1), Quote = ("ana", "oi!") });

    [Fact]
    public void A_reply_to_something_unknown_says_so() =>
        Expect(["12:02 <bia> [↪ an earlier message] yes"], Said(Bia, "yes", 2) with { ReplyTo = Id(9) });

    [Fact]
    public void A_long_quote_is_cut_at_thirty_columns() =>
        Assert.Equal("“aaaaaaaaaaaaaaaaaaaaaaaaaaaaa…”", En.Quote(new string('a', 60)));

    [Theory]
    [InlineData(MessageState.Queued, "…")]
    [InlineData(MessageState.Sent, "✓")]
    [InlineData(MessageState.Held, "✓✓")]
    [InlineData(MessageState.Failed, "!")]
    public void An_own_message_shows_where_it_stands(MessageState state, string mark) =>
        Expect([$"12:00 <ana> oi {mark}"], Own("oi", 1, state));

    [Fact]
    public void Edits_lateness_and_reactions_are_marked_at_the_end() =>
        Expect(
            ["12:01 <ana> oi (✎ edited) (received later) (clock off) [👍 2]"],
            Said(Ana, "oi") with { Edited = true, Late = true, ClockDoubtful = true, Reactions = [new Reaction("👍", ["bia", "caio"], false)] });

    [Fact]
    public void What_has_no_text_says_why()
    {
        Expect(["12:01 <ana> (message deleted)"], Said(Ana, null) with { Deleted = true });
        Expect(["12:01 <ana> (the text is missing, asking for it)"], Said(Ana, null));
        Expect(["12:01 <ana> (made by a newer Papo; update to see it)"], Said(Ana, null) with { Kind = MessageKind.Unsupported });
    }

    [Fact]
    public void Room_and_short_id_stand_in_front_when_asked_for()
    {
        var line = MessageLines.Of(Said(Ana, "oi"), En with { ShowIds = true, ShowRoom = true });
        Assert.Equal($"#general 12:01 [{Id(1).ToString()[..5]}] <ana> oi", line[0].Plain);
    }

    [Fact]
    public void Amendments_are_lines_of_their_own()
    {
        var target = Said(Ana, "oi!");
        Amended("12:02 * ✎ ana edited: olá!", Said(Ana, "olá!", 2) with { Kind = MessageKind.Edit }, target);
        Amended("12:02 * ana deleted a message from 12:01", Said(Ana, null, 2) with { Kind = MessageKind.Delete }, target);
        Amended("12:02 * bia reacted 👍 to ana: “oi!”", Said(Bia, "👍", 2) with { Kind = MessageKind.Reaction }, target);
        Amended("12:02 * bia took back a reaction to ana: “oi!”", Said(Bia, "", 2) with { Kind = MessageKind.Reaction }, target);
        Amended("12:02 * ana deleted a message", Said(Ana, null, 2) with { Kind = MessageKind.Delete }, null);
    }

    [Fact]
    public void Portuguese_has_its_own_marks()
    {
        Assert.Equal(["12:01 <visitante: bob> [sem assinatura] oi"], Plain(MessageLines.Of(Said(Bob, "oi"), Pt)));
        Assert.Equal(
            ["12:02 <ana> (mensagem apagada)", "12:02 <ana> oi (✎ editada) (chegou depois)"],
            Plain([
                .. MessageLines.Of(Said(Ana, null, 2) with { Deleted = true }, Pt),
                .. MessageLines.Of(Said(Ana, "oi", 2) with { Edited = true, Late = true }, Pt),
            ]));
    }

    [Fact]
    public void Days_are_written_out_in_both_languages()
    {
        Assert.Equal("—— Monday, 23 November 2026 ——", En.DayLine(En.Day(Noon)).Plain);
        Assert.Equal("—— segunda-feira, 23 de novembro de 2026 ——", Pt.DayLine(Pt.Day(Noon)).Plain);
        Assert.Equal("—— domingo, 1º de novembro de 2026 ——", Pt.DayLine(new DateOnly(2026, 11, 1)).Plain);
    }

    [Fact]
    public void Times_are_local()
    {
        var zone = TimeZoneInfo.CreateCustomTimeZone("test", TimeSpan.FromHours(-3), "test", "test");
        Assert.Equal("09:01 <ana> oi", MessageLines.Of(Said(Ana, "oi"), En with { Zone = zone })[0].Plain);
    }

    private static void Expect(string[] lines, ChatMessage message) => Assert.Equal(lines, Plain(MessageLines.Of(message, En)));

    private static void Amended(string line, ChatMessage amendment, ChatMessage? target) =>
        Assert.Equal([line], Plain(MessageLines.Amendment(amendment, target, En)));
}
