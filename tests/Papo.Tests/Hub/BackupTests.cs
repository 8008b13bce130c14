// Owns: backups of a hub by the program: taken while it runs, whole or not there, restored elsewhere as a new device of the same account.
// Must never: use the port of a broker that runs on this computer.
using System.Diagnostics;
using System.Formats.Tar;
using Papo.Client;
using Papo.Protocol;
using Papo.Tests.World;

namespace Papo.Tests.Hub;

public sealed class BackupTests : IDisposable
{
    private readonly TestHome _home = new();
    private readonly TestHome _elsewhere = new();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private string File => Path.Combine(_home.Path, "papo.tar");

    public void Dispose()
    {
        _home.Dispose();
        _elsewhere.Dispose();
    }

    [Fact]
    public async Task A_backup_of_a_running_hub_is_restored_elsewhere_and_believed()
    {
        await using var mosquitto = await Mosquitto.StartAsync();
        using var pinned = new TestHome();
        var said = new List<string>();
        await using (var ana = await Member.ArriveAsync("ana", mosquitto.Address, pinned.Path))
        {
            await using var hub = StartHub(_home, mosquitto);
            await ana.UntilAsync<Noticed>(static change => change.Notice.Kind == NoticeKind.HubFound);
            for (var i = 0; i < 200; i++)
            {
                said.Add($"antes {i}");
                await ana.SayAsync(said[^1]);
            }

            await ana.SayAndHoldAsync("o backup começa");
            var speaking = SpeakAsync(ana, 300);
            await RunAsync(0, _home, "hub", "backup", File);
            await speaking;
            await hub.TerminateAsync();
            await hub.EndAsync();
        }

        Assert.DoesNotContain("retired", Names(), StringComparison.Ordinal);
        Assert.DoesNotContain("slot", Names(), StringComparison.Ordinal);
        await RunAsync(0, _elsewhere, "hub", "restore", File);
        Assert.Equal([.. said, "o backup começa"], _elsewhere.Texts.Take(said.Count + 1));
        await using var restored = StartHub(_elsewhere, mosquitto);
        await using (var again = await Member.ArriveAsync("ana", mosquitto.Address, pinned.Path))
        {
            await again.SayAndHoldAsync("é o mesmo hub");
            Assert.DoesNotContain(again.Told.OfType<Noticed>(), static change => change.Notice.Kind == NoticeKind.HubDoubtful);
        }

        // ana is gone with her computer: what a newcomer sees can only come from the hub.
        await using var bia = await Member.ArriveAsync("bia", mosquitto.Address);
        await bia.UntilAsync<Noticed>(static change => change.Notice.Kind == NoticeKind.HubFound);
        var past = await bia.Client.HistoryAsync(Room.General, new HistoryQuery(1_000), TimeSpan.FromSeconds(10), Stop);
        Assert.Equal([.. said, "o backup começa"], past.Messages.Select(static message => message.Text).Take(said.Count + 1));
        Assert.Equal(Account(_home), Account(_elsewhere));
        Assert.NotEqual(Device(_home), Device(_elsewhere));
    }

    [Fact]
    public async Task Two_copies_of_one_hub_serve_side_by_side()
    {
        await using var mosquitto = await Mosquitto.StartAsync();
        await using var first = StartHub(_home, mosquitto);
        await using var ana = await Member.ArriveAsync("ana", mosquitto.Address);
        await ana.UntilAsync<Noticed>(static change => change.Notice.Kind == NoticeKind.HubFound);
        await ana.SayAndHoldAsync("oi");
        await RunAsync(0, _home, "hub", "backup", File);
        await RunAsync(0, _elsewhere, "hub", "restore", File);

        await using var second = StartHub(_elsewhere, mosquitto);
        await HubWorld.UntilAsync(() => _elsewhere.Query("SELECT device FROM devices").Count >= 1 && Directory.GetFiles(_elsewhere.Path, "slot-0.card", SearchOption.AllDirectories).Length == 1, "the card of the restored hub's new device");
        await ana.SayAndHoldAsync("os dois ouvem");
        await HubWorld.UntilAsync(() => _home.Texts.Count == 2 && _elsewhere.Texts.Count == 2, "two messages in both archives");

        Assert.Equal(["oi", "os dois ouvem"], _elsewhere.Texts);
        Assert.Empty(Directory.GetFiles(_home.Path, "retired-*", SearchOption.AllDirectories));
        Assert.Empty(Directory.GetFiles(_elsewhere.Path, "retired-*", SearchOption.AllDirectories));
    }

    [Fact]
    public async Task An_archive_in_a_folder_of_ones_choice_is_found_without_being_named()
    {
        await using var mosquitto = await Mosquitto.StartAsync();
        var archive = Path.Combine(_home.Path, "acervo");
        await using (var hub = StartHub(_home, mosquitto, "--archive", "sqlite:" + archive))
        {
            await using var ana = await Member.ArriveAsync("ana", mosquitto.Address);
            await ana.SayAndHoldAsync("oi");
        }

        var target = Path.Combine(_elsewhere.Path, "outro");
        await RunAsync(0, _home, "hub", "backup", File);
        await RunAsync(0, _elsewhere, "hub", "restore", File, "--archive", "sqlite:" + target);

        Assert.Equal(["oi"], TestHome.Query(Assert.Single(Directory.GetFiles(target)), "SELECT CAST(body AS TEXT) FROM entries WHERE shown = 1"));
    }

    [Fact]
    public async Task Settings_travel_along_and_say_where_the_archive_goes()
    {
        await using var mosquitto = await Mosquitto.StartAsync();
        var archive = Path.Combine(_elsewhere.Path, "acervo");
        await using (var hub = StartHub(_home, mosquitto))
        {
            await using var ana = await Member.ArriveAsync("ana", mosquitto.Address);
            await ana.SayAndHoldAsync("oi");
        }

        await System.IO.File.WriteAllTextAsync(Path.Combine(_home.Path, "hub.conf"), $"# casa\narchive = sqlite:{archive}\n", Stop);
        await RunAsync(0, _home, "hub", "backup", File);
        await RunAsync(0, _elsewhere, "hub", "restore", File);

        Assert.Equal($"# casa\narchive = sqlite:{archive}\n", await System.IO.File.ReadAllTextAsync(Path.Combine(_elsewhere.Path, "hub.conf"), Stop));
        Assert.Single(Directory.GetFiles(archive, "*.db"));
    }

    [Fact]
    public async Task With_a_database_the_backup_holds_the_keys_and_names_the_command_for_the_rest()
    {
        await using var server = await PostgresServer.StartAsync();
        await using var mosquitto = await Mosquitto.StartAsync();
        await using (var hub = StartHub(_home, mosquitto, "--archive", server.Url.Replace("papo@", "papo:segredo@", StringComparison.Ordinal)))
        {
            await using var ana = await Member.ArriveAsync("ana", mosquitto.Address);
            await ana.SayAndHoldAsync("oi");
        }

        var backup = await RunAsync(0, _home, "hub", "backup", File);

        Assert.Contains($"pg_dump --format=custom --schema='papo_*' --file=papo-archive.dump '{server.Url}'", backup, StringComparison.Ordinal);
        Assert.DoesNotContain("segredo", backup, StringComparison.Ordinal);
        Assert.DoesNotContain("segredo", await System.IO.File.ReadAllTextAsync(File, Stop), StringComparison.Ordinal);
        Assert.DoesNotContain("archive/", Names(), StringComparison.Ordinal);
        Assert.Contains("pg_restore", await RunAsync(0, _elsewhere, "hub", "restore", File), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_backup_is_for_its_owner_only_and_sha256sum_agrees_with_it()
    {
        await MakeHubAsync();
        await RunAsync(0, _home, "hub", "backup", File);
        Assert.True(OperatingSystem.IsWindows() || System.IO.File.GetUnixFileMode(File) == (UnixFileMode.UserRead | UnixFileMode.UserWrite));

        await TarFile.ExtractToDirectoryAsync(File, _elsewhere.Path, overwriteFiles: false, Stop);
        using var check = Process.Start(new ProcessStartInfo("sha256sum", ["--check", "--strict", "--quiet", "SHA256SUMS"]) { WorkingDirectory = _elsewhere.Path })!;
        await check.WaitForExitAsync(Stop);

        Assert.Equal(0, check.ExitCode);
    }

    [Fact]
    public async Task Nothing_is_written_over()
    {
        await MakeHubAsync();
        await RunAsync(0, _home, "hub", "backup", File);
        var made = await System.IO.File.ReadAllBytesAsync(File, Stop);

        Assert.Contains("left as it is", await RunAsync(1, _home, "hub", "backup", File), StringComparison.Ordinal);
        Assert.Contains("There is a hub in", await RunAsync(1, _home, "hub", "restore", File), StringComparison.Ordinal);
        Assert.Contains("There is no hub in", await RunAsync(1, _elsewhere, "hub", "backup", File + "2"), StringComparison.Ordinal);
        Assert.Equal(made, await System.IO.File.ReadAllBytesAsync(File, Stop));
        Assert.Equal(["papo.tar"], Directory.GetFileSystemEntries(_home.Path, "papo.tar*").Select(Path.GetFileName));
    }

    [Fact]
    public async Task Half_a_backup_a_changed_one_and_something_else_are_refused_and_leave_nothing()
    {
        await MakeHubAsync();
        await RunAsync(0, _home, "hub", "backup", File);
        var whole = await System.IO.File.ReadAllBytesAsync(File, Stop);
        var changed = whole.ToArray();
        changed[whole.AsSpan().IndexOf("SQLite format 3"u8) + 40] ^= 1;
        byte[][] wrong = [whole[..(whole.Length / 2)], whole[..(whole.Length / 2 / 512 * 512)], whole[..^2048], changed, "not a tar"u8.ToArray(), [], new byte[10_240], await EscapingAsync()];
        foreach (var bytes in wrong)
        {
            await System.IO.File.WriteAllBytesAsync(File, bytes, Stop);
            Assert.Contains("is not a whole backup of a hub", await RunAsync(1, _elsewhere, "hub", "restore", File), StringComparison.Ordinal);
        }

        Assert.Equal(["logs"], Directory.GetFileSystemEntries(_elsewhere.Path).Select(Path.GetFileName));
    }

    private static async Task<byte[]> EscapingAsync()
    {
        using var bytes = new MemoryStream();
        await using (var tar = new TarWriter(bytes, leaveOpen: true))
        {
            await tar.WriteEntryAsync(new PaxTarEntry(TarEntryType.RegularFile, "../hub.conf") { DataStream = new MemoryStream("bind = 0.0.0.0"u8.ToArray()) }, Stop);
        }

        return bytes.ToArray();
    }

    private static async Task SpeakAsync(Member member, int lines)
    {
        for (var i = 0; i < lines; i++)
        {
            await member.SayAsync($"durante {i}");
        }

        await member.SayAndHoldAsync("fim");
    }

    private static async Task<string> RunAsync(int code, TestHome home, params string[] arguments)
    {
        await using var program = PapoProgram.Start(home.Path, "", null, arguments);
        var ended = await program.EndAsync();
        Assert.True(ended == code, $"{ended}: {program.Error}");
        Assert.Empty(program.Out);
        return program.Error;
    }

    private static PapoProgram StartHub(TestHome home, Mosquitto mosquitto, params string[] more) =>
        PapoProgram.Start(home.Path, "", null, ["hub", "--broker", mosquitto.Address.ToString(), .. more]);

    private static string Account(TestHome home) => System.IO.File.ReadAllText(Assert.Single(Directory.GetFiles(home.Path, "account.key", SearchOption.AllDirectories), static path => path.Contains("hub", StringComparison.Ordinal)));

    private static string Device(TestHome home) => System.IO.File.ReadAllText(Assert.Single(Directory.GetFiles(home.Path, "slot-0.key", SearchOption.AllDirectories)));

    private async Task MakeHubAsync()
    {
        await using var mosquitto = await Mosquitto.StartAsync();
        await using var hub = StartHub(_home, mosquitto);
        await using var ana = await Member.ArriveAsync("ana", mosquitto.Address);
        await ana.SayAndHoldAsync("oi");
    }

    private string Names()
    {
        using var stream = System.IO.File.OpenRead(File);
        using var tar = new TarReader(stream);
        var names = new List<string>();
        while (tar.GetNextEntry() is { } entry)
        {
            names.Add(entry.Name);
        }

        return string.Join('\n', names);
    }
}
