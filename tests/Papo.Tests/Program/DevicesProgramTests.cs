// Owns: several computers of one person as the real program has them: `papo devices`, `papo join` on the new one.
// Must never: speak to the library; the program alone is looked at.
using System.Text.Json;
using Papo.Tests.Hub;
using Papo.Tests.World;

namespace Papo.Tests.Program;

public sealed class DevicesProgramTests
{
    [Fact]
    public async Task A_computer_is_linked_named_and_taken_off()
    {
        await using var mosquitto = await Mosquitto.StartAsync();
        using var laptop = new TestHome();
        using var phone = new TestHome();
        using var bia = new TestHome();
        await using var biasTail = Start(mosquitto, bia, "bia", null, "tail", "--json");
        await using var tail = Start(mosquitto, laptop, "ana", null, "tail", "--json");
        await LinkAsync(mosquitto, laptop, phone);

        await using (var send = PapoProgram.Start(phone.Path, "", null, "send", "general", "do celular"))
        {
            Assert.Equal(ExitCode.Done, await send.EndAsync());
        }

        await biasTail.UntilOutAsync(static lines => Texts(lines).Contains("do celular"));
        Assert.Equal("ana", From(biasTail.Out[^1]).GetProperty("name").GetString());
        Assert.Equal(From(biasTail.Out[^1]).GetProperty("account").GetString(), await AccountAsync(mosquitto, laptop));
        var copies = await CopiesAsync(mosquitto, laptop);
        var linked = Assert.Single(copies, static copy => copy.GetProperty("linked").GetBoolean());
        var id = linked.GetProperty("id").GetString()!;
        await using (var name = Start(mosquitto, laptop, "ana", "", "devices", "name", id[..8], "celular"))
        {
            Assert.Equal(ExitCode.Done, await name.EndAsync());
        }

        await using (var self = Start(mosquitto, laptop, "ana", "", "devices", "remove", copies.First(static copy => copy.GetProperty("this").GetBoolean()).GetProperty("id").GetString()!))
        {
            Assert.Equal(ExitCode.Refused, await self.EndAsync());
        }

        await using (var remove = Start(mosquitto, laptop, "ana", "", "devices", "remove", "celular"))
        {
            Assert.Equal(ExitCode.Done, await remove.EndAsync());
        }

        Assert.Single(await CopiesAsync(mosquitto, laptop));
        await using var late = PapoProgram.Start(phone.Path, "", null, "send", "general", "ainda eu");
        Assert.Equal(ExitCode.Refused, await late.EndAsync());
        Assert.Contains("removed from your account", late.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("ainda eu", Texts(biasTail.Out));
    }

    [Fact]
    public async Task In_the_chat_a_computer_is_named_and_taken_off_once_the_person_has_said_yes()
    {
        await using var mosquitto = await Mosquitto.StartAsync();
        using var laptop = new TestHome();
        using var phone = new TestHome();
        await LinkAsync(mosquitto, laptop, phone);
        var copies = await CopiesAsync(mosquitto, laptop);
        var id = copies.Single(static copy => copy.GetProperty("linked").GetBoolean()).GetProperty("id").GetString()![..8];
        var own = copies.Single(static copy => copy.GetProperty("this").GetBoolean()).GetProperty("id").GetString()![..8];
        await using (var chat = Start(mosquitto, laptop, "ana", $"/devices name {id} meu celular\n/devices remove meu celular\n/devices remove {own} yes\n/devices remove tablet\n", "--plain"))
        {
            Assert.Equal(ExitCode.Failed, await chat.EndAsync());
            var said = string.Join('\n', chat.Out) + chat.Error;
            Assert.Contains("It is called meu celular now.", said, StringComparison.Ordinal);
            Assert.Contains("Take meu celular off your account for good?", said, StringComparison.Ordinal);
            Assert.Contains("/devices remove meu celular yes", said, StringComparison.Ordinal);
            Assert.Contains("holds your account's key itself", said, StringComparison.Ordinal);
            Assert.Contains("None of your computers is called tablet", said, StringComparison.Ordinal);
        }

        Assert.Equal(2, (await CopiesAsync(mosquitto, laptop)).Count);
        await using (var chat = Start(mosquitto, laptop, "ana", "/devices remove meu celular yes\n/devices\n", "--plain"))
        {
            Assert.Equal(ExitCode.Done, await chat.EndAsync());
            Assert.Contains(chat.Out, static line => line.Contains("meu celular is off your account", StringComparison.Ordinal));
        }

        Assert.Single(await CopiesAsync(mosquitto, laptop));
        await using var late = PapoProgram.Start(phone.Path, "/devices\n/devices name 1234 x\n", null, "--plain");
        Assert.NotEqual(ExitCode.Done, await late.EndAsync());
    }

    [Fact]
    public async Task Wrong_codes_link_nobody_and_the_new_computer_says_so()
    {
        await using var mosquitto = await Mosquitto.StartAsync();
        using var laptop = new TestHome();
        using var phone = new TestHome();
        await using var offer = Start(mosquitto, laptop, "ana", null, "devices", "link");
        await offer.UntilOutAsync(static lines => lines.Count == 1);
        await using var join = PapoProgram.Start(phone.Path, "", null, "join", offer.Out[0]);
        await join.UntilOutAsync(static lines => lines.Count == 1);
        var wrong = join.Out[0][0] == '1' ? "222222" : "111111";
        for (var tries = 1; tries <= 3; tries++)
        {
            await offer.TypeAsync(wrong);
            await HubWorld.UntilAsync(() => tries == 3 || offer.Error.Split("That is not the code").Length > tries, offer.Error);
        }

        Assert.Equal(ExitCode.Refused, await offer.EndAsync());
        Assert.Equal(ExitCode.Refused, await join.EndAsync());
        Assert.Empty(Directory.EnumerateDirectories(phone.Path, "linking-*"));
        Assert.False(Directory.Exists(Path.Combine(phone.Path, "profiles")));
    }

    [Fact]
    public async Task Where_the_old_computer_is_killed_before_the_word_was_given_neither_knows_of_the_other()
    {
        await using var mosquitto = await Mosquitto.StartAsync();
        using var laptop = new TestHome();
        using var phone = new TestHome();
        await using var offer = Start(mosquitto, laptop, "ana", null, "devices", "link");
        await offer.UntilOutAsync(static lines => lines.Count == 1);
        await using var join = PapoProgram.Start(phone.Path, "", null, "join", offer.Out[0]);
        await join.UntilOutAsync(static lines => lines.Count == 1);
        await offer.KillAsync();
        Assert.Equal(ExitCode.NotConfirmed, await join.EndAsync());
        Assert.False(Directory.Exists(Path.Combine(phone.Path, "profiles")));
        Assert.Single(await CopiesAsync(mosquitto, laptop));
    }

    private static async Task LinkAsync(Mosquitto mosquitto, TestHome laptop, TestHome phone)
    {
        await using var offer = Start(mosquitto, laptop, "ana", null, "devices", "link");
        await offer.UntilOutAsync(static lines => lines.Count == 1);
        await using var join = PapoProgram.Start(phone.Path, "", null, "join", offer.Out[0]);
        await join.UntilOutAsync(static lines => lines.Count == 1);
        Assert.Matches("^[0-9]{3} [0-9]{3}$", join.Out[0]);
        await offer.TypeAsync(join.Out[0]);
        Assert.Equal(ExitCode.Done, await join.EndAsync());
        Assert.Contains("you are ana here too", join.Error, StringComparison.Ordinal);
        Assert.Equal(ExitCode.Done, await offer.EndAsync());
    }

    private static async Task<List<JsonElement>> CopiesAsync(Mosquitto mosquitto, TestHome home)
    {
        await using var list = Start(mosquitto, home, "ana", "", "devices", "--json");
        Assert.Equal(ExitCode.Done, await list.EndAsync());
        return [.. list.Out.Select(static line => JsonDocument.Parse(line).RootElement)];
    }

    private static async Task<string?> AccountAsync(Mosquitto mosquitto, TestHome home)
    {
        await using var who = Start(mosquitto, home, "ana", "", "who", "--json");
        Assert.Equal(ExitCode.Done, await who.EndAsync());
        return who.Out.Select(static line => JsonDocument.Parse(line).RootElement).First(static person => person.GetProperty("me").GetBoolean()).GetProperty("account").GetString();
    }

    private static JsonElement From(string line) => JsonDocument.Parse(line).RootElement.GetProperty("from");

    private static IEnumerable<string?> Texts(IReadOnlyList<string> lines) => lines.Select(static line => JsonDocument.Parse(line).RootElement.GetProperty("text").GetString());

    private static PapoProgram Start(Mosquitto mosquitto, TestHome home, string name, string? input, params string[] arguments) =>
        PapoProgram.Start(home.Path, input, null, [.. arguments, "--broker", mosquitto.Address.ToString(), "--name", name]);
}
