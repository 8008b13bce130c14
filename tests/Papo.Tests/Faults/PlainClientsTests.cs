// Owns: running the script that plays plain MQTT clients and shell scripts against the real program.
// Must never: hide what the script said.
using System.Diagnostics;
using Papo.Chat;
using Papo.Client;
using Papo.Protocol;
using Papo.Tests.World;
using Papo.Texts;

namespace Papo.Tests.Faults;

public sealed class PlainClientsTests
{
    [Fact]
    public async Task Plain_clients_and_scripts_take_part()
    {
        await using var mosquitto = await Mosquitto.StartAsync();
        var script = Script();
        var start = new ProcessStartInfo("bash", [script, $"{mosquitto.Port}", .. PapoProgram.Command]) { RedirectStandardOutput = true, RedirectStandardError = true };
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        var error = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        try
        {
            await process.WaitForExitAsync(TestContext.Current.CancellationToken).WaitAsync(TimeSpan.FromMinutes(2), TimeProvider.System, TestContext.Current.CancellationToken);
        }
        finally
        {
            process.Kill(entireProcessTree: true); // nothing to do where it has ended
        }

        Assert.True(process.ExitCode == 0, await output + await error);
    }

    [Fact]
    public async Task What_the_broker_refuses_ends_with_5_and_what_nobody_confirms_with_4()
    {
        await using var mosquitto = await Mosquitto.StartAsync("listener {port}\nallow_anonymous true\nacl_file {folder}/acl", static folder =>
            File.WriteAllText(Path.Combine(folder, "acl"), "topic readwrite #\nuser ana\ntopic deny chat/fechada\ntopic readwrite #\n"));
        using var home = new TestHome();
        await using var refused = PapoProgram.Start(home.Path, "", null, "send", "fechada", "oi", "--broker", mosquitto.Address.ToString(), "--name", "ana", "--user", "ana");
        Assert.Equal(ExitCode.Refused, await refused.EndAsync());

        // Caio is here and answers nothing.
        await using var caio = await Stranger.ArriveAsync("caio", mosquitto.Address);
        await caio.ComeAsync();
        await using var unconfirmed = PapoProgram.Start(home.Path, "", null, "send", "general", "oi", "--timeout", "2s", "--broker", mosquitto.Address.ToString(), "--name", "ana", "--user", "ana");
        Assert.Equal(ExitCode.NotConfirmed, await unconfirmed.EndAsync());
        Assert.Matches("^[a-z2-7]{26}$", Assert.Single(unconfirmed.Out));
    }

    [Fact]
    public async Task A_guests_line_that_comes_as_news_is_known_again_as_past()
    {
        await using var mosquitto = await Mosquitto.StartAsync();
        await using var bia = await Member.ArriveAsync("bia", mosquitto.Address);
        await using var doorbell = await Device.ConnectAsync(Device.Options(mosquitto.Address, "porta"));
        await doorbell.PublishAsync("chat/general", "alguém tocou");
        var news = await bia.UntilSaidAsync("alguém tocou");

        var page = await bia.Client.HistoryAsync(Room.General, new HistoryQuery(10), TimeSpan.FromSeconds(1), TestContext.Current.CancellationToken);
        var past = Assert.Single(page.Messages);
        Assert.Null(news.Id);
        Assert.NotNull(news.LocalId);
        Assert.Equal(news.LocalId, past.LocalId);
        var model = new ChatModel(Words.For(Language.English), TimeZoneInfo.Utc, "mqtt://localhost", live: false);
        Assert.True(model.Remember(past));
        Assert.False(model.Remember(news));
    }

    private static string Script()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder!.FullName, "Papo.slnx")))
        {
            folder = folder.Parent;
        }

        return Path.Combine(folder.FullName, "tests", "e2e", "plain-clients.sh");
    }
}
