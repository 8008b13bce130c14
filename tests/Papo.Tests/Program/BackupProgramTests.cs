// Owns: `papo backup` and `papo restore` as the real program has them.
// Must never: speak to the library; the program alone is looked at.
using Papo.Tests.World;

namespace Papo.Tests.Program;

public sealed class BackupProgramTests
{
    private const string Passphrase = "PAPO_PASSPHRASE=uma frase secreta";

    [Fact]
    public async Task What_ana_said_is_there_after_a_restore_on_another_computer()
    {
        await using var mosquitto = await Mosquitto.StartAsync();
        using var home = new TestHome();
        using var elsewhere = new TestHome();
        var file = Path.Combine(home.Path, "ana.papo");
        await EndAsync(ExitCode.Done, PapoProgram.Start(home.Path, "", null, "send", "general", "guarda isto", "--broker", mosquitto.Address.ToString(), "--name", "ana"));
        await EndAsync(ExitCode.Done, PapoProgram.StartWith(Passphrase, home.Path, "", "backup", file, "--name", "ana"));
        await EndAsync(ExitCode.Failed, PapoProgram.StartWith(Passphrase, home.Path, "", "backup", file, "--name", "ana"), "is there already");
        await EndAsync(ExitCode.Refused, PapoProgram.StartWith("PAPO_PASSPHRASE=outra", elsewhere.Path, "", "restore", file), "The passphrase does not open");
        await EndAsync(ExitCode.Done, PapoProgram.StartWith(Passphrase, elsewhere.Path, "", "restore", file), "a new device of the same account");
        await EndAsync(ExitCode.Failed, PapoProgram.StartWith(Passphrase, elsewhere.Path, "", "restore", file), "is there already");
        await using var history = PapoProgram.Start(elsewhere.Path, "", null, "history", "general", "--broker", mosquitto.Address.ToString());
        Assert.Equal(ExitCode.Done, await history.EndAsync());
        Assert.Contains(history.Out, static line => line.Contains("<ana> guarda isto", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Where_nobody_can_type_a_passphrase_the_variable_is_named_and_nothing_is_written()
    {
        using var home = new TestHome();
        var file = Path.Combine(home.Path, "ana.papo");
        await EndAsync(ExitCode.Refused, PapoProgram.Start(home.Path, "", null, "backup", file, "--name", "ana"), "PAPO_PASSPHRASE");
        await EndAsync(ExitCode.Failed, PapoProgram.StartWith(Passphrase, home.Path, "", "backup", file, "--name", "ana"), "no profile of this name");
        Assert.False(File.Exists(file));
        await EndAsync(ExitCode.Usage, PapoProgram.StartWith(Passphrase, home.Path, "", "restore", file), "There is no file");
        await EndAsync(ExitCode.Usage, PapoProgram.Start(home.Path, "", null, "backup"), "FILE");
    }

    private static async Task EndAsync(int code, PapoProgram program, string error = "")
    {
        await using (program)
        {
            Assert.Equal(code, await program.EndAsync());
            Assert.Contains(error, program.Error, StringComparison.Ordinal);
        }
    }
}
