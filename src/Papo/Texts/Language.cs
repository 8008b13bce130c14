// Owns: which language the program speaks: the flag, else the environment, else the system.
// Must never: touch CultureInfo; under invariant globalization there are no cultures (docs/decisions/0021-texts.md).
using System.Runtime.InteropServices;
using System.Runtime.Versioning;

namespace Papo.Texts;

/// <summary>A language there are texts in.</summary>
internal readonly partial record struct Language(string Tag)
{
    /// <summary>English, also where nothing says otherwise.</summary>
    public static Language English => new("en");

    /// <summary>Brazilian Portuguese, taken for every Portuguese.</summary>
    public static Language BrazilianPortuguese => new("pt-BR");

    /// <summary>Takes <c>en</c>, <c>pt-BR</c> and what locales call them.</summary>
    public static bool TryParse(string? text, out Language language)
    {
        var tag = (text ?? "").Trim();
        var isPortuguese = IsOf(tag, "pt");
        language = isPortuguese ? BrazilianPortuguese : English;
        return isPortuguese || IsOf(tag, "en");
    }

    /// <summary>The language of the environment: LC_ALL, LC_MESSAGES, LANG in this order, then the system's.</summary>
    public static Language FromEnvironment(Func<string, string?> variable)
    {
        foreach (var name in (string[])["LC_ALL", "LC_MESSAGES", "LANG"])
        {
            if (variable(name) is { Length: > 0 } locale)
            {
                return IsOf(locale, "pt") ? BrazilianPortuguese : English;
            }
        }

        return OperatingSystem.IsWindows() && TryParse(WindowsLocale(), out var language) ? language : English;
    }

    private static bool IsOf(string tag, string language) =>
        tag.StartsWith(language, StringComparison.OrdinalIgnoreCase) && (tag.Length == language.Length || tag[language.Length] is '-' or '_' or '.' or '@');

    [SupportedOSPlatform("windows")]
    private static string WindowsLocale()
    {
        var name = new char[85]; // LOCALE_NAME_MAX_LENGTH
        var length = GetUserDefaultLocaleName(name, name.Length);
        return length > 1 ? new string(name, 0, length - 1) : "";
    }

    [LibraryImport("kernel32", StringMarshalling = StringMarshalling.Utf16)]
    [SupportedOSPlatform("windows")]
    private static partial int GetUserDefaultLocaleName([Out] char[] name, int size);
}
