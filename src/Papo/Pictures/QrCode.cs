// Owns: making a QR code of a text: its size, its bytes, and where they lie (ISO/IEC 18004).
// Must never: draw; it knows dark and light modules only.
using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace Papo.Pictures;

/// <summary>A QR code in byte mode with error correction L: a screen has no scratches, and fewer modules are larger ones.</summary>
internal sealed class QrCode
{
    private const int MostVersions = 20;
    private const int ByteMode = 0b0100;

    // Check bytes of a block, and blocks, of versions 1 to 20 at level L (ISO/IEC 18004, table 9).
    private static readonly int[] ChecksOf = [7, 10, 15, 20, 26, 18, 20, 24, 30, 18, 20, 24, 26, 30, 22, 24, 28, 30, 28, 28];
    private static readonly int[] BlocksOf = [1, 1, 1, 1, 1, 2, 2, 2, 2, 4, 4, 4, 4, 4, 6, 6, 6, 6, 7, 8];

    private readonly bool[,] _modules;

    private QrCode(bool[,] modules) => _modules = modules;

    /// <summary>Modules a side.</summary>
    public int Size => _modules.GetLength(0);

    /// <summary>Whether a module is dark; outside everything is light.</summary>
    public bool IsDark(int row, int column) => row >= 0 && column >= 0 && row < Size && column < Size && _modules[row, column];

    /// <summary>The smallest code of a text; false when it is too long for any (858 bytes).</summary>
    public static bool TryMake(string text, [NotNullWhen(true)] out QrCode? code)
    {
        code = null;
        var bytes = Encoding.UTF8.GetBytes(text);
        for (var version = 1; version <= MostVersions && code is null; version++)
        {
            if (4 + LengthBits(version) + (8 * bytes.Length) <= 8 * DataBytes(version))
            {
                code = new QrCode(QrModules.Place(version, Interleave(version, Data(version, bytes))));
            }
        }

        return code is not null;
    }

    private static int LengthBits(int version) => version < 10 ? 8 : 16;

    private static int DataBytes(int version) => (QrModules.FreeModules(version) / 8) - (ChecksOf[version - 1] * BlocksOf[version - 1]);

    // Mode, length, the bytes, an end of up to four zeros, and what fills up the rest (7.4).
    private static byte[] Data(int version, byte[] bytes)
    {
        var data = new byte[DataBytes(version)];
        var at = 0;
        Put(ByteMode, 4);
        Put(bytes.Length, LengthBits(version));
        Array.ForEach(bytes, value => Put(value, 8));
        at = Math.Min(at + 4, 8 * data.Length);
        for (var (i, filler) = ((at + 7) / 8, 0xEC); i < data.Length; i++, filler ^= 0xEC ^ 0x11)
        {
            data[i] = (byte)filler;
        }

        return data;

        void Put(int value, int bits)
        {
            for (var bit = bits - 1; bit >= 0; bit--, at++)
            {
                data[at / 8] |= (byte)(((value >> bit) & 1) << (7 - (at % 8)));
            }
        }
    }

    // Blocks are read column by column, first their data, then their checks; the last ones may be a byte longer (7.6).
    private static byte[] Interleave(int version, byte[] data)
    {
        var (count, checks) = (BlocksOf[version - 1], ChecksOf[version - 1]);
        var (length, longer) = (data.Length / count, data.Length % count);
        var blocks = new List<byte[]>();
        for (var (i, at) = (0, 0); i < count; i++)
        {
            var size = length + (i < count - longer ? 0 : 1);
            blocks.Add(data[at..(at + size)]);
            at += size;
        }

        var ends = blocks.ConvertAll(block => QrField.Checks(block, checks));
        return
        [
            .. Enumerable.Range(0, length + 1).SelectMany(column => blocks.Where(block => column < block.Length).Select(block => block[column])),
            .. Enumerable.Range(0, checks).SelectMany(column => ends.Select(end => end[column])),
        ];
    }
}
