// Owns: one file of records that are durable before the store has them, and wiping them once it has.
// Must never: give back a record that a crash cut off, or leave in the file what the store holds.
using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Papo.Client.Store;

/// <summary>
/// Records behind each other, <c>length (4, big-endian) check (8) bytes</c>, the check being the begin of the SHA-256 of the bytes; zeros follow. The file
/// keeps its size, so that writing changes nothing but content: one small write and one flush, where a commit of the store touches many pages.
/// </summary>
internal sealed class AheadFile(string path) : IDisposable
{
    /// <summary>Bytes of the file.</summary>
    public const int Size = 64 * 1024;

    private const int Check = 8;
    private const int Head = sizeof(int) + Check;
    private readonly byte[] _waiting = new byte[Size];
    private FileStream? _file;
    private int _used;
    private int _length;

    /// <summary>Records that were added and not flushed.</summary>
    public int Waiting { get; private set; }

    /// <summary>Whole records of a file, none when there is no such file.</summary>
    public static IReadOnlyList<ReadOnlyMemory<byte>> Read(string path)
    {
        var records = new List<ReadOnlyMemory<byte>>();
        var bytes = File.Exists(path) ? File.ReadAllBytes(path).AsMemory() : default;
        while (bytes.Length >= Head && BinaryPrimitives.ReadInt32BigEndian(bytes.Span) is > 0 and var length && length <= bytes.Length - Head)
        {
            var record = bytes.Slice(Head, length);
            if (!SHA256.HashData(record.Span).AsSpan(0, Check).SequenceEqual(bytes.Span[sizeof(int)..Head]))
            {
                break;
            }

            records.Add(record);
            bytes = bytes[(Head + length)..];
        }

        return records;
    }

    /// <summary>Adds a record to those that the next flush writes; false when the file cannot take it.</summary>
    public bool TryAdd(ReadOnlySpan<byte> record)
    {
        Waiting++; // also what did not fit: the batch is then not in the file
        if (record.Length > Size - Head - _used - _length)
        {
            _length = Size;
            return false;
        }

        var place = _waiting.AsSpan(_length);
        BinaryPrimitives.WriteInt32BigEndian(place, record.Length);
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(record, hash);
        hash[..Check].CopyTo(place[sizeof(int)..]);
        record.CopyTo(place[Head..]);
        _length += Head + record.Length;
        return true;
    }

    /// <summary>Opens the file, made where it was not. Without it nothing can be flushed, and nothing is lost by that.</summary>
    public void Prepare()
    {
        try
        {
            _file ??= Open();
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            // Everything goes by the store, which says so if it cannot write either.
        }
    }

    /// <summary>Makes what was added durable; false when it did not fit, or there is no file.</summary>
    /// <exception cref="IOException">It cannot be written.</exception>
    public bool TryFlush()
    {
        if (_file is null || _length > Size - _used)
        {
            return false;
        }

        RandomAccess.Write(_file.SafeFileHandle, _waiting.AsSpan(0, _length), _used);
        RandomAccess.FlushToDisk(_file.SafeFileHandle);
        _used += _length;
        Forget();
        return true;
    }

    /// <summary>Drops what was added and not flushed.</summary>
    public void Forget()
    {
        Waiting = 0;
        _length = 0;
    }

    /// <summary>The store holds everything: wipes the file. A crash of the computer before this is on the disk leaves records that the store knows.</summary>
    public void Clear()
    {
        Forget();
        if (_used > 0)
        {
            Array.Clear(_waiting, 0, _used);
            RandomAccess.Write(_file!.SafeFileHandle, _waiting.AsSpan(0, _used), 0);
            _used = 0;
        }
    }

    public void Dispose() => _file?.Dispose();

    private FileStream Open()
    {
        var file = PrivateFile.Open(path);
        if (file.Length != Size)
        {
            file.SetLength(0);
            file.Write(new byte[Size]);
            file.Flush(flushToDisk: true);
        }

        return file;
    }
}
