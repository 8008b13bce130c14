// Owns: backup and restore of a profile: nothing lost, a new device, and nothing taken from a file that is not whole.
// Must never: look into a backup; what it holds shows when it is restored.
using Papo.Client;
using Papo.Protocol;
using Papo.Tests.World;

namespace Papo.Tests.Profiles;

public sealed class ProfileBackupTests
{
    private const string Passphrase = "quatro palavras fáceis de lembrar";
    private static readonly PassphraseCost Quick = new(1, 1024);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Ana_goes_on_elsewhere_as_a_new_device_with_her_past_and_what_was_not_sent_yet()
    {
        await using var mosquitto = await Mosquitto.StartAsync();
        using var home = new TestHome();
        using var elsewhere = new TestHome();
        var file = Path.Combine(elsewhere.Path, "ana.papo");
        await using var bia = await Member.ArriveAsync("bia", mosquitto.Address);
        Room direct;
        Author before;
        await using (var ana = await Member.ArriveAsync("ana", mosquitto.Address, home.Path))
        {
            await bia.UntilAsync<PersonChanged>(static change => change.Person.Who.Name == "ana");
            direct = (await ana.Client.OpenDirectAsync("bia", Stop))!;
            await ana.Client.DecideAsync("bia", isVerified: true, Stop);
            await ana.SayAndHoldAsync("para todos");
            await ana.SayAndHoldAsync("só para a bia", direct);
            await bia.UntilSaidAsync("só para a bia");
            before = ana.Client.Me;
            await mosquitto.KillAsync();
            await ana.UntilAsync<ConnectionChanged>(static change => !change.Connection.Up);
            await ana.SayAsync("ficou na fila");
            await ana.SayAsync("ficou na fila, só para a bia", direct);
            Assert.True(new Home(home.Path).Backup(Named("ana"), file, Passphrase, Quick) > 0); // while she is there
        }

        Assert.Equal("ana", new Home(elsewhere.Path).Restore(file, Passphrase, null).Text);
        await mosquitto.RestartAsync();
        await using var again = await Member.ArriveAsync("ana", mosquitto.Address, elsewhere.Path);
        Assert.Equal(before.Account, again.Client.Me.Account);
        Assert.NotEqual(before.Device, again.Client.Me.Device);
        Assert.Equal(again.Client.Me.Device, (await bia.UntilSaidAsync("ficou na fila")).From.Device);
        await bia.UntilSaidAsync("ficou na fila, só para a bia");
        Assert.Equal(["só para a bia", "ficou na fila, só para a bia"], await TextsAsync(again, direct));
        Assert.Equal(["para todos", "ficou na fila"], await TextsAsync(again, Room.General));
        Assert.Equal(Trust.Verified, (await again.Client.SafetyAsync("bia", Stop))!.Who.Trust);

        await again.SayAsync("do outro computador", direct);
        await bia.UntilSaidAsync("do outro computador");
        await bia.SayAsync("chegou", direct);
        await again.UntilSaidAsync("chegou");
    }

    [Fact]
    public void Only_its_owner_may_read_the_file_and_nothing_is_written_over()
    {
        using var home = new TestHome();
        using var elsewhere = new TestHome();
        var file = Make(home);
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
        }

        var bytes = File.ReadAllBytes(file);
        Assert.Equal(ProfileProblem.InTheWay, Assert.Throws<ProfileException>(() => new Home(home.Path).Backup(Named("ana"), file, Passphrase, Quick)).Problem);
        Assert.Equal(bytes, File.ReadAllBytes(file));
        Assert.Equal(ProfileProblem.NoProfile, Assert.Throws<ProfileException>(() => new Home(home.Path).Backup(Named("caio"), file + "2", Passphrase, Quick)).Problem);
        var account = Account(home);
        Assert.Equal(ProfileProblem.InTheWay, Assert.Throws<ProfileException>(() => new Home(home.Path).Restore(file, Passphrase, null)).Problem);
        Assert.Equal(ProfileProblem.InTheWay, Assert.Throws<ProfileException>(() => new Home(home.Path).Restore(file, Passphrase, Named("ana"))).Problem);
        Assert.Equal(account, Account(home));

        Assert.Equal("ana maria", new Home(elsewhere.Path).Restore(file, Passphrase, Named("ana maria")).Text);
        using var restored = elsewhere.Open("ana maria");
        Assert.Equal((account, "ana maria", false), (restored.Account, restored.Name.Text, restored.IsNew));
    }

    [Fact]
    public void A_wrong_passphrase_says_so_and_leaves_nothing()
    {
        using var home = new TestHome();
        using var elsewhere = new TestHome();
        var file = Make(home);
        Assert.Equal(ProfileProblem.PassphraseWrong, Assert.Throws<ProfileException>(() => new Home(elsewhere.Path).Restore(file, Passphrase + " ", null)).Problem);
        Assert.Empty(Directory.EnumerateFiles(elsewhere.Path, "*", SearchOption.AllDirectories));
    }

    [Fact]
    public void A_file_that_was_cut_is_refused_wherever_it_was_cut()
    {
        using var home = new TestHome();
        using var elsewhere = new TestHome();
        var file = Make(home);
        var whole = File.ReadAllBytes(file);
        Assert.True(whole.Length > 3 * FrameSize, "several frames");
        int[] frames = [.. Enumerable.Range(1, whole.Length / FrameSize).Select(number => FirstFrame(whole) + (number * FrameSize))];
        foreach (var length in frames.Concat([0, 1, 20, FirstFrame(whole) - 1, FirstFrame(whole), whole.Length - 1]).Where(length => length < whole.Length))
        {
            Refuse(elsewhere, file, whole[..length]);
        }

        Refuse(elsewhere, file, [.. whole, 0]);
        Refuse(elsewhere, file, [.. whole[..frames[0]], .. whole[frames[1]..]]); // one frame taken out
    }

    [Fact]
    public void A_file_with_one_bit_changed_is_refused_wherever_it_was_changed()
    {
        using var home = new TestHome();
        using var elsewhere = new TestHome();
        var file = Make(home);
        var whole = File.ReadAllBytes(file);
        var line = Array.IndexOf(whole, (byte)'\n');
        var sample = Enumerable.Range(0, line + 1).Concat(Enumerable.Range(1, 60).Select(step => (int)((long)step * (whole.Length - 1) / 60)));
        foreach (var at in sample)
        {
            byte[] changed = [.. whole];
            changed[at] ^= 1;
            Refuse(elsewhere, file, changed);
        }
    }

    [Fact]
    public async Task A_full_disk_leaves_no_half_backup_and_no_half_profile()
    {
        using var home = new TestHome();
        var file = Make(home);
        await using var disk = await SmallDisk.MountAsync("1m");
        disk.Fill();
        var onDisk = Path.Combine(disk.Path, "ana.papo");
        Assert.Equal(ProfileProblem.DiskFull, Assert.Throws<ProfileException>(() => new Home(home.Path).Backup(Named("ana"), onDisk, Passphrase, Quick)).Problem);
        disk.Free();
        Assert.Empty(Directory.EnumerateFileSystemEntries(disk.Path));
        Assert.DoesNotContain(Directory.EnumerateFileSystemEntries(home.Path, "*", SearchOption.AllDirectories), static path => path.EndsWith(".part", StringComparison.Ordinal));

        Directory.CreateDirectory(Path.Combine(disk.Path, "home", "profiles"));
        disk.Fill();
        Assert.Equal(ProfileProblem.DiskFull, Assert.Throws<ProfileException>(() => new Home(Path.Combine(disk.Path, "home")).Restore(file, Passphrase, null)).Problem);
        Assert.Empty(Directory.EnumerateFileSystemEntries(Path.Combine(disk.Path, "home", "profiles")));
    }

    private const int FrameSize = (64 * 1024) + 16;

    private static int FirstFrame(byte[] whole) => Array.IndexOf(whole, (byte)'\n') + 1 + 16;

    // A profile with a space and a store of some frames, saved.
    private static string Make(TestHome home)
    {
        using (var profile = home.Open("ana"))
        {
            var space = Directory.CreateDirectory(Path.Combine(profile.Path, "spaces", "aaaa"));
            File.WriteAllText(Path.Combine(space.FullName, "space"), Convert.ToBase64String(new SpaceCard(new SpaceId(1), 1).Encode()));
            using var store = Client.Store.SpaceStore.Open(Path.Combine(space.FullName, "store.db"));
            store.Meta.SetBytes("ballast", System.Security.Cryptography.RandomNumberGenerator.GetBytes(200_000));
            store.Commit();
        }

        var file = Path.Combine(home.Path, "ana.papo");
        new Home(home.Path).Backup(Named("ana"), file, Passphrase, Quick);
        return file;
    }

    private static void Refuse(TestHome elsewhere, string file, byte[] bytes)
    {
        var spoilt = Path.Combine(elsewhere.Path, "spoilt.papo");
        File.WriteAllBytes(spoilt, bytes);
        var problem = Assert.Throws<ProfileException>(() => new Home(elsewhere.Path).Restore(spoilt, Passphrase, null)).Problem;
        Assert.True(problem is ProfileProblem.BadBackup or ProfileProblem.PassphraseWrong or ProfileProblem.Newer, $"{problem}: {file}");
        File.Delete(spoilt);
        Assert.Empty(Directory.EnumerateFiles(elsewhere.Path, "*", SearchOption.AllDirectories));
    }

    private static AccountId Account(TestHome home)
    {
        using var profile = home.Open("ana");
        return profile.Account;
    }

    private static async Task<IEnumerable<string?>> TextsAsync(Member member, Room room) =>
        (await member.Client.HistoryAsync(room, new HistoryQuery(10), TimeSpan.Zero, Stop)).Messages.Select(static message => message.Text);

    private static DisplayName Named(string text) => DisplayName.TryParse(text, out var name) == NameProblem.None ? name! : throw new ArgumentException(text);
}
