// Owns: which addresses become links, and what stands in them.
// Must never: make a link of any other scheme, or put anything but visible ASCII into one.
using System.Buffers;
using System.Globalization;
using System.Text;

namespace Papo.Rich;

/// <summary>An address somebody can follow.</summary>
/// <param name="Target">The address, everything beyond ASCII percent-encoded.</param>
/// <param name="Host">Where it really leads, as written.</param>
internal sealed record Address(string Target, string Host)
{
    /// <summary>Longer ones stay text.</summary>
    public const int Longest = 2_048;

    private const string Mail = "mailto:";
    private const int LongestScheme = 6;
    private const string Signs = "-._~:/?#@!$&'()*+,;=%";
    private const string NeverLast = ".,;:!?'*_~";

    private static readonly SearchValues<char> NumericHost = SearchValues.Create("[0123456789abcdefABCDEF:.");

    // With two slashes a host follows, without them whatever the scheme says.
    private static readonly string[] Schemes = ["http://", "https://", "mqtt://", "mqtts://", "papo:", Mail];
    private static readonly char[] Decoration = [.. ".,;!()\"'<>*_~`"];

    /// <summary>Takes a whole text as an address; null when it is none.</summary>
    public static Address? Of(ReadOnlySpan<char> text)
    {
        var scheme = Scheme(text);
        return scheme is null || text.Length > Longest || Length(text, scheme) != text.Length || HostOf(text, scheme) is not { Length: > 0 } host
            ? null
            : new Address(Encode(text), host);
    }

    /// <summary>Finds a bare address around the colon of its scheme.</summary>
    /// <returns>Its place in the text, or null.</returns>
    public static (int At, int Length, Address Address)? Around(string text, int colon, int from, int end)
    {
        var at = colon;
        while (at > from && colon - at < LongestScheme && char.IsAsciiLetter(text[at - 1]))
        {
            at--;
        }

        if (at == colon || (at > 0 && (char.IsAsciiLetterOrDigit(text[at - 1]) || Names.IsWord(text[at - 1]))))
        {
            return null;
        }

        var rest = text.AsSpan(at, Math.Min(end - at, Longest + 1));
        if (Scheme(rest) is not { } scheme)
        {
            return null;
        }

        var length = Trimmed(rest[..Length(rest, scheme)]);
        return Of(rest[..length]) is { } address ? (at, length, address) : null;
    }

    /// <summary>Whether a text looks like an address that leads somewhere else.</summary>
    public bool IsDisguisedBy(string text)
    {
        var visible = string.Concat(text.EnumerateRunes().Where(static rune => Rune.GetUnicodeCategory(rune) != UnicodeCategory.Format));
        foreach (var word in visible.Replace('。', '.').Replace('．', '.').Replace('｡', '.').Replace('․', '.').Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))
        {
            var shown = Authority(WithoutScheme(word)).Trim(Decoration);
            if (LooksLikeHost(shown) && !WithoutWww(shown).Equals(WithoutWww(Host), StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return false;
    }

    private static string WithoutWww(string host) => host.StartsWith("www.", StringComparison.OrdinalIgnoreCase) ? host[4..] : host;

    private static string WithoutScheme(string word)
    {
        var slashes = word.IndexOf("//", StringComparison.Ordinal);
        return slashes >= 0 ? word[(slashes + 2)..] : word.StartsWith(Mail, StringComparison.OrdinalIgnoreCase) ? word[Mail.Length..] : word;
    }

    private static string? Scheme(ReadOnlySpan<char> text)
    {
        foreach (var scheme in Schemes)
        {
            if (text.StartsWith(scheme, StringComparison.OrdinalIgnoreCase))
            {
                return scheme;
            }
        }

        return null;
    }

    private static int Length(ReadOnlySpan<char> text, string scheme)
    {
        var at = scheme.Length;
        if (at < text.Length && text[at] == '[' && scheme[^1] == '/')
        {
            at += text[at..].IndexOfAnyExcept(NumericHost) is var close and > 0 && text[at + close] == ']' ? close + 1 : 0;
        }

        while (at < text.Length && Rune.DecodeFromUtf16(text[at..], out var rune, out var units) == OperationStatus.Done && IsAllowed(rune))
        {
            at += units;
        }

        return at;
    }

    private static bool IsAllowed(Rune rune) => rune.IsAscii
        ? char.IsAsciiLetterOrDigit((char)rune.Value) || Signs.Contains((char)rune.Value, StringComparison.Ordinal)
        : Rune.IsLetterOrDigit(rune) || Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark;

    // What ends a sentence is not part of the address, nor is a bracket that was opened before it.
    private static int Trimmed(ReadOnlySpan<char> text)
    {
        var unopened = text.Count(')') - text.Count('(');
        while (text.Length > 0 && (NeverLast.Contains(text[^1], StringComparison.Ordinal) || (text[^1] == ')' && unopened > 0)))
        {
            unopened -= text[^1] == ')' ? 1 : 0;
            text = text[..^1];
        }

        return text.Length;
    }

    private static string HostOf(ReadOnlySpan<char> text, string scheme)
    {
        var rest = text[scheme.Length..];
        rest = rest.StartsWith("//") ? rest[2..] : rest;
        var authority = Authority(rest.ToString());
        var at = authority.LastIndexOf('@');
        return scheme == Mail ? (at > 0 && at < authority.Length - 1 ? authority : "") : WithoutPort(authority[(at + 1)..]);
    }

    private static string Authority(string rest)
    {
        var end = rest.AsSpan().IndexOfAny("/?#\\");
        return WithoutPort(end < 0 ? rest : rest[..end]);
    }

    private static string WithoutPort(string authority)
    {
        var colon = authority.LastIndexOf(':');
        return colon < 0 || authority.AsSpan(colon + 1).ContainsAnyExceptInRange('0', '9') ? authority : authority[..colon];
    }

    // Two names with a dot between them, the last one of at least two letters or, in the address of a machine, of digits.
    private static bool LooksLikeHost(string text)
    {
        var dot = text.LastIndexOf('.');
        var last = text.AsSpan(dot + 1);
        return dot > 0 && text[dot - 1] != '.' && ((last.Length > 1 && AllLetters(last)) || (last.Length > 0 && text.Count('.') == 3 && !last.ContainsAnyExceptInRange('0', '9')));
    }

    private static bool AllLetters(ReadOnlySpan<char> text)
    {
        foreach (var c in text)
        {
            if (!char.IsLetter(c) && !char.IsSurrogate(c))
            {
                return false;
            }
        }

        return true;
    }

    private static string Encode(ReadOnlySpan<char> text)
    {
        var target = new StringBuilder(text.Length);
        Span<byte> utf8 = stackalloc byte[4];
        foreach (var rune in text.EnumerateRunes())
        {
            if (rune.IsAscii)
            {
                target.Append((char)rune.Value);
                continue;
            }

            foreach (var unit in utf8[..rune.EncodeToUtf8(utf8)])
            {
                target.Append(CultureInfo.InvariantCulture, $"%{unit:X2}");
            }
        }

        return target.ToString();
    }
}
