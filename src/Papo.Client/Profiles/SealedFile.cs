// Owns: the form of a file sealed with a passphrase: a line that says how, then frames, the last of them marked.
// Must never: hand out a byte of a frame that was not found whole, or take half a file for a whole one.
using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Papo.Protocol;

namespace Papo.Client;

/// <summary>
/// <c>papo backup 1 argon2id PASSES KIB SALT NONCE</c> and a line feed, then frames of 64 KiB, each with its tag. The first frame is empty and
/// tells a wrong passphrase from a damaged file. A frame's nonce is the file's, then its number; bound to it are the line and whether it is the last.
/// </summary>
internal sealed class SealedFile : IDisposable
{
    public const int FrameSize = 64 * 1024;
    private const string Mark = "papo backup";
    private const int LongestLine = 200;
    private const int PrefixSize = FileKey.NonceSize - sizeof(ulong);
    private readonly FileKey _key;
    private readonly byte[] _line;
    private readonly byte[] _nonce;
    private ulong _frame;

    private SealedFile(FileKey key, byte[] line, ReadOnlySpan<byte> prefix)
    {
        (_key, _line, _nonce) = (key, line, new byte[FileKey.NonceSize]);
        prefix.CopyTo(_nonce);
    }

    /// <summary>Begins a file.</summary>
    public static SealedFile Begin(Stream file, string passphrase, PassphraseCost cost)
    {
        var salt = RandomNumberGenerator.GetBytes(FileKey.SaltSize);
        var prefix = RandomNumberGenerator.GetBytes(PrefixSize);
        var line = Encoding.ASCII.GetBytes(string.Create(
            CultureInfo.InvariantCulture, $"{Mark} 1 argon2id {cost.Passes} {cost.KiB} {Convert.ToBase64String(salt)} {Convert.ToBase64String(prefix)}\n"));
        var begun = new SealedFile(FileKey.Derive(passphrase, salt, cost), line, prefix);
        file.Write(line);
        file.Write(begun.Seal([], isLast: false));
        return begun;
    }

    /// <summary>Reads the beginning of a file.</summary>
    /// <exception cref="ProfileException">It is no backup, made by a newer program, or the passphrase is wrong.</exception>
    public static SealedFile Open(Stream file, string path, string passphrase)
    {
        var line = ReadLine(file);
        var parts = Encoding.ASCII.GetString(line).TrimEnd('\n').Split(' ');
        if (parts.Length < 3 || $"{parts[0]} {parts[1]}" != Mark)
        {
            throw new ProfileException(ProfileProblem.BadBackup, path, "it does not begin as one");
        }

        if (parts[2] != "1" && int.TryParse(parts[2], NumberStyles.None, CultureInfo.InvariantCulture, out _))
        {
            throw new ProfileException(ProfileProblem.Newer, path, $"backup version {parts[2]}");
        }

        if (parts is not [_, _, "1", "argon2id", var passes, var memory, var salt, var prefix] || Cost(passes, memory) is not { } cost
            || Bytes(salt, FileKey.SaltSize) is not { } salted || Bytes(prefix, PrefixSize) is not { } nonce)
        {
            throw new ProfileException(ProfileProblem.BadBackup, path, "its first line is damaged");
        }

        var opened = new SealedFile(FileKey.Derive(passphrase, salted, cost), line, nonce);
        var first = new byte[FileKey.TagSize];
        if (file.ReadAtLeast(first, first.Length, throwOnEndOfStream: false) < first.Length)
        {
            throw new ProfileException(ProfileProblem.BadBackup, path, "it ends too early");
        }

        return opened.OpenNext(first, isLast: false) is not null ? opened : throw new ProfileException(ProfileProblem.PassphraseWrong, path, "the first frame does not open");
    }

    /// <summary>Seals the next frame.</summary>
    public byte[] Seal(ReadOnlySpan<byte> plain, bool isLast) => _key.Seal(Nonce(), [.. _line, (byte)(isLast ? 1 : 0)], plain);

    /// <summary>Opens the next frame; null when it is not the one that was written there.</summary>
    public byte[]? OpenNext(ReadOnlySpan<byte> frame, bool isLast) => _key.Open(Nonce(), [.. _line, (byte)(isLast ? 1 : 0)], frame);

    /// <inheritdoc/>
    public void Dispose() => _key.Dispose();

    private byte[] Nonce()
    {
        BinaryPrimitives.WriteUInt64BigEndian(_nonce.AsSpan(PrefixSize), _frame++);
        return _nonce;
    }

    private static byte[] ReadLine(Stream file)
    {
        var line = new List<byte>();
        while (line.Count < LongestLine && (line.Count == 0 || line[^1] != '\n') && file.ReadByte() is >= 0 and var next)
        {
            line.Add((byte)next);
        }

        return [.. line];
    }

    private static PassphraseCost? Cost(string passes, string memory) =>
        int.TryParse(passes, NumberStyles.None, CultureInfo.InvariantCulture, out var times) && int.TryParse(memory, NumberStyles.None, CultureInfo.InvariantCulture, out var kib)
        && new PassphraseCost(times, kib) is { IsBearable: true } cost ? cost : null;

    private static byte[]? Bytes(string text, int size)
    {
        var bytes = new byte[size];
        return text.Length <= 2 * size && Convert.TryFromBase64String(text, bytes, out var length) && length == size ? bytes : null;
    }
}
