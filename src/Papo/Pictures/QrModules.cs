// Owns: where the modules of a QR code lie: patterns, format, bytes, and the mask that suits them best (ISO/IEC 18004, 6.3 and 7.7 to 7.10).
// Must never: know what the bytes say.
namespace Papo.Pictures;

/// <summary>The field of modules of one version.</summary>
internal sealed class QrModules
{
    private const int FormatGenerator = 0x537;
    private const int FormatMask = 0x5412;
    private const int VersionGenerator = 0x1F25;
    private const int LevelL = 0b01;
    private static readonly bool[] FinderLike = [true, false, true, true, true, false, true, false, false, false, false];
    private readonly int _version;
    private readonly int _size;
    private readonly bool[,] _dark;
    private readonly bool[,] _isTaken;

    private QrModules(int version)
    {
        _version = version;
        _size = SizeOf(version);
        _dark = new bool[_size, _size];
        _isTaken = new bool[_size, _size];
        PlacePatterns();
    }

    /// <summary>Modules for data and checks in a version.</summary>
    public static int FreeModules(int version)
    {
        var modules = new QrModules(version);
        return modules._isTaken.Cast<bool>().Count(static taken => !taken);
    }

    /// <summary>The field with these bytes under the best of the eight masks.</summary>
    public static bool[,] Place(int version, ReadOnlySpan<byte> bytes)
    {
        var modules = new QrModules(version);
        modules.PlaceBytes(bytes);
        QrModules? best = null;
        for (var mask = 0; mask < 8; mask++)
        {
            var masked = modules.Masked(mask);
            best = best is null || masked.Penalty() < best.Penalty() ? masked : best;
        }

        return best!._dark;
    }

    private static int SizeOf(int version) => 17 + (4 * version);

    private void Set(int row, int column, bool dark)
    {
        _dark[row, column] = dark;
        _isTaken[row, column] = true;
    }

    private void PlacePatterns()
    {
        for (var i = 0; i < _size; i++)
        {
            Set(6, i, i % 2 == 0);
            Set(i, 6, i % 2 == 0);
        }

        PlaceFinder(3, 3);
        PlaceFinder(3, _size - 4);
        PlaceFinder(_size - 4, 3);
        var centres = AlignmentCentres();
        foreach (var row in centres)
        {
            foreach (var column in centres)
            {
                if (!(row == 6 && column == 6) && !(row == 6 && column == _size - 7) && !(row == _size - 7 && column == 6))
                {
                    PlaceAlignment(row, column);
                }
            }
        }

        PlaceFormat(0); // its place is taken now; what stands there depends on the mask
        PlaceVersion();
    }

    private void PlaceFinder(int row, int column)
    {
        for (var r = Math.Max(0, row - 4); r <= Math.Min(_size - 1, row + 4); r++)
        {
            for (var c = Math.Max(0, column - 4); c <= Math.Min(_size - 1, column + 4); c++)
            {
                Set(r, c, Math.Max(Math.Abs(r - row), Math.Abs(c - column)) is not (2 or 4));
            }
        }
    }

    private void PlaceAlignment(int row, int column)
    {
        for (var r = -2; r <= 2; r++)
        {
            for (var c = -2; c <= 2; c++)
            {
                Set(row + r, column + c, Math.Max(Math.Abs(r), Math.Abs(c)) != 1);
            }
        }
    }

    // The last one is seven from the end, the distances before it are equal and even, the first one lies at 6 (annex E).
    private List<int> AlignmentCentres()
    {
        if (_version == 1)
        {
            return [];
        }

        var count = (_version / 7) + 2;
        var step = ((_version * 4) + (count * 2) + 1) / ((count * 2) - 2) * 2;
        return [6, .. Enumerable.Range(0, count - 1).Select(i => _size - 7 - ((count - 2 - i) * step))];
    }

    // Level and mask with ten check bits, twice (7.9).
    private void PlaceFormat(int mask)
    {
        var bits = WithChecks((LevelL << 3) | mask, 10, FormatGenerator) ^ FormatMask;
        for (var i = 0; i < 15; i++)
        {
            var dark = ((bits >> i) & 1) != 0;
            var (row, column) = i < 6 ? (i, 8) : i < 8 ? (i + 1, 8) : i < 9 ? (8, 7) : (8, 14 - i);
            Set(row, column, dark);
            (row, column) = i < 8 ? (8, _size - 1 - i) : (_size - 15 + i, 8);
            Set(row, column, dark);
        }

        Set(_size - 8, 8, true);
    }

    // From version 7 on: the version with twelve check bits, twice (7.10).
    private void PlaceVersion()
    {
        var bits = WithChecks(_version, 12, VersionGenerator);
        for (var i = 0; _version >= 7 && i < 18; i++)
        {
            var dark = ((bits >> i) & 1) != 0;
            Set(i / 3, _size - 11 + (i % 3), dark);
            Set(_size - 11 + (i % 3), i / 3, dark);
        }
    }

    /// <summary>A value followed by the check bits of a cyclic code.</summary>
    internal static int WithChecks(int value, int checks, int generator)
    {
        var rest = value;
        for (var i = 0; i < checks; i++)
        {
            rest = (rest << 1) ^ ((rest >> (checks - 1)) * generator);
        }

        return (value << checks) | rest;
    }

    // Pairs of columns from the right, upwards and downwards in turn; the sixth column holds the timing pattern (7.7.3).
    private void PlaceBytes(ReadOnlySpan<byte> bytes)
    {
        var at = 0;
        for (var right = _size - 1; right > 0; right -= 2)
        {
            right = right == 6 ? 5 : right;
            for (var i = 0; i < _size; i++)
            {
                var row = ((right + 1) & 2) == 0 ? _size - 1 - i : i;
                for (var column = right; column >= right - 1; column--)
                {
                    if (!_isTaken[row, column] && at < 8 * bytes.Length)
                    {
                        _dark[row, column] = ((bytes[at / 8] >> (7 - (at % 8))) & 1) != 0;
                        at++;
                    }
                }
            }
        }
    }

    private QrModules Masked(int mask)
    {
        var masked = new QrModules(_version);
        for (var row = 0; row < _size; row++)
        {
            for (var column = 0; column < _size; column++)
            {
                if (!_isTaken[row, column])
                {
                    masked._dark[row, column] = _dark[row, column] ^ IsMasked(mask, row, column);
                }
            }
        }

        masked.PlaceFormat(mask);
        return masked;
    }

    private static bool IsMasked(int mask, int row, int column) => mask switch
    {
        0 => (row + column) % 2 == 0,
        1 => row % 2 == 0,
        2 => column % 3 == 0,
        3 => (row + column) % 3 == 0,
        4 => ((row / 2) + (column / 3)) % 2 == 0,
        5 => (row * column % 2) + (row * column % 3) == 0,
        6 => ((row * column % 2) + (row * column % 3)) % 2 == 0,
        _ => (((row + column) % 2) + (row * column % 3)) % 2 == 0,
    };

    // How hard it is to read (7.8.3): long runs, blocks, what looks like a finder, and too much of one colour.
    private int Penalty()
    {
        var penalty = 0;
        var dark = 0;
        for (var i = 0; i < _size; i++)
        {
            penalty += LinePenalty(k => _dark[i, k]) + LinePenalty(k => _dark[k, i]);
            for (var k = 0; k < _size; k++)
            {
                dark += _dark[i, k] ? 1 : 0;
                penalty += i > 0 && k > 0 && _dark[i, k] == _dark[i - 1, k] && _dark[i, k] == _dark[i, k - 1] && _dark[i, k] == _dark[i - 1, k - 1] ? 3 : 0;
            }
        }

        return penalty + (Math.Abs((20 * dark) - (10 * _size * _size)) / (_size * _size) * 10);
    }

    private int LinePenalty(Func<int, bool> line)
    {
        var (penalty, run) = (0, 1);
        for (var k = 1; k <= _size; k++)
        {
            if (k < _size && line(k) == line(k - 1))
            {
                run++;
                continue;
            }

            penalty += run >= 5 ? run - 2 : 0;
            run = 1;
        }

        for (var k = 0; k + FinderLike.Length <= _size; k++)
        {
            var (first, backwards) = (true, true);
            for (var j = 0; j < FinderLike.Length; j++)
            {
                first &= line(k + j) == FinderLike[j];
                backwards &= line(k + j) == FinderLike[^(j + 1)];
            }

            penalty += (first ? 40 : 0) + (backwards ? 40 : 0);
        }

        return penalty;
    }
}
