// Owns: the digits by which two people see that no stranger stands between them.
// Must never: depend on who computes it, on a device, or on a space: it stands for two account keys and nothing else.
using System.Globalization;
using System.Security.Cryptography;

namespace Papo.Protocol;

/// <summary>The safety number of two accounts: 60 digits, the same on both sides (docs/PROTOCOL.md, Safety numbers).</summary>
public static class SafetyNumber
{
    /// <summary>Groups of digits; the first half stands for the lower account id, the second for the higher.</summary>
    public const int Groups = 12;

    private const string Label = "papo/1 safety";
    private const int GroupsOfOne = Groups / 2;
    private const int BytesOfGroup = 5;
    private const ulong EndOfGroup = 100_000;

    /// <summary>The groups, five digits each.</summary>
    public static IReadOnlyList<string> Of(PublicKey one, PublicKey other)
    {
        ArgumentNullException.ThrowIfNull(one);
        ArgumentNullException.ThrowIfNull(other);
        var (lower, higher) = one.Fingerprint < other.Fingerprint ? (one, other) : (other, one);
        return [.. Half(lower), .. Half(higher)];
    }

    // 40 bits taken modulo 100,000: no digit is likelier than another by more than one in ten million.
    private static IEnumerable<string> Half(PublicKey key)
    {
        var hash = SHA256.HashData(new SignedList(Label).Add(key.Bytes.Span).Bytes);
        for (var group = 0; group < GroupsOfOne; group++)
        {
            var number = 0UL;
            foreach (var part in hash.AsSpan(group * BytesOfGroup, BytesOfGroup))
            {
                number = (number << 8) | part;
            }

            yield return (number % EndOfGroup).ToString("00000", CultureInfo.InvariantCulture);
        }
    }
}
