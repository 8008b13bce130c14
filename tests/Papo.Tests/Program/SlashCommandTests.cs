// Owns: what lines of input mean: messages, commands, errors.
// Must never: need a client; effects are looked at, not carried out.
using System.Text;
using Papo.Chat;
using Papo.Client;
using Papo.Protocol;
using Papo.Terminal;
using Papo.Texts;
using static Papo.Tests.Program.TestMessages;

namespace Papo.Tests.Program;

public class SlashCommandTests
{
    [Fact]
    public void A_line_is_a_message_to_the_current_room() => Assert.Equal(new SendEffect(Room.General, new Draft("oi!"), "oi!"), Only("oi!"));

    [Fact]
    public void Two_slashes_send_one() => Assert.Equal("/etc is a folder", Assert.IsType<SendEffect>(Only("//etc is a folder")).Draft.Text);

    [Fact]
    public void Blank_lines_are_nothing() => Assert.Empty(Run(Model(), "   ").Effects);

    [Fact]
    public void An_unknown_command_is_not_sent_and_makes_the_exit_code_1()
    {
        var model = Model();
        var step = Run(model, "/hsitory 5");
        Assert.Empty(step.Effects);
        Assert.Equal(["· There is no command /hsitory; nothing was sent. Did you mean /history?"], Plain(step.Remarks));
        Assert.Equal(ExitCode.Failed, model.Code);
        Assert.Equal("/hsitory 5", step.Restore);
    }

    [Fact]
    public void Me_is_an_action() => Assert.True(Assert.IsType<SendEffect>(Only("/me waves")).Draft.IsAction);

    [Theory]
    [InlineData("/msg bia oi tudo bem", "bia", "oi tudo bem")]
    [InlineData("/msg @bia oi", "bia", "oi")]
    [InlineData("/msg @bia", "bia", null)]
    [InlineData("/join @bia", "bia", null)]
    public void Msg_writes_to_one_person_or_goes_there(string typed, string name, string? text)
    {
        var direct = Assert.IsType<DirectEffect>(Only(typed));
        Assert.Equal((name, text), (direct.Name, direct.Draft?.Text));
    }

    [Theory]
    [InlineData("/verify @bia", "bia", null)]
    [InlineData("/verify bia yes", "bia", true)]
    [InlineData("/verify @bia sim", "bia", true)]
    [InlineData("/verify ana bia no", "ana bia", false)]
    [InlineData("/verify @ana bia", "ana bia", null)]
    [InlineData("/verify yes", "yes", null)]
    public void Verify_shows_what_to_compare_or_notes_what_came_of_it(string typed, string name, bool? decision) =>
        Assert.Equal(new VerifyEffect(name, decision), Only(typed));

    [Theory]
    [InlineData("/verify @bia emoji", "bia")]
    [InlineData("/verify ana bia Emoji", "ana bia")]
    public void Verify_emoji_begins_to_compare_by_emoji(string typed, string name) => Assert.Equal(new EmojiEffect(name), Only(typed));

    [Fact]
    public void Emoji_to_compare_are_seven_lines_with_their_names_and_what_to_do_with_them()
    {
        var step = new ChatStep();
        ChangeFold.Apply(Model(), new EmojiShown(Bia, [0, 1, 2, 3, 4, 5, 63]), Noon, step);
        Assert.Equal(["· Seven emoji, for bia and you:", "    🐘 elephant", "    🐢 turtle", "    🐙 octopus", "    🐝 bee", "    🐧 penguin", "    🐟 fish", "    🎁 gift"], Plain(step.Lines)[..8]);
        Assert.Contains("/verify @bia yes", step.Lines[^1].Plain, StringComparison.Ordinal);
    }

    [Fact]
    public void Who_wants_to_compare_is_told_of_unless_he_is_ignored()
    {
        var model = Model();
        var step = new ChatStep();
        ChangeFold.Apply(model, new EmojiAsked(Bia), Noon, step);
        Assert.Contains("/verify @bia emoji", Assert.Single(Plain(step.Remarks)), StringComparison.Ordinal);
        Run(model, "/ignore bia");
        step = new ChatStep();
        ChangeFold.Apply(model, new EmojiAsked(Bia), Noon, step);
        Assert.Empty(step.Remarks);
    }

    [Fact]
    public void A_safety_number_is_three_rows_of_digits_and_what_to_do_with_them()
    {
        var model = Model();
        var step = new ChatStep();
        string[] groups = [.. Enumerable.Range(1, 12).Select(static number => $"0000{number % 10}")];
        ResultFold.Apply(model, new SafetyKnownOf(new SafetyCheck(Bia, groups, null, []), null), Noon, step);
        Assert.Equal(
            ["· Your safety number with bia:", "    00001 00002 00003 00004", "    00005 00006 00007 00008", "    00009 00000 00001 00002"], Plain(step.Lines)[..4]);
        Assert.Contains("/verify bia yes", step.Lines[^1].Plain, StringComparison.Ordinal);
        Assert.Empty(step.Remarks);
    }

    [Fact]
    public void Whoever_else_uses_the_name_of_a_verified_person_is_named()
    {
        var step = new ChatStep();
        ResultFold.Apply(Model(), new SafetyKnownOf(new SafetyCheck(Bia with { Trust = Trust.Verified }, ["00001"], Noon, [Person("bia·k7m2", 7)]), null), Noon, step);
        Assert.Contains("bia·k7m2", Assert.Single(Plain(step.Remarks)), StringComparison.Ordinal);
    }

    [Fact]
    public void A_private_room_is_made_by_saying_so()
    {
        Assert.Equal(("a nossa toca", false), Assert.IsType<CreateEffect>(Only("/create --private a nossa toca")) is var made ? (made.Title.Text, made.SharesPast) : default);
        Assert.True(Assert.IsType<CreateEffect>(Only("/create --private --past toca")).SharesPast);
        Assert.Empty(Run(Model(), "/create toca").Effects);
        Assert.Empty(Run(Model(), "/create --private ~toca").Effects);
    }

    [Fact]
    public void Invite_and_remove_are_for_the_room_one_is_in()
    {
        Assert.Equal(new MemberEffect(Room.General, "bia", true), Only("/invite @bia"));
        Assert.Equal(new MemberEffect(Room.General, "bia", false), Only("/remove bia"));
    }

    [Fact]
    public void Reply_answers_somebodys_latest_line()
    {
        var send = Assert.IsType<SendEffect>(Assert.Single(Run(Talk(), "/reply bia claro!").Effects));
        Assert.Equal((Id(3), "claro!"), (send.Draft.Target, send.Draft.Text));
    }

    [Fact]
    public void Reply_takes_the_beginning_of_a_name_or_an_id()
    {
        Assert.Equal(Id(3), Assert.IsType<SendEffect>(Assert.Single(Run(Talk(), "/reply bi sim").Effects)).Draft.Target);
        Assert.Equal(Id(1), Assert.IsType<SendEffect>(Assert.Single(Run(Talk(), $"/reply {Id(1).ToString()[..5]} sim").Effects)).Draft.Target);
        Assert.Equal("abcde", Assert.IsType<SendAboutEffect>(Assert.Single(Run(Talk(), "/reply abcde sim").Effects)).Prefix);
    }

    [Fact]
    public void Reply_to_a_guest_of_the_same_name_takes_the_person()
    {
        var model = Talk();
        model.Remember(Said(Bob with { Name = "bia" }, "fake", 9));
        Assert.Equal(Id(3), Assert.IsType<SendEffect>(Assert.Single(Run(model, "/reply bia sim").Effects)).Draft.Target);
    }

    [Fact]
    public void Edit_and_delete_take_the_own_last_message()
    {
        var edit = Assert.IsType<SendEffect>(Assert.Single(Run(Talk(), "/edit olá").Effects)).Draft;
        Assert.Equal((MessageKind.Edit, Id(2), "olá"), (edit.Kind, edit.Target, edit.Text));
        var delete = Assert.IsType<SendEffect>(Assert.Single(Run(Talk(), "/delete").Effects)).Draft;
        Assert.Equal((MessageKind.Delete, Id(2)), (delete.Kind, delete.Target));
        Assert.Empty(Run(Talk(), "/delete bia").Effects);
    }

    [Fact]
    public void React_takes_the_latest_line_of_others_and_twice_takes_it_back()
    {
        var model = Talk();
        var react = Assert.IsType<SendEffect>(Assert.Single(Run(model, "/react 👍").Effects)).Draft;
        Assert.Equal((MessageKind.Reaction, Id(3), "👍"), (react.Kind, react.Target, react.Text));
        model.Remember(Said(Bia, "tudo bem?", 3) with { Reactions = [new Reaction("👍", ["ana"], true)] });
        Assert.Equal("", Assert.IsType<SendEffect>(Assert.Single(Run(model, "/react 👍 bia").Effects)).Draft.Text);
    }

    [Fact]
    public void A_message_without_an_id_yet_says_so_and_keeps_the_line()
    {
        var model = Model();
        model.Remember(Own("oi", 1));
        var step = Run(model, "/edit olá");
        Assert.Equal(["· That message is still on its way; try again when it shows ✓."], Plain(step.Remarks));
        Assert.Equal("/edit olá", step.Restore);
    }

    [Fact]
    public void Join_goes_to_a_room_and_leave_returns()
    {
        var model = Model();
        Assert.Equal(new JoinEffect(Dev), Assert.Single(Run(model, "/join #dev").Effects));
        var step = new ChatStep();
        ResultFold.Apply(model, new RoomJoined(Dev), Noon, step);
        Assert.Equal(Dev, model.Current);
        Assert.IsType<HistoryEffect>(Assert.Single(step.Effects));
        Assert.Equal(new LeaveEffect(Dev), Assert.Single(Run(model, "/leave").Effects));
        ResultFold.Apply(model, new RoomLeft(Dev), Noon, step);
        Assert.Equal(Room.General, model.Current);
    }

    [Fact]
    public void Every_command_has_help_in_every_language_and_help_finds_by_words()
    {
        Assert.All(SlashCommand.All, static command =>
        {
            Assert.NotEmpty(command.Help(En.Words).About);
            Assert.NotEmpty(command.Help(Pt.Words).About);
        });
        Assert.Equal(SlashCommand.All.Count + 1, Run(Model(), "/help").Lines.Count);
        Assert.Equal(["  /nick NAME  change your name"], Plain(Run(Model(), "/help change your").Lines));
    }

    [Fact]
    public void The_language_changes_at_once()
    {
        var model = Model();
        Assert.Equal(["· Agora o Papo fala português."], Plain(Run(model, "/lang pt-BR").Lines));
        Assert.Equal(Words.For(Language.BrazilianPortuguese).Tag, model.Words.Tag);
    }

    [Fact]
    public void Commands_that_come_later_are_absent()
    {
        string[] later = ["/topic", "/pin", "/ask", "/host", "/doctor", "/keys"];
        Assert.All(later, static name => Assert.Null(SlashCommand.Find(name)));
    }

    [Fact]
    public void Tab_completes_commands_rooms_and_people()
    {
        var model = Talk();
        Assert.Equal(["/remove ", "/reply ", "/react ", "/retry ", "/read "], Complete(model, "/re"));
        Assert.Equal(["general "], Complete(model, "/join g"));
        Assert.Equal(["bia: "], Complete(model, "b"));
        Assert.Equal(["bia "], Complete(model, "oi bi"));
        Assert.Equal(["@bia "], Complete(model, "oi @b"));
        Assert.Equal("😄 ", Complete(model, "oi :sm")[0]);
        Assert.Equal("👍 ", Complete(model, "/react :thumbsup:")[0]);
        Assert.Empty(Complete(model, "oi "));
    }

    [Fact]
    public void Piped_lines_are_cut_at_line_ends_and_joined_at_backslashes()
    {
        var joiner = new LineJoiner(1000);
        Assert.Equal(["um", "dois\ntrês", "quatro\\\\"], joiner.Add(Encoding.UTF8.GetBytes("um\r\ndois\\\ntrês\nquatro\\\\\nrest")));
        Assert.Equal("rest", joiner.Rest());
        Assert.Null(joiner.Rest());
        var bytes = Encoding.UTF8.GetBytes("ação 👍\n");
        Assert.Equal(["ação 👍"], bytes.SelectMany(b => joiner.Add([b])));
    }

    private static ChatModel Talk()
    {
        var model = Model();
        model.Remember(Said(Bia, "oi", 1));
        model.Remember(Said(Ana, "oi bia", 2) with { Mine = true });
        model.Remember(Said(Bia, "tudo bem?", 3));
        return model;
    }

    private static ChatStep Run(ChatModel model, string line)
    {
        var step = new ChatStep();
        LineInput.Apply(model, line, step);
        return step;
    }

    private static ChatEffect Only(string line) => Assert.Single(Run(Model(), line).Effects);

    private static IReadOnlyList<string> Complete(ChatModel model, string text) => [.. Completion.For(model, text, text.Length).Candidates.Select(static candidate => candidate.Text)];
}
