// Owns: what a hub writes down of somebody without keys: the name he gave, and his text.
// Must never: say who he was; nobody knows.
using System.Diagnostics.CodeAnalysis;
using System.Text;
using System.Text.Unicode;

namespace Papo.Protocol;

/// <summary>The body of an entry of kind <see cref="EntryKind.Guest"/>: the name, a line feed, the text; UTF-8.</summary>
public sealed record GuestLine(string Name, string Text)
{
    private const byte LineFeed = 10; // no name has one

    /// <summary>Encodes.</summary>
    public byte[] Encode() => Encoding.UTF8.GetBytes($"{Name}\n{Text}");

    /// <summary>Reads; false without a name of <see cref="DisplayName"/> or without a text.</summary>
    public static bool TryRead(ReadOnlySpan<byte> body, [NotNullWhen(true)] out GuestLine? line)
    {
        line = null;
        var cut = body.IndexOf(LineFeed);
        if (cut <= 0 || cut == body.Length - 1 || body.Length - cut - 1 > Limits.Text || !Utf8.IsValid(body))
        {
            return false;
        }

        if (DisplayName.TryParse(Encoding.UTF8.GetString(body[..cut]), out var name) == NameProblem.None)
        {
            line = new GuestLine(name!.Text, Encoding.UTF8.GetString(body[(cut + 1)..]));
        }

        return line is not null;
    }
}
