// Owns: the folder of one space in a profile: which space, under which broker URLs, the device key of each slot, the client id.
// Must never: mix two spaces in one folder; "general" at home and at work are different rooms.
using System.Security.Cryptography;
using Papo.Client.Store;
using Papo.Protocol;

namespace Papo.Client;

/// <summary>One space of a profile on disk. A folder may exist before its space is known (first run, broker away).</summary>
internal sealed class SpaceFolder
{
    private readonly string _path;

    private SpaceFolder(string path) => _path = path;

    /// <summary>The space, null until a broker was reached.</summary>
    public SpaceCard? Space { get; private set; }

    public string StorePath => Path.Combine(_path, "store.db");

    /// <summary>Own messages of a slot that are durable before the store has them.</summary>
    public Ahead Ahead(int slot) => new(_path, slot);

    /// <summary>The folder pinned to a broker URL, or a fresh one.</summary>
    public static SpaceFolder ForBroker(Profile profile, string url)
    {
        // Two processes that start a profile for the first time must not make a folder each: what one of them sees the other would never show.
        using var alone = Lock(profile);
        foreach (var folder in All(profile))
        {
            if (folder.Urls().Contains(url))
            {
                return folder;
            }
        }

        return Make(profile, url);
    }

    /// <summary>The folder of a space, or null.</summary>
    public static SpaceFolder? ForSpace(Profile profile, SpaceId space) => All(profile).FirstOrDefault(folder => folder.Space?.Space == space);

    /// <summary>A new folder pinned to this URL, of a space not known yet.</summary>
    public static SpaceFolder Make(Profile profile, string url)
    {
        var folder = new SpaceFolder(Path.Combine(profile.SpacesPath, Base32.Encode(RandomNumberGenerator.GetBytes(5))));
        PrivateFile.MakeFolder(folder._path);
        folder.PinUrl(profile, url);
        return folder;
    }

    /// <summary>Where to go on when the broker of this folder carries a space: here while this folder has none, else in that space's own folder.</summary>
    public SpaceFolder Next(Profile profile, string url, SpaceCard space)
    {
        // Two processes of a profile begin in one folder, and on a broker without a mark they may meet different ones: what it is the
        // folder of, the first of them settles, and the disk knows.
        using var alone = Lock(profile);
        var next = ForSpace(profile, space.Space) ?? (All(profile).First(folder => folder._path == _path).Space is null ? this : Make(profile, url));
        if (next.Space is null)
        {
            next.Learn(space);
        }

        next.PinUrl(profile, url);
        return next;
    }

    /// <summary>Remembers the space, once it is known.</summary>
    private void Learn(SpaceCard space)
    {
        PrivateFile.Write(Path.Combine(_path, "space"), System.Text.Encoding.ASCII.GetBytes(Convert.ToBase64String(space.Encode()) + "\n"));
        Space = space;
    }

    /// <summary>Makes this the folder that a broker URL leads to.</summary>
    public void PinUrl(Profile profile, string url)
    {
        foreach (var other in All(profile))
        {
            var urls = other.Urls();
            if (other._path != _path && urls.Remove(url))
            {
                other.KeepUrls(urls);
            }
        }

        var own = Urls();
        if (!own.Contains(url))
        {
            own.Add(url);
            KeepUrls(own);
        }
    }

    /// <summary>The key of this process's device in this space.</summary>
    public KeyPair DeviceKey(Profile profile) => KeyFile.ReadOrMake(KeyOf(profile.Slot), profile.Vault, out _);

    /// <summary>Puts a slot's key aside: the next <see cref="DeviceKey"/> makes another device.</summary>
    public void Retire(int slot, DeviceId device) => File.Move(KeyOf(slot), Path.Combine(_path, $"retired-{device}.key"), overwrite: true);

    /// <summary>Gives a slot of a linked copy, whose key was put aside, the device of the last slot that nobody uses: no card can be made here.</summary>
    /// <exception cref="ProfileException">There is none left.</exception>
    public void TakeSpare(Profile profile)
    {
        for (var spare = Limits.LinkedDevices - 1; spare >= 0; spare--)
        {
            using var free = profile.TryLockSlot(spare);
            if (free is not null && File.Exists(KeyOf(spare)) && ReadCard(spare) is { } card)
            {
                KeepCard(profile.Slot, card);
                File.Move(KeyOf(spare), KeyOf(profile.Slot));
                File.Delete(Path.Combine(_path, $"slot-{spare}.card"));
                return;
            }
        }

        throw new ProfileException(ProfileProblem.NoSlot, _path, "no device is left of those this copy was linked with");
    }

    /// <summary>The MQTT client id of a slot: 23 random characters, secret, for whoever knows it can take the session over.</summary>
    public string ClientId(int slot)
    {
        var path = Path.Combine(_path, $"slot-{slot}.client");
        if (PrivateFile.ReadText(path) is { Length: 23 } known)
        {
            return known;
        }

        var fresh = Base32.Encode(RandomNumberGenerator.GetBytes(16))[..23];
        PrivateFile.WriteText(path, fresh);
        return fresh;
    }

    /// <summary>Throws unless the disk takes a quarter of a mebibyte: a store that can write one more page only would fail again at once.</summary>
    public void TryRoom()
    {
        var path = Path.Combine(_path, $"probe.{Environment.ProcessId}.tmp");
        try
        {
            using var file = new FileStream(path, FileMode.Create, FileAccess.Write);
            file.Write(new byte[256 * 1024]);
            file.Flush(flushToDisk: true);
        }
        finally
        {
            File.Delete(path);
        }
    }

    /// <summary>The card this slot used last, unverified, or null.</summary>
    public byte[]? ReadCard(int slot) => PrivateFile.ReadText(Path.Combine(_path, $"slot-{slot}.card")) is { } text ? FromBase64(text) : null;

    /// <summary>Keeps the card of a slot.</summary>
    public void KeepCard(int slot, ReadOnlySpan<byte> card) => PrivateFile.WriteText(Path.Combine(_path, $"slot-{slot}.card"), Convert.ToBase64String(card));

    private string KeyOf(int slot) => Path.Combine(_path, $"slot-{slot}.key");

    private static FileStream Lock(Profile profile) => PrivateFile.Lock(Path.Combine(profile.SpacesPath, "lock"));

    private static IEnumerable<SpaceFolder> All(Profile profile)
    {
        foreach (var path in Directory.EnumerateDirectories(profile.SpacesPath).Order(StringComparer.Ordinal))
        {
            var folder = new SpaceFolder(path);
            var file = Path.Combine(path, "space");
            if (PrivateFile.ReadText(file) is { } text)
            {
                folder.Space = SpaceCard.TryRead(FromBase64(text), out var card) ? card : throw new ProfileException(ProfileProblem.Damaged, file, "not a space card");
            }

            yield return folder;
        }
    }

    private static byte[] FromBase64(string text)
    {
        var bytes = new byte[text.Length];
        return Convert.TryFromBase64String(text, bytes, out var length) ? bytes[..length] : [];
    }

    private List<string> Urls() => [.. (PrivateFile.ReadText(Path.Combine(_path, "brokers")) ?? "").Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)];

    private void KeepUrls(List<string> urls) => PrivateFile.WriteText(Path.Combine(_path, "brokers"), string.Join('\n', urls));
}
