// Owns: what `papo hub` takes from the settings file and the environment, and the sentences when it cannot.
// Must never: look at the settings of whoever runs the tests.
using Papo.Commands;
using Papo.Hub;
using Papo.Tests.World;
using Papo.Texts;

namespace Papo.Tests.Program;

public sealed class HubSettingsTests : IDisposable
{
    private readonly TestHome _home = new();
    private readonly Dictionary<string, string> _environment = [];

    public HubSettingsTests() => _environment["PAPO_HOME"] = _home.Path;

    private string File => Path.Combine(_home.Path, "hub.conf");

    public void Dispose() => _home.Dispose();

    [Fact]
    public void A_file_is_used_where_nothing_else_is_said()
    {
        Write("# a casa da ana", "", "bind = 0.0.0.0", "title=Casa = da Ana # 1", "  retention =  90d  ", "broker = mqtt://casa");

        var (options, request) = Hub();

        Assert.Equal((System.Net.IPAddress.Any, "Casa = da Ana # 1", TimeSpan.FromDays(90)), (request.Bind, request.Title, request.Retention));
        Assert.Equal("mqtt://casa", options.Broker);
    }

    [Fact]
    public void An_option_comes_before_a_variable_and_that_before_the_file()
    {
        Write("title = arquivo", "archive = sqlite:/srv/arquivo", "broker = mqtt://arquivo", "retention = 1d");
        _environment["PAPO_HUB_TITLE"] = "variável";
        _environment["PAPO_HUB_ARCHIVE"] = "sqlite:/srv/variavel";
        _environment["PAPO_BROKER"] = "mqtt://variavel";
        _environment["PAPO_HUB_RETENTION"] = "";

        var (options, request) = Hub("--title", "opção");

        Assert.Equal(("opção", new ArchivePlace.Folder("/srv/variavel"), TimeSpan.FromDays(1)), (request.Title, request.Archive, request.Retention));
        Assert.Equal("mqtt://variavel", options.Broker);
    }

    [Fact]
    public void Without_a_file_the_defaults_stand() => Assert.Equal(new HubRequest(null, null, null, ""), Hub().Request);

    [Fact]
    public void Another_command_takes_nothing_from_it()
    {
        Write("broker = mqtt://casa", "nonsense");

        Assert.Null(Read("rooms").Options.Broker);
    }

    [Theory]
    [InlineData("bnid = 0.0.0.0", "hub.conf, line 2: there is no setting “bnid”. Did you mean bind?")]
    [InlineData("colour = red", "hub.conf, line 2: there is no setting “colour”. There are: broker, bind, ")]
    [InlineData("home = /srv", "hub.conf, line 2: there is no setting “home”.")]
    [InlineData("bind 0.0.0.0", "hub.conf, line 2: this is neither “key = value” nor a comment (#).")]
    [InlineData("bind =", "hub.conf, line 2: bind has no value.")]
    [InlineData("bind = lan", "hub.conf, line 2: “lan” is not an address of this computer")]
    [InlineData("retention = 5m", "hub.conf, line 2: “5m” is not a time to keep messages for")]
    [InlineData("archive = mysql://x", "hub.conf, line 2: An archive is named sqlite:FOLDER")]
    [InlineData("root = a/b", "hub.conf, line 2: “a/b” cannot be the first level of topics")]
    [InlineData("title = Outra", "hub.conf, line 2: title stands there twice.")]
    public void A_wrong_line_is_named_with_its_file_and_number(string line, string sentence)
    {
        Write("title = Casa", line);

        var problem = Assert.IsType<UsageProblem>(Read("hub").Request);

        Assert.StartsWith(Path.Combine(_home.Path, sentence), problem.Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public void A_wrong_variable_is_named()
    {
        _environment["PAPO_HUB_BIND"] = "lan";

        Assert.StartsWith("PAPO_HUB_BIND: “lan” is not an address", Assert.IsType<UsageProblem>(Read("hub").Request).Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public void A_wrong_option_is_not_blamed_on_the_file()
    {
        Write("title = Casa");

        Assert.StartsWith("“lan” is not an address", Assert.IsType<UsageProblem>(Read("hub", "--bind", "lan").Request).Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_was_named_has_to_be_there()
    {
        var missing = Path.Combine(_home.Path, "outro.conf");

        var problem = Assert.IsType<UsageProblem>(Read("hub", "--config", missing).Request);

        Assert.Contains(missing, problem.Sentence, StringComparison.Ordinal);
        _environment["PAPO_HUB_CONFIG"] = missing;
        Assert.Contains(missing, Assert.IsType<UsageProblem>(Read("hub").Request).Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public void A_named_file_replaces_the_usual_one()
    {
        Write("title = Casa");
        var other = Path.Combine(_home.Path, "outro.conf");
        System.IO.File.WriteAllText(other, "bind = 0.0.0.0");

        Assert.Equal(new HubRequest(System.Net.IPAddress.Any, null, null, ""), Hub("--config", other).Request);
    }

    [Fact]
    public void What_is_printed_reads_back_as_what_is_in_effect()
    {
        Write("title = Casa da Ana # 1", "retention = 30d");
        _environment["PAPO_HUB_BIND"] = "0.0.0.0";
        var before = Hub("--archive", "sqlite:/srv/papo", "--broker", "mqtt://casa");
        var page = HubSettingsPage.Lines(Settings("--archive", "sqlite:/srv/papo", "--broker", "mqtt://casa"), Words.For(Language.English)).ToList();
        _environment.Remove("PAPO_HUB_BIND");
        Write([.. page]);

        var after = Hub();

        Assert.Equal(before, after);
        Assert.Contains("#user = USER", page);
        Assert.Contains("# from PAPO_HUB_BIND", page);
        Assert.Contains($"# from {File}, line 2", page);
    }

    [Theory]
    [InlineData("en")]
    [InlineData("pt-BR")]
    public void Without_settings_all_that_is_printed_is_comments(string language)
    {
        Assert.True(Language.TryParse(language, out var parsed));

        Assert.All(HubSettingsPage.Lines(Settings(), Words.For(parsed)), static line => Assert.True(line.Length == 0 || line.StartsWith('#')));
    }

    [Theory]
    [InlineData("postgres://papo:segredo@banco/casa?sslmode=require", "archive = postgres://papo@banco/casa?sslmode=require")]
    [InlineData("postgres://papo:seg%40redo@banco", "archive = postgres://papo@banco")]
    [InlineData("postgres://papo@[::1]:5433/casa", "archive = postgres://papo@[::1]:5433/casa")]
    public void A_password_is_not_printed(string archive, string line)
    {
        _environment["PAPO_HUB_ARCHIVE"] = archive;

        var page = HubSettingsPage.Lines(Settings(), Words.For(Language.English)).ToList();

        Assert.Contains(line, page);
        Assert.DoesNotContain("redo", string.Concat(page), StringComparison.Ordinal);
    }

    [Fact]
    public void A_mistyped_word_after_hub_gets_the_nearest_command()
    {
        var problem = Assert.IsType<UsageProblem>(Read("hub", "bakcup").Request);

        Assert.Contains("papo hub backup", problem.Hint, StringComparison.Ordinal);
    }

    [Fact]
    public void A_backup_needs_a_file() => Assert.Contains("FILE", Assert.IsType<UsageProblem>(Read("hub", "backup").Request).Sentence, StringComparison.Ordinal);

    private void Write(params string[] lines) => System.IO.File.WriteAllLines(File, lines);

    private (GlobalOptions Options, HubRequest Request) Hub(params string[] arguments)
    {
        var reading = Read(["hub", .. arguments]);
        return (reading.Options, Assert.IsType<HubRequest>(reading.Request));
    }

    private IReadOnlyList<(string Key, HubSetting? Setting)> Settings(params string[] arguments) =>
        Assert.IsType<HubSettingsRequest>(Read(["hub", "--print-config", .. arguments]).Request).Settings;

    private CommandLineReading Read(params string[] arguments) =>
        CommandLineReading.Read(arguments, Language.English, DateTimeOffset.UnixEpoch, TimeZoneInfo.Utc, name => _environment.GetValueOrDefault(name));
}
