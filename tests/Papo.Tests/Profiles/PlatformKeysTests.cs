// Owns: keys sealed by the platform's means, with a platform that is made up: when, for whom, and that no cut loses one.
// Must never: ask this system's own, which a test could not take away again.
using System.Security.Cryptography;
using Papo.Client;
using Papo.Protocol;
using Papo.Tests.World;

namespace Papo.Tests.Profiles;

public sealed class PlatformKeysTests
{
    private const string Passphrase = "quatro palavras fáceis de lembrar";
    private static readonly PassphraseCost Quick = new(1, 1024);
    private static readonly DisplayName Ana = DisplayName.TryParse("ana", out var name) == NameProblem.None ? name! : throw new InvalidOperationException();

    [Fact]
    public void The_first_run_seals_and_only_this_user_of_this_computer_opens()
    {
        using var home = new TestHome();
        var platform = new FakePlatform();
        string secret;
        using (var made = new Home(home.Path) { Platform = platform }.Open(Ana))
        {
            secret = Convert.ToBase64String(made.AccountKey!.Seed.Span);
        }

        Assert.False(PassphraseTests.IsOnDisk(home, secret));
        Assert.False(new Home(home.Path).HasPassphrase(Ana));
        Assert.Equal([secret], PassphraseTests.Secrets(home, platform: platform));
        Assert.Equal(ProfileProblem.SealedElsewhere, Problem(() => new Home(home.Path) { Platform = new FakePlatform() }.Open(Ana)));
        Assert.Equal(ProfileProblem.SealedElsewhere, Problem(() => new Home(home.Path) { Platform = null }.Open(Ana)));
    }

    [Fact]
    public void A_profile_in_the_clear_is_sealed_when_it_is_opened_by_nobody_else()
    {
        using var home = new TestHome();
        var platform = new FakePlatform();
        var secrets = PassphraseTests.Make(home);
        using (home.Open("ana"))
        {
            Assert.Equal(secrets, PassphraseTests.Secrets(home, platform: platform));
        }

        Assert.All(secrets, secret => Assert.True(PassphraseTests.IsOnDisk(home, secret)));
        Assert.Equal(secrets, PassphraseTests.Secrets(home, platform: platform));
        Assert.All(secrets, secret => Assert.False(PassphraseTests.IsOnDisk(home, secret)));
    }

    [Fact]
    public void Wherever_the_first_sealing_is_cut_every_key_is_there_and_the_next_opening_finishes_it()
    {
        for (var cut = 0; ; cut++)
        {
            using var home = new TestHome();
            var platform = new FakePlatform();
            var secrets = PassphraseTests.Make(home);
            var left = cut;
            var whole = Record.Exception(() => PlatformSealing.Apply(Folder(home), platform, () => _ = left-- > 0 ? 0 : throw new TimeoutException("the power went"))) is null;
            Assert.Equal(secrets, PassphraseTests.Secrets(home, platform: platform));
            Assert.All(secrets, secret => Assert.False(PassphraseTests.IsOnDisk(home, secret)));
            if (whole)
            {
                Assert.True(cut >= 4, "the vault, the store, a device and the account");
                return;
            }
        }
    }

    [Theory]
    [InlineData(null, Passphrase)]
    [InlineData(Passphrase, null)]
    public void A_passphrase_takes_the_place_of_the_platform_and_gives_it_back_wherever_it_is_cut(string? current, string? fresh)
    {
        for (var cut = 0; ; cut++)
        {
            using var home = new TestHome();
            var platform = new FakePlatform();
            var secrets = PassphraseTests.Make(home);
            var own = new Home(home.Path) { Platform = platform };
            own.Open(Ana).Dispose();
            if (current is not null)
            {
                own.SetPassphrase(Ana, null, current, Quick);
                Assert.Equal(secrets, PassphraseTests.Secrets(home, current)); // of no platform any more
            }

            var left = cut;
            var whole = Record.Exception(() => new PassphraseChange(Folder(home), platform, () => _ = left-- > 0 ? 0 : throw new TimeoutException("the power went")).Apply(current, fresh, Quick)) is null;
            Assert.Equal(secrets, PassphraseTests.Secrets(home, own.HasPassphrase(Ana) ? Passphrase : null, platform));
            Assert.All(secrets, secret => Assert.False(PassphraseTests.IsOnDisk(home, secret)));
            if (whole)
            {
                Assert.Equal(fresh is not null, own.HasPassphrase(Ana));
                Assert.True(cut >= 1, "the vault");
                return;
            }
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_backup_opens_on_another_computer_that_seals_and_on_one_that_does_not(bool seals)
    {
        using var home = new TestHome();
        using var elsewhere = new TestHome();
        var secrets = PassphraseTests.Make(home);
        var own = new Home(home.Path) { Platform = new FakePlatform() };
        own.Open(Ana).Dispose();
        var file = Path.Combine(home.Path, "ana.papo");
        own.Backup(Ana, null, file, Passphrase, Quick);
        var other = seals ? new FakePlatform() : null;
        new Home(elsewhere.Path) { Platform = other }.Restore(file, Passphrase, null);
        var kept = PassphraseTests.Secrets(elsewhere, platform: other);
        Assert.Equal(secrets[0], kept[0]);
        Assert.Contains(kept[^1], secrets); // the epoch
        Assert.False(new Home(elsewhere.Path).HasPassphrase(Ana));
        Assert.Equal(!seals, PassphraseTests.IsOnDisk(elsewhere, secrets[0]));
    }

    [Fact]
    public void Where_the_platform_does_not_seal_now_the_profile_opens_as_before()
    {
        using var home = new TestHome();
        var platform = new FakePlatform { IsAway = true };
        var secrets = PassphraseTests.Make(home);
        Assert.Equal(secrets, PassphraseTests.Secrets(home, platform: platform));
        new Home(home.Path).SetPassphrase(Ana, null, Passphrase, Quick);
        Assert.Equal(ProfileProblem.SealedElsewhere, Problem(() => new Home(home.Path) { Platform = platform }.SetPassphrase(Ana, Passphrase, null, Quick)));
        Assert.Equal(secrets, PassphraseTests.Secrets(home, Passphrase));
    }

    private static string Folder(TestHome home) => Directory.EnumerateDirectories(Path.Combine(home.Path, "profiles")).Single();

    private static ProfileProblem Problem(Action action) => Assert.Throws<ProfileException>(action).Problem;

    // One user of one computer.
    private sealed class FakePlatform : IPlatformKeys
    {
        private readonly byte[] _key = RandomNumberGenerator.GetBytes(FileKey.Size);

        public string Name => "fake";

        public bool IsAway { get; init; }

        public byte[]? Seal(byte[] secret)
        {
            using var key = new FileKey(_key);
            return IsAway ? null : key.SealWith("fake"u8, secret);
        }

        public byte[]? Open(byte[] bytes)
        {
            using var key = new FileKey(_key);
            return key.OpenWith("fake"u8, bytes);
        }
    }
}
