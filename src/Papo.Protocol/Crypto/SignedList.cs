// Owns: the one encoding of everything that is signed or hashed: a list of length-prefixed parts that starts with a label.
// Must never: be ambiguous; two different lists never give the same bytes (docs/PROTOCOL.md, Signed lists).
using System.Buffers.Binary;
using System.Text;

namespace Papo.Protocol;

/// <summary>Builds <c>u32be(length) ‖ bytes</c> for each part, the label first.</summary>
public sealed class SignedList
{
    [ThreadStatic]
    private static SignedList? _ofThread;

    private byte[] _buffer = new byte[512];
    private int _length;

    /// <summary>Begins a list with its label, for example <c>papo/1 entry</c>.</summary>
    public SignedList(string label) => Add(label);

    /// <summary>A list that is hashed or verified at once: the next one of this thread begins in the same buffer.</summary>
    internal static SignedList Passing(string label)
    {
        if (_ofThread is not { } list)
        {
            return _ofThread = new SignedList(label);
        }

        list._length = 0;
        return list.Add(label);
    }

    /// <summary>What has been added so far.</summary>
    public ReadOnlySpan<byte> Bytes => _buffer.AsSpan(0, _length);

    /// <summary>The backing array; only its first <see cref="Length"/> bytes count.</summary>
    internal byte[] Buffer => _buffer;

    /// <summary>Bytes used.</summary>
    internal int Length => _length;

    /// <summary>Adds bytes.</summary>
    public SignedList Add(ReadOnlySpan<byte> part)
    {
        part.CopyTo(Grow(part.Length));
        return this;
    }

    /// <summary>Adds text as UTF-8.</summary>
    public SignedList Add(string part)
    {
        Encoding.UTF8.GetBytes(part, Grow(Encoding.UTF8.GetByteCount(part)));
        return this;
    }

    /// <summary>Adds the 16 bytes of an id.</summary>
    public SignedList Add(UInt128 id)
    {
        BinaryPrimitives.WriteUInt128BigEndian(Grow(16), id);
        return this;
    }

    /// <summary>Adds a number as 8 bytes, big-endian.</summary>
    public SignedList Add(ulong number)
    {
        BinaryPrimitives.WriteUInt64BigEndian(Grow(8), number);
        return this;
    }

    private Span<byte> Grow(int length)
    {
        var needed = _length + 4 + length;
        if (needed > _buffer.Length)
        {
            Array.Resize(ref _buffer, Math.Max(needed, _buffer.Length * 2));
        }

        BinaryPrimitives.WriteInt32BigEndian(_buffer.AsSpan(_length), length);
        var span = _buffer.AsSpan(_length + 4, length);
        _length = needed;
        return span;
    }
}
