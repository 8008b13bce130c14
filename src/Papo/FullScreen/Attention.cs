// Owns: how a terminal draws its user's attention.
// Must never: put anything into a sequence that could end it early.
using Papo.Output;

namespace Papo.FullScreen;

/// <summary>Notifications, also over SSH.</summary>
internal static class Attention
{
    private const int Longest = 120;

    /// <summary>The sequence for one notification; empty where none is wanted.</summary>
    public static string Of(Preferences preferences, AttentionEffect attention) => preferences["notify"] switch
    {
        "bell" => "\a",
        "desktop" => $"\e]777;notify;{Clean(attention.Title)};{Clean(attention.Text)}\e\\\a",
        _ => "",
    };

    private static string Clean(string text) => TextWidth.Cut(Harmless.Line(text).Replace(';', ','), Longest);
}
