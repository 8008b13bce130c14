// Owns: the check bytes of QR codes: Reed and Solomon's code over the field of 256 elements (ISO/IEC 18004, 7.5.2).
// Must never: know where the bytes go.
namespace Papo.Pictures;

/// <summary>Arithmetic modulo x⁸ + x⁴ + x³ + x² + 1, with the generators (x − 1)(x − 2)(x − 4)….</summary>
internal static class QrField
{
    private const int Modulus = 0x11D;

    /// <summary>As many check bytes as asked for.</summary>
    public static byte[] Checks(ReadOnlySpan<byte> data, int count)
    {
        var divisor = Generator(count);
        var rest = new byte[count];
        foreach (var value in data)
        {
            var factor = (byte)(value ^ rest[0]);
            rest.AsSpan(1).CopyTo(rest);
            rest[^1] = 0;
            for (var i = 0; i < count; i++)
            {
                rest[i] ^= Times(divisor[i], factor);
            }
        }

        return rest;
    }

    // The coefficients below the highest one, which is 1.
    private static byte[] Generator(int count)
    {
        var coefficients = new byte[count];
        coefficients[^1] = 1;
        byte root = 1;
        for (var i = 0; i < count; i++)
        {
            for (var j = 0; j < count; j++)
            {
                coefficients[j] = (byte)(Times(coefficients[j], root) ^ (j + 1 < count ? coefficients[j + 1] : 0));
            }

            root = Times(root, 2);
        }

        return coefficients;
    }

    private static byte Times(byte one, byte other)
    {
        var product = 0;
        for (var bit = 7; bit >= 0; bit--)
        {
            product = (product << 1) ^ ((product >> 7) * Modulus);
            product ^= ((other >> bit) & 1) * one;
        }

        return (byte)product;
    }
}
