// Owns: characters of a console, as they come, into bytes.
// Must never: cut a character in two that came in two reads.
using System.Text;

namespace Papo.Terminal;

/// <summary>UTF-16 in pieces into UTF-8.</summary>
internal sealed class CharacterBytes
{
    private readonly Encoder _encoder = Encoding.UTF8.GetEncoder();

    /// <summary>How many characters may be read into a buffer of so many bytes: one more may wait from before.</summary>
    public static int Room(int bytes) => Math.Max(1, (bytes / 3) - 1);

    /// <summary>The bytes of what came; 0 when it was but the first half of a character.</summary>
    public int Encode(ReadOnlySpan<char> characters, Span<byte> buffer) => _encoder.GetBytes(characters, buffer, flush: false);
}
