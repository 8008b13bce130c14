// Owns: comparing keys as the real program has it: /verify in plain mode, the trust in JSON, the exit code of a message that is held back.
// Must never: speak to the library as the one who compares; the program alone is looked at.
using System.Text.Json;
using Papo.Protocol;
using Papo.Tests.World;
using Papo.Texts;

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

    [Fact]
    public async Task Two_people_in_plain_mode_see_the_same_seven_emoji_each_in_her_language()
    {
        await using var mosquitto = await Mosquitto.StartAsync();
        using var anasHome = new TestHome();
        using var biasHome = new TestHome();
        await using var ana = PapoProgram.Start(anasHome.Path, null, null, "--plain", "--lang", "en", "--broker", mosquitto.Address.ToString(), "--name", "ana");
        await ana.UntilOutAsync(static lines => lines.Any(static line => line.Contains("general", StringComparison.Ordinal)));
        await using var bia = PapoProgram.Start(biasHome.Path, null, null, "--plain", "--lang", "pt", "--broker", mosquitto.Address.ToString(), "--name", "bia");
        await ana.UntilOutAsync(static lines => lines.Any(static line => line.Contains("bia", StringComparison.Ordinal)));
        await ana.TypeAsync("/verify @bia emoji");
        await bia.UntilErrorAsync("/verify @ana emoji");
        await bia.TypeAsync("/verify @ana emoji");
        var (seen, shown) = (await SevenAsync(ana), await SevenAsync(bia));
        Assert.Equal(seen.Select(Symbol), shown.Select(Symbol));
        Assert.All(seen, static line => Assert.Equal(new English().ComparedEmoji[Place(line)], Name(line)));
        Assert.All(shown, static line => Assert.Equal(new Portuguese().ComparedEmoji[Place(line)], Name(line)));
        await ana.TypeAsync("/verify @bia yes");
        await ana.UntilOutAsync(static lines => lines.Any(static line => line.Contains("✓ bia is verified", StringComparison.Ordinal)));

        static string Symbol(string line) => line.Trim().Split(' ', 2)[0];
        static string Name(string line) => line.Trim().Split(' ', 2)[1];
        static int Place(string line) => EmojiCode.Symbols.ToList().IndexOf(Symbol(line));
        static async Task<List<string>> SevenAsync(PapoProgram program)
        {
            static List<string> Found(IReadOnlyList<string> lines) => [.. lines.Where(static line => line.StartsWith("    ", StringComparison.Ordinal) && Place(line) >= 0)];
            await program.UntilOutAsync(static lines => Found(lines).Count == EmojiCode.Count);
            return Found(program.Out);
        }
    }

    private static PapoProgram Start(Mosquitto mosquitto, TestHome home, string? input, params string[] arguments) =>
        PapoProgram.Start(home.Path, input, null, [.. arguments, "--broker", mosquitto.Address.ToString(), "--name", "ana"]);
}
