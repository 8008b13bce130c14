// Owns: what the command line means, and the sentences when it means nothing.
// Must never: run a command.
using Papo.Commands;
using Papo.Hub;
using Papo.Protocol;
using Papo.Texts;
using static Papo.Tests.Program.TestMessages;

namespace Papo.Tests.Program;

public class CommandLineTests
{
    [Fact]
    public void Without_a_command_the_chat_opens() => Assert.IsType<ChatRequest>(Read());

    [Fact]
    public void Options_stand_before_or_after_the_command()
    {
        Assert.Equal("bia", Whole("--name", "bia", "send", "general", "oi").Options.Name!.Text);
        Assert.Equal("bia", Whole("send", "general", "oi", "--name", "bia").Options.Name!.Text);
        Assert.Equal("mqtt://x", Whole("--plain", "--broker=mqtt://x").Options.Broker);
    }

    [Fact]
    public void Only_who_says_so_goes_without_colours()
    {
        Assert.False(Whole().NoColor);
        Assert.False(Whole("send", "general", "oi").NoColor);
        Assert.True(Whole("--no-color").NoColor);
        Assert.True(Whole("tail", "--no-color").NoColor);
    }

    [Fact]
    public void Words_of_a_text_are_joined() => Assert.Equal(new SendRequest(new Target(Room.General, null), "oi bia", TimeSpan.FromSeconds(15)), Read("send", "#general", "oi", "bia"));

    [Fact]
    public void Text_after_two_dashes_is_literal() =>
        Assert.Equal("--timeout is -v", Assert.IsType<SendRequest>(Read("send", "general", "--", "--timeout", "is", "-v")).Text);

    [Fact]
    public void An_at_sign_in_a_text_is_no_file() =>
        Assert.Equal("@bia oi", Assert.IsType<SendRequest>(Read("send", "general", "@bia", "oi")).Text);

    [Fact]
    public void Without_text_standard_input_is_sent() => Assert.Null(Assert.IsType<SendRequest>(Read("send", "general")).Text);

    [Theory]
    [InlineData("15s", 15_000)]
    [InlineData("2m", 120_000)]
    [InlineData("500ms", 500)]
    [InlineData("7", 7_000)]
    public void A_timeout_has_a_unit(string text, int milliseconds) =>
        Assert.Equal(milliseconds, Assert.IsType<SendRequest>(Read("send", "general", "x", "--timeout", text)).Timeout.TotalMilliseconds);

    [Fact]
    public void Tail_takes_several_rooms()
    {
        var tail = Assert.IsType<TailRequest>(Read("tail", "general", "dev", "general", "-n", "5", "--json", "--no-follow"));
        Assert.Equal([new Target(Room.General, null), new Target(Dev, null)], tail.Targets);
        Assert.Equal((5, true, false), (tail.Count, tail.Json, tail.Follow));
    }

    [Theory]
    [InlineData("2026-11-22", "2026-11-22T00:00:00Z")]
    [InlineData("11:30", "2026-11-23T11:30:00Z")]
    [InlineData("14:30", "2026-11-22T14:30:00Z")]
    [InlineData("2h", "2026-11-23T10:00:00Z")]
    [InlineData("2026-11-22T14:30:00Z", "2026-11-22T14:30:00Z")]
    [InlineData("2026-11-22T14:30:00.5-03:00", "2026-11-22T17:30:00.5Z")]
    public void Times_are_written_in_many_ways(string text, string time) =>
        Assert.Equal(DateTimeOffset.Parse(time, null), Assert.IsType<HistoryRequest>(Read("history", "general", "--before", text)).Before!.Time);

    [Fact]
    public void A_bound_can_be_a_message() =>
        Assert.Equal(Id(1), Assert.IsType<HistoryRequest>(Read("history", "general", "--after", Id(1).ToString())).After!.Id);

    [Theory]
    [InlineData("ROOM is missing.", "send")]
    [InlineData("ROOM is missing.", "history")]
    [InlineData("WORDS is missing.", "search")]
    [InlineData("There is no option --tiemout here.", "send", "general", "--tiemout", "3s", "oi")]
    [InlineData("There is no option -5 here.", "send", "general", "-5", "graus")]
    [InlineData("--broker needs a value.", "--broker")]
    [InlineData("--name stands there twice.", "--name", "a", "--name", "b")]
    [InlineData("“histroy” is one argument too many.", "histroy")]
    [InlineData("“x” is no number of messages; it goes from 0 to 100000.", "tail", "-n", "x")]
    [InlineData("“soon” is no time to wait; write 15s, 2m or 500ms.", "send", "general", "x", "--timeout", "soon")]
    [InlineData("“xx” is no language Papo speaks; there are en and pt-BR.", "--lang", "xx")]
    [InlineData("A name cannot begin with @ # / ~ or <.", "--name", "@x")]
    [InlineData("“Sala Ruim” is not a room: a room's name has 1 to 40 of the characters a–z, 0–9 and -.", "who", "Sala Ruim")]
    [InlineData("“a/b” cannot be the first level of topics: no slash, +, # or space.", "--root", "a/b")]
    public void What_is_not_understood_is_said_in_one_sentence(string sentence, params string[] arguments) =>
        Assert.Equal(sentence, Assert.IsType<UsageProblem>(Read(arguments)).Sentence);

    [Fact]
    public void A_person_or_a_private_room_can_be_a_target()
    {
        Assert.Equal(new Target(null, "@bia"), Assert.IsType<SendRequest>(Read("send", "@bia", "oi")).Target);
        Assert.Equal([new Target(null, "@bia"), new Target(null, "~toca")], Assert.IsType<TailRequest>(Read("tail", "@bia", "~toca")).Targets);
        Assert.Equal(new Target(null, "@bia"), Assert.IsType<HistoryRequest>(Read("history", "@bia")).Target);
        Assert.IsType<UsageProblem>(Read("send", "@", "oi"));
    }

    [Fact]
    public void A_mistyped_command_or_option_gets_a_suggestion()
    {
        Assert.Equal("Did you mean papo history?", Assert.IsType<UsageProblem>(Read("histroy")).Hint);
        Assert.Equal("Did you mean --no-follow?", Assert.IsType<UsageProblem>(Read("tail", "--no-folow")).Hint);
    }

    [Fact]
    public void A_hub_is_for_this_computer_unless_told_otherwise()
    {
        Assert.Equal(new HubRequest(null, null, null, ""), Read("hub"));
        Assert.Equal(new HubRequest(System.Net.IPAddress.Any, null, null, "Casa"), Read("hub", "--bind", "0.0.0.0", "--title", "Casa"));
        Assert.Equal(new ArchivePlace.Folder("/srv/papo"), Assert.IsType<HubRequest>(Read("hub", "--archive", "sqlite:/srv/papo")).Archive);
        Assert.Equal("postgres://banco:5432/casa", Assert.IsType<HubRequest>(Read("hub", "--archive", "postgres://ana:x@banco/casa")).Archive?.ToString());
        Assert.Equal(TimeSpan.FromDays(90), Assert.IsType<HubRequest>(Read("hub", "--retention", "90d")).Retention);
        Assert.Null(Assert.IsType<HubRequest>(Read("hub", "--retention", "none")).Retention);
        Assert.IsType<UsageProblem>(Read("hub", "--archive", "mysql://x"));
        Assert.IsType<UsageProblem>(Read("hub", "--retention", "5m"));
        Assert.Equal(new TlsOptions { CertFile = "c.pem", KeyFile = "k.pem" }, Assert.IsType<HubRequest>(Read("hub", "--tls-cert", "c.pem", "--tls-key", "k.pem")).Tls);
        Assert.IsType<UsageProblem>(Read("hub", "--bind", "lan"));
        Assert.Equal(Papo.Diagnostics.LogForm.Json, Assert.IsType<HubRequest>(Read("hub", "--log", "json")).Log);
        Assert.IsType<UsageProblem>(Read("hub", "--log", "xml"));
        Assert.IsType<UsageProblem>(Read("hub", "--tls-key", "k.pem"));
        Assert.IsType<UsageProblem>(Read("hub", "--trust", "abc"));
        Assert.IsType<UsageProblem>(Read("hub", "--title", new string('x', 81)));
    }

    [Fact]
    public void Invite_takes_a_room_and_a_time_and_join_takes_a_link()
    {
        Assert.Equal(new InviteRequest(new Target(Room.General, null), TimeSpan.FromDays(1), false, null), Read("invite"));
        Assert.Equal(new InviteRequest(new Target(null, "~toca"), TimeSpan.FromDays(7), false, null), Read("invite", "~toca", "--valid", "7d"));
        Assert.True(Assert.IsType<InviteRequest>(Read("invite", "--list")).List);
        Assert.NotNull(Assert.IsType<InviteRequest>(Read("invite", "--revoke", "aaaqeayeaudaocajbifqydiob4")).Revoke);
        Assert.Equal("general", Assert.IsType<JoinRequest>(Read("join", "papo://h/general/s=aaaqeayeaudaocajbifqydiob4")).Link.Room?.Name);
        Assert.All((string[][])[["invite", "@bia"], ["invite", "--valid", "10s"], ["invite", "--valid", "31d"], ["invite", "--revoke", "x"], ["join"], ["join", "general"]], wrong => Assert.IsType<UsageProblem>(Read(wrong)));
    }

    [Fact]
    public void Commands_that_do_not_exist_yet_are_unknown_and_absent_from_the_help()
    {
        string[] later = ["ask", "live", "doctor", "export"];
        var help = string.Join('\n', HelpPage.Lines(null, En.Words));
        Assert.All(later, command => Assert.IsType<UsageProblem>(Read(command)));
        Assert.All(later, command => Assert.DoesNotContain($"  {command} ", help));
    }

    [Fact]
    public void Help_and_errors_speak_the_chosen_language()
    {
        Assert.Equal("Falta ROOM.", Assert.IsType<UsageProblem>(Read("--lang", "pt-BR", "send")).Sentence);
        Assert.Equal(new HelpRequest("tail"), Read("tail", "--help", "--bogus"));
        Assert.Equal(Language.BrazilianPortuguese, Language.FromEnvironment(static name => name == "LANG" ? "pt_PT.UTF-8" : null));
        Assert.Equal(Language.English, Language.FromEnvironment(static name => name == "LC_ALL" ? "C" : "pt_BR"));
    }

    private static Commands.Request Read(params string[] arguments) => Whole(arguments).Request;

    private static CommandLineReading Whole(params string[] arguments) => CommandLineReading.Read(arguments, Language.English, Noon, TimeZoneInfo.Utc, static name => name == "PAPO_HOME" ? "/nowhere" : null);
}
