// Owns: making an input out of others.
// Must never: use chance that is not in the seed.
namespace Papo.Fuzz;

/// <summary>Flips, cuts, repeats, splices, and puts in numbers that break things.</summary>
internal sealed class Mutator(Dice dice)
{
    private const int Longest = 100_000;

    private static readonly byte[][] Pieces =
    [
        [0], [0xFF], [0x7F], [0x80], [0x9F], [0xBF], [0x1B], [0x1B, (byte)'['], [0xC3], [0xED, 0xA0, 0x80], [0xE2, 0x80, 0xAE], [0xF0, 0x9F, 0x91, 0xA9], "\r\n"u8.ToArray(), "="u8.ToArray(), "%"u8.ToArray(), "/"u8.ToArray(),
        [0x1B, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF], [0x5B, 0x7F, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF], [0x9B, 0, 0, 0, 0, 0x7F, 0xFF, 0xFF, 0xFF], [0x1A, 0xFF, 0xFF, 0xFF, 0xFF], [0xC0, 0x0C], [0xFF, 0xFF],
    ];

    /// <summary>A new input from the pool.</summary>
    public byte[] Make(IReadOnlyList<byte[]> pool)
    {
        var bytes = pool[dice.Next(pool.Count)].ToList();
        for (var times = 1 + dice.Next(6); times > 0; times--)
        {
            Change(bytes, pool);
        }

        return [.. bytes.Take(Longest)];
    }

    private void Change(List<byte> bytes, IReadOnlyList<byte[]> pool)
    {
        var at = bytes.Count == 0 ? 0 : dice.Next(bytes.Count + 1);
        var length = Math.Min(bytes.Count - at, 1 + dice.Next(dice.Next(8) == 0 ? 64 : 4));
        switch (dice.Next(8))
        {
            case 0 when at < bytes.Count:
                bytes[at] ^= (byte)(1 << dice.Next(8));
                break;
            case 1 when at < bytes.Count:
                bytes[at] = (byte)dice.Next(256);
                break;
            case 2:
                bytes.RemoveRange(at, length);
                break;
            case 3:
                bytes.InsertRange(at, bytes.GetRange(at, length));
                break;
            case 4:
                bytes.InsertRange(at, Pieces[dice.Next(Pieces.Length)]);
                break;
            case 5:
                bytes.RemoveRange(at, length);
                bytes.InsertRange(at, Pieces[dice.Next(Pieces.Length)]);
                break;
            case 6:
                var other = pool[dice.Next(pool.Count)];
                var from = other.Length == 0 ? 0 : dice.Next(other.Length);
                bytes.RemoveRange(at, bytes.Count - at);
                bytes.AddRange(other.AsSpan(from));
                break;
            case 7 when dice.Next(50) == 0:
                bytes.InsertRange(at, Enumerable.Repeat((byte)dice.Next(256), 1 + dice.Next(20_000)));
                break;
        }
    }
}
