// Owns: the list of every text the program can show; a language is a class that has them all, so a missing one does not compile.
// Must never: decide when something is said, or hold text of one language.
using System.Globalization;

namespace Papo.Texts;

/// <summary>Every text of the program. Foreign text handed in must be harmless already.</summary>
internal abstract partial class Words
{
    /// <summary>The tag of the language, as <c>--lang</c> takes it.</summary>
    public abstract string Tag { get; }

    /// <summary>The words for a tag that <see cref="Language.TryParse"/> accepted.</summary>
    public static Words For(Language language) => language == Language.BrazilianPortuguese ? new Portuguese() : new English();

    /// <summary>A day as a person would write it on a letter.</summary>
    public abstract string Day(DateOnly day);

    /// <summary>A day where there is little room.</summary>
    public abstract string ShortDay(DateOnly day);

    /// <summary>Some names as a sentence takes them: <c>ana, bia and 2 others</c>.</summary>
    public abstract string Names(IReadOnlyList<string> names);

    /// <summary>A number, always with ASCII digits.</summary>
    protected static string Number(long count) => count.ToString(CultureInfo.InvariantCulture);

    /// <summary>One or many.</summary>
    protected static string Plural(long count, string one, string many) => count == 1 ? one : many.Replace("{n}", Number(count), StringComparison.Ordinal);

    /// <summary>Names joined with commas and, before the last one, the language's "and".</summary>
    protected static string Join(IReadOnlyList<string> names, string and, Func<int, string> others)
    {
        const int shown = 3;
        if (names.Count > shown + 1)
        {
            return $"{string.Join(", ", names.Take(shown))} {and} {others(names.Count - shown)}";
        }

        return names.Count < 2 ? string.Concat(names) : $"{string.Join(", ", names.SkipLast(1))} {and} {names[^1]}";
    }
}
