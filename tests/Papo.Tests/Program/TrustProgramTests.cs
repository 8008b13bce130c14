// Owns: comparing keys as the real program has it: /verify in plain mode, the trust in JSON, the exit code of a message that is held back.
// Must never: speak to the library as the one who compares; the program alone is looked at.
using System.Text.Json;
using Papo.Client;
using Papo.Tests.World;

namespace Papo.Tests.Program;

public sealed class TrustProgramTests
{
    [Fact]
    public async Task Verify_in_plain_mode_holds_for_every_command_and_holds_back_what_a_namesake_could_get()
    {
        await using var mosquitto = await Mosquitto.StartAsync();
        using var home = new TestHome();
        await using var bia = await Member.ArriveAsync("bia", mosquitto.Address);
        await using (var hello = Start(mosquitto, home, "", "send", "general", "alô"))
        {
            Assert.Equal(ExitCode.Done, await hello.EndAsync());
        }

        await using (var chat = Start(mosquitto, home, "/verify @bia\n/verify @bia yes\n", "--plain"))
        {
            Assert.Equal(ExitCode.Done, await chat.EndAsync());
            var digits = (await bia.Client.SafetyAsync("ana", TestContext.Current.CancellationToken))!.Groups;
            Assert.All(digits.Chunk(4), row => Assert.Contains(chat.Out, line => line.Trim() == string.Join(' ', row)));
            Assert.Contains(chat.Out, static line => line.Contains("✓ bia is verified", StringComparison.Ordinal));
        }

        await bia.SayAsync("sou eu");
        await using (var who = Start(mosquitto, home, "", "who", "--json"))
        {
            Assert.Equal(ExitCode.Done, await who.EndAsync());
            Assert.Contains("verified", who.Out.Select(static line => JsonDocument.Parse(line).RootElement).Where(static line => line.GetProperty("name").GetString() == "bia").Select(static line => line.GetProperty("trust").GetString()));
        }

        await using (var history = Start(mosquitto, home, "", "history", "general"))
        {
            Assert.Equal(ExitCode.Done, await history.EndAsync());
            Assert.EndsWith("<✓bia> sou eu", history.Out[^1], StringComparison.Ordinal);
        }

        await using (var history = Start(mosquitto, home, "", "history", "general", "--json"))
        {
            Assert.Equal(ExitCode.Done, await history.EndAsync());
            Assert.Equal("verified", JsonDocument.Parse(history.Out[^1]).RootElement.GetProperty("from").GetProperty("trust").GetString());
        }

        await using var other = await Member.ArriveAsync("bia", mosquitto.Address);
        await using (var send = Start(mosquitto, home, "", "send", "@bia", "só para a bia"))
        {
            Assert.True(await send.EndAsync() == ExitCode.Refused, send.Error + string.Join("|", send.Out));
            Assert.Empty(send.Out);
            Assert.Contains("/verify", send.Error, StringComparison.Ordinal);
        }

        await using (var decide = Start(mosquitto, home, "/verify bia yes\n", "--plain"))
        {
            Assert.Equal(ExitCode.Done, await decide.EndAsync());
        }

        await using (var send = Start(mosquitto, home, "", "send", "@bia", "agora sim"))
        {
            Assert.Equal(ExitCode.Done, await send.EndAsync());
        }

        await bia.UntilSaidAsync("agora sim");
        Assert.DoesNotContain(other.Lines, static line => line is "só para a bia" or "agora sim");
        Assert.DoesNotContain("só para a bia", bia.Lines);
    }

    private static PapoProgram Start(Mosquitto mosquitto, TestHome home, string? input, params string[] arguments) =>
        PapoProgram.Start(home.Path, input, null, [.. arguments, "--broker", mosquitto.Address.ToString(), "--name", "ana"]);
}
