// Owns: linking a computer where either program dies at the worst moment (SIGKILL): both are linked or neither is, and it can be tried again.
// Must never: speak to the library; the program alone is looked at.
using Papo.Client;
using Papo.Tests.World;

namespace Papo.Tests.Program;

public sealed class KilledLinkingTests
{
    private const int Killed = 137;

    [Fact]
    public async Task An_old_computer_that_dies_at_the_right_code_has_linked_nobody_and_both_can_try_again()
    {
        await using var mosquitto = await Mosquitto.StartAsync();
        using var laptop = new TestHome();
        using var phone = new TestHome();
        await using (var offer = Offer(mosquitto, laptop, FaultPoints.Confirmed))
        {
            await using var join = await JoinAsync(offer, phone, null);
            await offer.TypeAsync(join.Out[0]);
            Assert.Equal(Killed, await offer.EndAsync());
            Assert.Equal(ExitCode.NotConfirmed, await join.EndAsync());
        }

        Assert.False(Directory.Exists(Path.Combine(phone.Path, "profiles")));
        Assert.Equal(1, await CopiesAsync(mosquitto, laptop));
        await LinkAsync(mosquitto, laptop, phone);
    }

    [Fact]
    public async Task A_new_computer_that_dies_before_it_has_stored_anything_is_not_linked_and_leaves_no_keys_behind()
    {
        await using var mosquitto = await Mosquitto.StartAsync();
        using var laptop = new TestHome();
        using var phone = new TestHome();
        await using (var offer = Offer(mosquitto, laptop, null))
        {
            await using var join = await JoinAsync(offer, phone, FaultPoints.Certified);
            await offer.TypeAsync(join.Out[0]);
            Assert.Equal(Killed, await join.EndAsync());
        }

        Assert.False(Directory.Exists(Path.Combine(phone.Path, "profiles")));
        Assert.Equal(1, await CopiesAsync(mosquitto, laptop));
        await LinkAsync(mosquitto, laptop, phone);
        Assert.Empty(Directory.EnumerateDirectories(phone.Path, "linking-*"));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_new_computer_that_dies_once_it_has_stored_everything_is_linked_when_both_are_in_the_chat(bool oldDiesToo)
    {
        await using var mosquitto = await Mosquitto.StartAsync();
        using var laptop = new TestHome();
        using var phone = new TestHome();
        await using var offer = Offer(mosquitto, laptop, null);
        await using (var join = await JoinAsync(offer, phone, FaultPoints.Linked))
        {
            await offer.TypeAsync(join.Out[0]);
            Assert.Equal(Killed, await join.EndAsync());
        }

        if (oldDiesToo)
        {
            await offer.KillAsync();
        }

        Assert.Equal(1, await CopiesAsync(mosquitto, laptop));
        await using var there = PapoProgram.Start(phone.Path, null, null, "tail", "--broker", mosquitto.Address.ToString());
        await using var here = Start(mosquitto, laptop, null, null, "tail");
        await Eventually.IsAsync(async () => await CopiesAsync(mosquitto, laptop) == 2, () => there.Error + here.Error);
        if (!oldDiesToo)
        {
            Assert.Equal(ExitCode.Done, await offer.EndAsync());
        }
    }

    private static async Task LinkAsync(Mosquitto mosquitto, TestHome laptop, TestHome phone)
    {
        await using var offer = Offer(mosquitto, laptop, null);
        await using var join = await JoinAsync(offer, phone, null);
        await offer.TypeAsync(join.Out[0]);
        Assert.Equal(ExitCode.Done, await join.EndAsync());
        Assert.Equal(ExitCode.Done, await offer.EndAsync());
        Assert.Equal(2, await CopiesAsync(mosquitto, laptop));
    }

    private static PapoProgram Offer(Mosquitto mosquitto, TestHome laptop, string? fault) => Start(mosquitto, laptop, null, fault, "devices", "link");

    // The new computer, once it shows its code.
    private static async Task<PapoProgram> JoinAsync(PapoProgram offer, TestHome phone, string? fault)
    {
        await offer.UntilOutAsync(static lines => lines.Count == 1);
        var join = PapoProgram.Start(phone.Path, "", fault, "join", offer.Out[0]);
        await join.UntilOutAsync(static lines => lines.Count == 1);
        return join;
    }

    private static async Task<int> CopiesAsync(Mosquitto mosquitto, TestHome home)
    {
        await using var list = Start(mosquitto, home, "", null, "devices", "--json");
        Assert.Equal(ExitCode.Done, await list.EndAsync());
        return list.Out.Count;
    }

    private static PapoProgram Start(Mosquitto mosquitto, TestHome home, string? input, string? fault, params string[] arguments) =>
        PapoProgram.Start(home.Path, input, fault, [.. arguments, "--broker", mosquitto.Address.ToString(), "--name", "ana"]);
}
