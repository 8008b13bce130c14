// Owns: keys sealed with a passphrase: what opens them, what lies on the disk, and that no cut loses one.
// Must never: weaken what the program does but in what one try costs.
using Papo.Client;
using Papo.Client.Store;
using Papo.Protocol;
using Papo.Tests.World;

namespace Papo.Tests.Profiles;

public sealed class PassphraseTests
{
    private const string Passphrase = "quatro palavras fáceis de lembrar";
    private const string Other = "outras quatro palavras";
    private static readonly PassphraseCost Quick = new(1, 1024);
    private static readonly DisplayName Ana = DisplayName.TryParse("ana", out var name) == NameProblem.None ? name! : throw new InvalidOperationException();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task With_a_passphrase_no_secret_lies_on_the_disk_and_ana_chats_as_before()
    {
        await using var mosquitto = await Mosquitto.StartAsync();
        using var home = new TestHome();
        await using var bia = await Member.ArriveAsync("bia", mosquitto.Address);
        Room direct;
        Author before;
        await using (var ana = await Member.ArriveAsync("ana", mosquitto.Address, home.Path))
        {
            await bia.UntilAsync<PersonChanged>(static change => change.Person.Who.Name == "ana");
            direct = (await ana.Client.OpenDirectAsync("bia", Stop))!;
            await ana.SayAndHoldAsync("antes", direct);
            before = ana.Client.Me;
            Assert.Equal(ProfileProblem.InUse, Problem(() => new Home(home.Path).SetPassphrase(Ana, null, Passphrase, Quick)));
        }

        File.Copy(Assert.Single(home.Stores), home.Stores[0] + ".v4"); // as a migration leaves it
        var secrets = Secrets(home);
        Assert.True(secrets.Count >= 4, "account, device, prekey and epoch");
        Assert.All(secrets, secret => Assert.True(IsOnDisk(home, secret)));
        new Home(home.Path).SetPassphrase(Ana, null, Passphrase, Quick);
        Assert.All(secrets, secret => Assert.False(IsOnDisk(home, secret)));

        var profile = new Home(home.Path).Open(Ana, Passphrase);
        await using (var client = await ChatClient.OpenAsync(new ChatOptions { Profile = profile, Broker = mosquitto.Address }, Stop))
        {
            Assert.True(await client.WaitConnectedAsync(Member.Soon, Stop));
            Assert.Equal((before.Account, before.Device), (client.Me.Account, client.Me.Device));
            Assert.NotNull((await client.SendAsync(direct, new Draft("depois"), Stop)).Number);
            await bia.UntilSaidAsync("depois");
            Assert.Equal(["antes", "depois"], (await client.HistoryAsync(direct, new HistoryQuery(10), TimeSpan.Zero, Stop)).Messages.Select(static message => message.Text));
            await client.EndAsync(Stop);
        }

        profile.Dispose();
        Assert.All(Secrets(home, Passphrase), secret => Assert.False(IsOnDisk(home, secret)));
        new Home(home.Path).SetPassphrase(Ana, Passphrase, null, Quick);
        await using var again = await Member.ArriveAsync("ana", mosquitto.Address, home.Path);
        Assert.Equal(before.Device, again.Client.Me.Device);
    }

    [Fact]
    public void A_wrong_passphrase_or_none_opens_nothing_and_changes_nothing()
    {
        using var home = new TestHome();
        Make(home);
        new Home(home.Path).SetPassphrase(Ana, null, Passphrase, Quick);
        var files = Contents(home);
        Assert.Equal(ProfileProblem.PassphraseNeeded, Problem(() => new Home(home.Path).Open(Ana)));
        Assert.Equal(ProfileProblem.PassphraseWrong, Problem(() => new Home(home.Path).Open(Ana, Other)));
        Assert.Equal(ProfileProblem.PassphraseWrong, Problem(() => new Home(home.Path).SetPassphrase(Ana, Other, null, Quick)));
        Assert.Equal(ProfileProblem.PassphraseWrong, Problem(() => new Home(home.Path).SetPassphrase(Ana, Other, Other, Quick)));
        Assert.Equal(ProfileProblem.PassphraseNeeded, Problem(() => new Home(home.Path).SetPassphrase(Ana, null, Other, Quick)));
        Assert.Equal(files, Contents(home));
        Assert.True(new Home(home.Path).HasPassphrase(Ana));
    }

    [Fact]
    public void After_a_change_only_the_new_passphrase_opens_the_same_keys()
    {
        using var home = new TestHome();
        var secrets = Make(home);
        new Home(home.Path).SetPassphrase(Ana, null, Passphrase, Quick);
        new Home(home.Path).SetPassphrase(Ana, Passphrase, Other, new PassphraseCost(2, 2048)); // what it costs may rise later
        Assert.Equal(ProfileProblem.PassphraseWrong, Problem(() => new Home(home.Path).Open(Ana, Passphrase)));
        Assert.Equal(secrets, Secrets(home, Other));
        Assert.Contains(Directory.EnumerateFiles(home.Path, "vault", SearchOption.AllDirectories), static file => File.ReadAllText(file).StartsWith("papo vault 1 argon2id 2 2048 ", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(null, Passphrase)]
    [InlineData(Passphrase, Other)]
    [InlineData(Passphrase, null)]
    public void Wherever_a_change_is_cut_every_key_is_still_there(string? current, string? fresh)
    {
        for (var cut = 0; ; cut++)
        {
            using var home = new TestHome();
            var secrets = Make(home);
            if (current is not null)
            {
                new Home(home.Path).SetPassphrase(Ana, null, current, Quick);
            }

            var left = cut;
            var profile = Directory.EnumerateDirectories(Path.Combine(home.Path, "profiles")).Single();
            var change = new PassphraseChange(profile, null, () => _ = left-- > 0 ? 0 : throw new TimeoutException("the power went"));
            var whole = Record.Exception(() => change.Apply(current, fresh, Quick)) is null;
            Assert.Equal(secrets, OpenedWithEither(home, current, fresh));
            if (whole)
            {
                Assert.True(cut >= 4, "the vault, the store, a device and the account");
                return;
            }

            var again = new Home(home.Path).HasPassphrase(Ana) ? OpensWith(home, current) ? current : fresh : null;
            new Home(home.Path).SetPassphrase(Ana, again, fresh, Quick); // once more, to the end
            Assert.Equal(secrets, Secrets(home, fresh));
        }
    }

    [Fact]
    public async Task A_full_disk_leaves_the_keys_as_they_were()
    {
        using var home = new TestHome();
        var secrets = Make(home);
        await using var disk = await SmallDisk.MountAsync("2m", Path.Combine(home.Path, "small"));
        var profile = Directory.EnumerateDirectories(Path.Combine(home.Path, "profiles")).Single();
        var there = Path.Combine(disk.Path, "profiles", "ana");
        Directory.CreateDirectory(Path.GetDirectoryName(there)!);
        Copy(profile, there);
        disk.Fill();
        var small = new Home(disk.Path);
        Assert.Equal(ProfileProblem.DiskFull, Problem(() => small.SetPassphrase(Ana, null, Passphrase, Quick)));
        disk.Free();
        using var opened = small.Open(Ana, small.HasPassphrase(Ana) ? Passphrase : null);
        Assert.Equal(secrets[0], Convert.ToBase64String(opened.AccountKey!.Seed.Span));
    }

    [Fact]
    public void A_backup_of_a_sealed_profile_is_sealed_with_the_passphrase_of_the_backup_when_it_is_restored()
    {
        using var home = new TestHome();
        using var elsewhere = new TestHome();
        var secrets = Make(home);
        new Home(home.Path).SetPassphrase(Ana, null, Passphrase, Quick);
        var file = Path.Combine(home.Path, "ana.papo");
        Assert.Equal(ProfileProblem.PassphraseNeeded, Problem(() => new Home(home.Path).Backup(Ana, null, file, Other, Quick)));
        new Home(home.Path).Backup(Ana, Passphrase, file, Other, Quick);
        new Home(elsewhere.Path).Restore(file, Other, null);
        Assert.Equal(ProfileProblem.PassphraseWrong, Problem(() => new Home(elsewhere.Path).Open(Ana, Passphrase)));
        using (var restored = new Home(elsewhere.Path).Open(Ana, Other))
        {
            Assert.Equal(secrets[0], Convert.ToBase64String(restored.AccountKey!.Seed.Span));
        }

        Assert.All(secrets, secret => Assert.False(IsOnDisk(elsewhere, secret)));
    }

    // A profile with an account, a device, a prekey and the secret of an epoch.
    internal static List<string> Make(TestHome home)
    {
        using (var profile = home.Open("ana"))
        {
            var space = Directory.CreateDirectory(Path.Combine(profile.Path, "spaces", "aaaa"));
            File.WriteAllText(Path.Combine(space.FullName, "space"), Convert.ToBase64String(new SpaceCard(new SpaceId(1), 1).Encode()));
            File.WriteAllText(Path.Combine(space.FullName, "slot-0.key"), Convert.ToBase64String(KeyPair.Generate().Seed.Span));
            using var store = SpaceStore.Open(Path.Combine(space.FullName, "store.db"));
            store.Prekeys.Rotate(ExchangeKeyPair.Generate(), 1);
            store.Prekeys.Rotate(ExchangeKeyPair.Generate(), 2);
            var room = Genesis.Make(profile.Account, [], false, new byte[Genesis.NonceSize]).Room;
            Assert.True(EpochSecret.TryRead(new SpaceId(1), room, System.Security.Cryptography.RandomNumberGenerator.GetBytes(32), out var secret));
            store.Private.Keep(store.Rooms.Get(room).No, new EntryId(7), secret);
            store.Commit();
        }

        return Secrets(home);
    }

    // Account, devices, prekeys, epochs, as base64.
    internal static List<string> Secrets(TestHome home, string? passphrase = null, IPlatformKeys? platform = null)
    {
        using var profile = new Home(home.Path) { Platform = platform }.Open(Ana, passphrase);
        List<string> secrets = [Convert.ToBase64String(profile.AccountKey!.Seed.Span)];
        foreach (var space in Directory.EnumerateDirectories(profile.SpacesPath))
        {
            secrets.AddRange(Directory.EnumerateFiles(space, "*.key").Select(path => Convert.ToBase64String(KeyFile.ReadOrMake(path, profile.Vault, out _).Seed.Span)));
            using var store = SpaceStore.Open(Path.Combine(space, "store.db"), profile.Vault);
            secrets.AddRange(store.Prekeys.All().Select(static row => Convert.ToBase64String(row.Pair.Secret.Span)));
            secrets.AddRange(store.Rooms.All().SelectMany(row => store.Private.Secrets(row.No)).Select(static row => Convert.ToBase64String(row.Secret)));
        }

        return secrets;
    }

    private static List<string> OpenedWithEither(TestHome home, string? one, string? other) =>
        !new Home(home.Path).HasPassphrase(Ana) ? Secrets(home) : Secrets(home, OpensWith(home, one) ? one : other);

    private static bool OpensWith(TestHome home, string? passphrase) => passphrase is not null && Record.Exception(() => new Home(home.Path).Open(Ana, passphrase).Dispose()) is null;

    internal static bool IsOnDisk(TestHome home, string secret)
    {
        var (text, bytes) = (System.Text.Encoding.ASCII.GetBytes(secret), Convert.FromBase64String(secret));
        return Directory.EnumerateFiles(home.Path, "*", SearchOption.AllDirectories).Select(File.ReadAllBytes).Any(content => content.AsSpan().IndexOf(text) >= 0 || content.AsSpan().IndexOf(bytes) >= 0);
    }

    private static Dictionary<string, string> Contents(TestHome home) =>
        Directory.EnumerateFiles(home.Path, "*", SearchOption.AllDirectories).Where(static file => !file.EndsWith(".lock", StringComparison.Ordinal)).ToDictionary(static file => file, static file => Convert.ToBase64String(File.ReadAllBytes(file)));

    private static void Copy(string from, string to)
    {
        foreach (var file in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories))
        {
            var copy = Path.Combine(to, Path.GetRelativePath(from, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }
    }

    private static ProfileProblem Problem(Action action) => Assert.Throws<ProfileException>(action).Problem;
}
