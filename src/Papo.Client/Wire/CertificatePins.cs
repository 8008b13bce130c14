// Owns the keys of brokers that this profile has met and that nobody known vouches for: one line an address.
// Must never replace a key by itself.
namespace Papo.Client.Wire;

/// <summary>Pinned keys, see <see cref="KeyFingerprint"/>; shared by the processes of a profile, so each look reads the file.</summary>
/// <param name="folder">The profile's folder.</param>
/// <param name="firstUse">Told a key that is pinned for the first time.</param>
internal sealed class CertificatePins(string folder, Action<string> firstUse)
{
    private const int Most = 1_000;
    private readonly string _file = Path.Combine(folder, "broker-keys");

    /// <summary>The key pinned for an address, or null.</summary>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public string? Find(BrokerAddress address) => Lines().FirstOrDefault(line => IsFor(line, address))?.Split(' ')[1];

    /// <summary>Pins a key for an address, in place of the one before.</summary>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public void Keep(BrokerAddress address, string key)
    {
        var known = Lines().Where(line => !IsFor(line, address)).ToList();
        var isFirst = known.Count == Lines().Length;
        PrivateFile.WriteText(_file, string.Join('\n', known.TakeLast(Most - 1).Append($"{address} {key}")));
        if (isFirst)
        {
            firstUse(key);
        }
    }

    private static bool IsFor(string line, BrokerAddress address) => line.Split(' ') is [var url, _] && url == address.ToString();

    private string[] Lines() => (PrivateFile.ReadText(_file) ?? "").Split('\n', StringSplitOptions.RemoveEmptyEntries);
}
