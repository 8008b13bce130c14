// Owns: what changes and lines of input lead to in a chat.
// Must never: need a client; changes and times go in, steps come out.
using Papo.Chat;
using Papo.Client;
using Papo.Client.Wire;
using Papo.Protocol;
using static Papo.Tests.Program.TestMessages;

namespace Papo.Tests.Program;

public class ChatFoldTests
{
    [Fact]
    public void A_message_is_shown_once_however_often_it_comes()
    {
        var model = Model();
        Assert.Equal(["12:01 <bia> oi"], Lines(Change(model, new MessageArrived(Said(Bia, "oi")))));
        Assert.Empty(Lines(Change(model, new MessageArrived(Said(Bia, "oi")))));
    }

    [Fact]
    public void What_counts_no_longer_is_told_although_it_was_shown_and_so_is_that_it_counts_again()
    {
        var model = Model();
        var said = Said(Bia, "oi");
        Change(model, new MessageArrived(said));
        var gone = said with { Text = null, Deleted = true };
        Assert.Equal(["12:01 * what bia said then came after a removal: it counts for nobody"], Lines(Change(model, new MessageAmended(gone with { Kind = MessageKind.Withdrawn }, gone))));
        Assert.True(Assert.Single(model.Recent(Room.General)).Deleted);
        Assert.Equal(["12:01 * what bia said then counts again: oi"], Lines(Change(model, new MessageAmended(said with { Kind = MessageKind.Restored }, said))));
        Assert.Equal("oi", Assert.Single(model.Recent(Room.General)).Text);
    }

    [Fact]
    public void A_new_day_begins_with_its_line()
    {
        var model = Model();
        var tomorrow = Said(Bia, "bom dia") with { At = Noon.AddDays(1) };
        Assert.Equal(["—— Tuesday, 24 November 2026 ——", "12:00 <bia> bom dia"], Lines(Change(model, new MessageArrived(tomorrow))));
    }

    [Fact]
    public void Messages_of_other_rooms_name_their_room() =>
        Assert.Equal(["#dev 12:01 <bia> oi"], Lines(Change(Model(), new MessageArrived(Said(Bia, "oi") with { Room = Dev }))));

    [Fact]
    public void Ignored_people_and_muted_rooms_stay_silent()
    {
        var model = Model();
        Line(model, "/ignore bia");
        Line(model, "/mute dev");
        Assert.Empty(Lines(Change(model, new MessageArrived(Said(Bia, "oi")))));
        Assert.Empty(Lines(Change(model, new MessageArrived(Said(Caio, "oi", 2) with { Room = Dev }))));
        Line(model, "/ignore bia");
        Assert.Single(Lines(Change(model, new MessageArrived(Said(Bia, "oi", 3)))));
    }

    [Fact]
    public void What_is_not_shown_is_kept_and_found_again()
    {
        var model = Model();
        Line(model, "/ignore Bia");
        var kept = Assert.Single(Line(model, "/mute dev").Effects.OfType<HideEffect>());
        Assert.Equal(["#dev", "bia"], kept.Hidden);
        var next = Model();
        next.Hidden = kept.Hidden;
        Assert.Empty(Lines(Change(next, new MessageArrived(Said(Bia, "oi")))));
        Assert.Empty(Lines(Change(next, new MessageArrived(Said(Caio, "oi", 2) with { Room = Dev }))));
    }

    [Fact]
    public void A_private_room_that_was_muted_is_quiet_after_a_restart_whatever_it_is_called_then()
    {
        var (direct, den) = (Private('d').Called("@bia"), Private('t').Called("~toca"));
        var model = Model();
        model.Joined.AddRange([direct, den]);
        Line(model, "/mute @bia");
        var kept = Line(model, "/mute ~toca").Effects.OfType<HideEffect>().Single().Hidden;
        Assert.Empty(model.Ignored);
        var next = Model();
        next.Hidden = [.. kept, "@lida de uma versão anterior"];
        Assert.Empty(next.Ignored);
        Assert.Empty(Lines(Change(next, new MessageArrived(Said(Bia, "oi") with { Room = direct.Called("@beatriz") }))));
        Assert.Empty(Lines(Change(next, new MessageArrived(Said(Caio, "oi", 2) with { Room = den.Called(null) }))));
        Assert.Equal(kept, next.Hidden);

        next.Joined.Add(direct);
        Assert.Equal(["· @bia is shown again."], Lines(Line(next, "/mute @bia")));
        Assert.Single(Lines(Change(next, new MessageArrived(Said(Bia, "oi", 3) with { Room = direct }))));
        Assert.Equal(["· You are not in @davi."], Remarks(Line(next, "/mute @davi")));
    }

    [Fact]
    public void A_burst_of_arrivals_is_one_line_and_a_short_absence_none()
    {
        var model = Model();
        Change(model, new PersonChanged(Here(Bia), PersonEvent.Came));
        Change(model, new PersonChanged(Here(Caio), PersonEvent.Came));
        Change(model, new PersonChanged(Here(Caio, online: false), PersonEvent.Left));
        Change(model, new PersonChanged(Here(Person("davi", 4)), PersonEvent.Came));
        Assert.Empty(Lines(Tick(model, 1)));
        Assert.Equal(["→ bia and davi are here"], Lines(Tick(model, 3)));
        Assert.Empty(Lines(Tick(model, 6)));
    }

    [Fact]
    public void A_name_or_status_that_changes_is_told()
    {
        var model = Model();
        model.People[Bia.Account!.Value] = Here(Bia);
        Assert.Equal(["· bia is now called beatriz"], Lines(Change(model, new PersonChanged(Here(Bia with { Name = "beatriz" }), PersonEvent.Updated))));
        Assert.Equal(["· beatriz is away: almoço"], Lines(Change(model, new PersonChanged(Here(Bia with { Name = "beatriz" }, away: true, status: "almoço"), PersonEvent.Updated))));
    }

    [Fact]
    public void A_lost_connection_is_told_once_and_its_return_too()
    {
        var model = Model();
        var lost = new ConnectionChanged(new Papo.Client.Connection(false, new ConnectFailure(ConnectFailureKind.Lost, "", false), TimeSpan.FromSeconds(1)));
        Assert.StartsWith("· Connection lost: the broker stopped answering.", Remarks(Change(model, lost))[0], StringComparison.Ordinal);
        Assert.Empty(Remarks(Change(model, lost)));
        var refused = new ConnectionChanged(new Papo.Client.Connection(false, new ConnectFailure(ConnectFailureKind.Refused, "", false), null));
        Assert.StartsWith("· Still not connected: the computer is there", Remarks(Change(model, refused))[0], StringComparison.Ordinal);
        Assert.Equal(["· Connected again."], Remarks(Change(model, new ConnectionChanged(new Papo.Client.Connection(true, null, null)))));
    }

    [Fact]
    public void Missing_messages_are_named_and_their_healing_too()
    {
        var model = Model();
        Assert.Equal(["· 2 messages missing, asking…"], Remarks(Change(model, new MissingChanged(Room.General, 2))));
        Assert.Empty(Remarks(Change(model, new MissingChanged(Room.General, 1))));
        Assert.Equal(["· The missing messages are here."], Remarks(Change(model, new MissingChanged(Room.General, 0))));
    }

    [Fact]
    public void What_comes_while_the_first_screen_loads_waits_for_it_and_shows_once()
    {
        var model = Model(opening: true);
        Assert.Empty(Lines(Change(model, new MessageArrived(Said(Bia, "dois", 2)))));
        Change(model, new MessageArrived(Said(Bia, "três", 3)));
        var step = new ChatStep();
        var past = new HistoryPage([Said(Ana, "um"), Said(Bia, "dois", 2)], true, false);
        ResultFold.Apply(model, new HistoryLoaded(Room.General, past, 2, HistoryUse.Opening), Noon, step);
        Assert.Equal(["12:01 <ana> um", "12:02 <bia> dois", "#general · 2 here", "12:03 <bia> três"], Lines(step));
    }

    [Fact]
    public void An_own_message_keeps_its_place_and_changes_its_mark_on_a_live_surface()
    {
        var model = Model(live: true);
        var step = Change(model, new MessageArrived(Own("oi", 7)));
        Assert.Equal(["12:00 <ana> oi …"], Plain(step.Tail!.Lines));
        step = Change(model, new StateChanged(Room.General, 7, Id(7), MessageState.Sent, null));
        Assert.Equal(["12:00 <ana> oi ✓"], Plain(step.Tail!.Lines));
        Assert.True(step.Tail.Replace);
        step = Change(model, new StateChanged(Room.General, 7, Id(7), MessageState.Held, null));
        Assert.Equal(["12:00 <ana> oi ✓✓"], Plain(step.Tail!.Lines));
        Assert.Equal("", OwnStates.Summary(model));
        Assert.Equal(Id(7), model.Recent(Room.General)[0].Id);
    }

    [Fact]
    public void The_line_of_a_new_day_stands_above_the_own_message_that_began_it()
    {
        var step = Change(Model(live: true), new MessageArrived(Own("bom dia", 7) with { At = Noon.AddDays(1) }));
        Assert.Equal(["—— Tuesday, 24 November 2026 ——"], Plain(step.Tail!.Above));
        Assert.Equal(["12:00 <ana> bom dia …"], Plain(step.Tail.Lines));
    }

    [Fact]
    public void Own_messages_that_scrolled_on_are_counted_in_the_prompt()
    {
        var model = Model(live: true);
        Change(model, new MessageArrived(Own("um", 1)));
        Change(model, new MessageArrived(Own("dois", 2)));
        Change(model, new MessageArrived(Said(Bia, "oi")));
        Assert.Equal("…2", OwnStates.Summary(model));
        Change(model, new StateChanged(Room.General, 1, Id(1), MessageState.Sent, null));
        Assert.Equal("… ✓", OwnStates.Summary(model));
        Change(model, new StateChanged(Room.General, 1, Id(1), MessageState.Held, null));
        Change(model, new StateChanged(Room.General, 2, Id(2), MessageState.Held, null));
        Assert.Equal("", OwnStates.Summary(model));
    }

    [Fact]
    public void On_plain_streams_new_states_are_a_line_of_their_own()
    {
        var model = Model();
        Assert.Equal(["12:00 <ana> oi …"], Lines(Change(model, new MessageArrived(Own("oi", 1)))));
        Change(model, new StateChanged(Room.General, 1, Id(1), MessageState.Sent, null));
        Change(model, new StateChanged(Room.General, 1, Id(1), MessageState.Held, null));
        Assert.Equal(["· ✓✓ “oi”"], Lines(Tick(model, 1)));
        Assert.Empty(Lines(Tick(model, 2)));
    }

    [Fact]
    public void A_failed_message_says_why_and_can_be_tried_again()
    {
        var model = Model();
        Change(model, new MessageArrived(Own("oi", 1)));
        var step = Change(model, new StateChanged(Room.General, 1, null, MessageState.Failed, SendProblem.NotAllowed));
        Assert.Equal(["· ! not sent: “oi”. The broker does not allow you to write there. Ask whoever runs it. It is kept; /retry tries again."], Remarks(step));
        Assert.Equal([1L], Assert.IsType<RetryEffect>(Assert.Single(Line(model, "/retry").Effects)).Numbers);
    }

    [Fact]
    public void A_text_that_was_not_taken_goes_back_into_the_input()
    {
        var step = new ChatStep();
        ResultFold.Apply(Model(), new SendNotTaken(SendProblem.TooLong, "very long"), Noon, step);
        Assert.Equal("very long", step.Restore);
    }

    [Fact]
    public void Typing_fades_by_itself()
    {
        var model = Model();
        Change(model, new TypingChanged(Room.General, Bia, true));
        Tick(model, 1);
        Assert.Single(model.Typing);
        Tick(model, 10);
        Assert.Empty(model.Typing);
    }

    [Fact]
    public void Every_change_from_anybody_is_harmless()
    {
        var evil = Bia with { Name = "b\e]0;pwned\aia\nana" };
        var model = Model();
        List<ChatStep> steps =
        [
            Change(model, new MessageArrived(Said(evil, "a\e[2Jb\u009bc"))),
            Change(model, new MessageAmended(Said(evil, "\e[31m", 2) with { Kind = MessageKind.Reaction }, Said(evil, "x\ny\e", 1))),
            Change(model, new Noticed(new Notice(NoticeKind.KeyChanged, null, evil.Name))),
            Change(model, new PersonChanged(Here(evil), PersonEvent.Came)),
            Change(model, new PersonChanged(Here(evil, away: true, status: "\e[0c\n"), PersonEvent.Updated)),
            Tick(model, 5),
        ];
        Assert.All(steps.SelectMany(static step => step.Lines.Concat(step.Remarks)), static line => Assert.DoesNotContain(line.Plain, static c => char.IsControl(c)));
    }

    [Theory]
    [InlineData("", "A hub keeps the past of this place.")]
    [InlineData("Casa", "A hub keeps the past of this place: Casa.")]
    public void A_hub_without_a_title_gets_none(string title, string sentence)
    {
        var step = Change(Model(), new Noticed(new Notice(NoticeKind.HubFound, null, title)));
        Assert.Contains(sentence, Assert.Single(step.Lines.Concat(step.Remarks)).Plain, StringComparison.Ordinal);
    }

    private static ChatStep Change(ChatModel model, ChatChange change)
    {
        var step = new ChatStep();
        ChangeFold.Apply(model, change, Noon, step);
        return step;
    }

    private static ChatStep Tick(ChatModel model, int seconds)
    {
        var step = new ChatStep();
        ChangeFold.Tick(model, Noon.AddSeconds(seconds), step);
        return step;
    }

    private static ChatStep Line(ChatModel model, string line)
    {
        var step = new ChatStep();
        LineInput.Apply(model, line, step);
        return step;
    }

    private static string[] Lines(ChatStep step) => Plain(step.Tail is { } tail ? [.. tail.Above, .. tail.Lines, .. step.Lines] : step.Lines);

    private static string[] Remarks(ChatStep step) => Plain(step.Remarks);
}
