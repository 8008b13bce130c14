// Owns: a name of the DNS in its wire form without compression, and how two names are compared.
// Must never: throw on bad bytes, follow a pointer forwards, or grow beyond 255 bytes.
using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace Papo.Client.Discovery;

/// <summary>A name: labels of 1 to 63 bytes, 255 bytes in all (RFC 1035, section 3.1). Compared without regard to the case of ASCII letters.</summary>
internal sealed class DnsName : IEquatable<DnsName>
{
    private const int MaxBytes = 255;
    private const int MaxLabelBytes = 63;
    private const int PointerMark = 0xC0;
    private readonly byte[] _wire;

    private DnsName(byte[] wire) => _wire = wire;

    /// <summary>Length-prefixed labels and the closing zero. A length is below the letters, so case can be folded over all of it.</summary>
    public ReadOnlySpan<byte> Wire => _wire;

    /// <summary>Whether there is no label left.</summary>
    public bool IsRoot => _wire.Length == 1;

    /// <summary>The first label as text; bytes that are no UTF-8 become U+FFFD.</summary>
    public string First => IsRoot ? "" : Encoding.UTF8.GetString(_wire, 1, _wire[0]);

    /// <summary>The name without its first label; the root stays the root.</summary>
    public DnsName Parent => IsRoot ? this : new DnsName(_wire[(_wire[0] + 1)..]);

    /// <summary>A name from labels; a label that is too long is cut between two characters.</summary>
    public static DnsName Of(params ReadOnlySpan<string> labels)
    {
        var wire = new List<byte>();
        foreach (var label in labels)
        {
            Append(wire, label);
        }

        wire.Add(0);
        return wire.Count <= MaxBytes ? new DnsName([.. wire]) : throw new ArgumentException("the labels are longer than a name may be", nameof(labels));
    }

    /// <summary>As much of a text as fits into so many bytes of UTF-8, cut between two characters.</summary>
    public static string Cut(string text, int bytes)
    {
        var length = 0;
        foreach (var rune in text.EnumerateRunes())
        {
            if (bytes < rune.Utf8SequenceLength)
            {
                break;
            }

            bytes -= rune.Utf8SequenceLength;
            length += rune.Utf16SequenceLength;
        }

        return text[..length];
    }

    /// <summary>This name with one more label before it.</summary>
    public DnsName With(string label)
    {
        var wire = new List<byte>();
        Append(wire, label);
        return new DnsName([.. wire, .. _wire]);
    }

    /// <summary>Reads a name and moves behind it. A pointer must lead to before the part it stands in, so there is no loop.</summary>
    public static bool TryRead(ReadOnlySpan<byte> message, ref int offset, [NotNullWhen(true)] out DnsName? name)
    {
        name = null;
        Span<byte> wire = stackalloc byte[MaxBytes];
        var (length, at, partStart, end) = (0, offset, offset, -1);
        while (true)
        {
            if ((uint)at >= (uint)message.Length)
            {
                return false;
            }

            var size = message[at];
            if ((size & PointerMark) == PointerMark)
            {
                if (at + 1 >= message.Length)
                {
                    return false;
                }

                var target = ((size & ~PointerMark) << 8) | message[at + 1];
                end = end < 0 ? at + 2 : end;
                if (target >= partStart)
                {
                    return false;
                }

                at = partStart = target;
                continue;
            }

            if (size > MaxLabelBytes || at + 1 + size > message.Length || length + 1 + size > MaxBytes)
            {
                return false;
            }

            message.Slice(at, 1 + size).CopyTo(wire[length..]);
            length += 1 + size;
            at += 1 + size;
            if (size == 0)
            {
                break;
            }
        }

        offset = end < 0 ? at : end;
        name = new DnsName(wire[..length].ToArray());
        return true;
    }

    /// <inheritdoc/>
    public bool Equals(DnsName? other)
    {
        if (other is null || _wire.Length != other._wire.Length)
        {
            return false;
        }

        for (var i = 0; i < _wire.Length; i++)
        {
            if (Fold(_wire[i]) != Fold(other._wire[i]))
            {
                return false;
            }
        }

        return true;
    }

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as DnsName);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = new HashCode();
        foreach (var b in _wire)
        {
            hash.Add(Fold(b));
        }

        return hash.ToHashCode();
    }

    /// <summary>Labels with dots between them, for logs and tests; a dot inside a label is not marked.</summary>
    public override string ToString()
    {
        var text = new StringBuilder();
        for (var rest = this; !rest.IsRoot; rest = rest.Parent)
        {
            text.Append(rest.First).Append('.');
        }

        return text.ToString();
    }

    private static byte Fold(byte b) => b is >= (byte)'A' and <= (byte)'Z' ? (byte)(b | 0x20) : b;

    private static void Append(List<byte> wire, string label)
    {
        var bytes = Encoding.UTF8.GetBytes(Cut(label, MaxLabelBytes));
        if (bytes.Length == 0)
        {
            throw new ArgumentException("a label needs a character", nameof(label));
        }

        wire.Add((byte)bytes.Length);
        wire.AddRange(bytes);
    }
}
