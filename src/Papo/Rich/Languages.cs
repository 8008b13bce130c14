// Owns: the languages whose code is highlighted.
// Must never: know how.
using System.Collections.Frozen;

namespace Papo.Rich;

/// <summary>The table of languages.</summary>
internal static class Languages
{
    private static readonly Stretch DoubleQuotes = Stretch.Text("\"");
    private static readonly Stretch SingleQuotes = Stretch.Text("'");
    private static readonly Stretch Character = Stretch.Text("'", Stretch.Character);
    private static readonly Stretch SlashStar = Stretch.Comment("/*", "*/");

    private static readonly Language[] All =
    [
        new Language { Names = "cs csharp c#", LineComments = ["//"], Stretches = [SlashStar, Stretch.LongText("\"\"\"", "\"\"\""), Stretch.LongText("@\"", "\""), DoubleQuotes, Character] }
            .With("abstract as async await base bool break byte case catch char checked class const continue decimal default delegate do double else enum event "
                + "explicit extern false finally fixed float for foreach get global goto if implicit in init int interface internal is lock long nameof namespace new not null "
                + "object operator or out override params partial private protected public readonly record ref required return sbyte sealed set short sizeof stackalloc static "
                + "string struct switch this throw true try typeof uint ulong unchecked unsafe ushort using var virtual void volatile when where while with yield"),
        new Language { Names = "java", LineComments = ["//"], Stretches = [SlashStar, Stretch.LongText("\"\"\"", "\"\"\"", escapes: true), DoubleQuotes, Character] }
            .With("abstract assert boolean break byte case catch char class const continue default do double else enum extends false final finally float for goto if "
                + "implements import instanceof int interface long native new null package permits private protected public record return sealed short static strictfp super "
                + "switch synchronized this throw throws transient true try var void volatile while yield"),
        new Language { Names = "js javascript jsx mjs ts typescript tsx", LineComments = ["//"], Stretches = [SlashStar, Stretch.LongText("`", "`", escapes: true), DoubleQuotes, SingleQuotes] }
            .With("abstract any as async await boolean break case catch class const continue debugger declare default delete do else enum export extends false finally for "
                + "from function get if implements import in instanceof interface keyof let namespace never new null number of private protected public readonly return set "
                + "static string super switch symbol this throw true try type typeof undefined unknown var void while with yield"),
        new Language { Names = "go golang", LineComments = ["//"], Stretches = [SlashStar, Stretch.LongText("`", "`"), DoubleQuotes, Character] }
            .With("any bool break byte case chan const continue default defer else error fallthrough false float32 float64 for func go goto if import int int32 int64 "
                + "interface iota make map new nil package range return rune select string struct switch true type uint uint32 uint64 uint8 var"),
        new Language { Names = "rs rust", LineComments = ["//"], Stretches = [SlashStar, Stretch.LongText("r#\"", "\"#"), Stretch.LongText("\"", "\"", escapes: true), Character] }
            .With("Self as async await bool break char const continue crate dyn else enum extern f32 f64 false fn for i16 i32 i64 i8 if impl in isize let loop match mod move "
                + "mut pub ref return self static str struct super trait true type u16 u32 u64 u8 union unsafe use usize where while"),
        new Language { Names = "c h cpp c++ cc cxx hpp", LineComments = ["//"], Stretches = [SlashStar, Stretch.LongText("R\"(", ")\""), DoubleQuotes, Character] }
            .With("alignas alignof auto bool break case catch char char16_t char32_t class co_await co_return co_yield concept const const_cast consteval constexpr continue "
                + "decltype default delete do double dynamic_cast else enum explicit export extern false float for friend goto if inline int long mutable namespace new "
                + "noexcept nullptr operator private protected public register reinterpret_cast requires return short signed sizeof static static_assert static_cast struct "
                + "switch template this throw true try typedef typename union unsigned using virtual void volatile wchar_t while"),
        new Language { Names = "py python python3", LineComments = ["#"], Stretches = [Stretch.LongText("\"\"\"", "\"\"\"", escapes: true), Stretch.LongText("'''", "'''", escapes: true), DoubleQuotes, SingleQuotes] }
            .With("False None True and as assert async await break case class continue def del elif else except finally for from global if import in is lambda match nonlocal "
                + "not or pass raise return self try while with yield"),
        new Language { Names = "sh bash shell zsh console", LineComments = ["#"], Stretches = [Stretch.LongText("\"", "\"", escapes: true), Stretch.LongText("'", "'")] }
            .With("alias break case cd continue do done echo elif else esac eval exec exit export false fi for function if in local read readonly return select set shift "
                + "source sudo test then trap true unset until while"),
        new Language { Names = "sql postgres postgresql sqlite mysql psql", LineComments = ["--"], Stretches = [SlashStar, Stretch.LongText("'", "'"), new Stretch("\"", "\"", Tone.CodeString, Escapes: false)] }
            .With("add all alter and as asc begin between by case cascade check column commit constraint create cross database default delete desc distinct drop else end exists "
                + "explain false foreign from full group having if in index inner insert into is join key left like limit not null offset on or order outer primary references "
                + "returning right rollback select set strict table then transaction true union unique update using values view when where with without", ignoreCase: true),
        new Language { Names = "json jsonc json5", LineComments = ["//"], Stretches = [SlashStar, DoubleQuotes], KeySigns = ":" }.With("true false null"),
        new Language { Names = "yaml yml", LineComments = ["#"], Stretches = [DoubleQuotes, SingleQuotes], KeySigns = ":" }.With("true false null yes no on off"),
        new Language { Names = "toml ini conf cfg properties env", LineComments = ["#", ";"], Stretches = [Stretch.LongText("\"\"\"", "\"\"\""), DoubleQuotes, SingleQuotes], KeySigns = "=" }
            .With("true false yes no on off"),
        new Language { Names = "diff patch", IsDiff = true },
    ];

    private static readonly FrozenDictionary<string, Language> ByName =
        All.SelectMany(static language => language.Names.Split(' ').Select(name => (name, language))).ToFrozenDictionary(static pair => pair.name, static pair => pair.language, StringComparer.OrdinalIgnoreCase);

    /// <summary>The language that stands behind a fence; null when it is unknown.</summary>
    public static Language? Find(ReadOnlySpan<char> afterFence)
    {
        var end = afterFence.IndexOfAny(" ,{:");
        return ByName.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(end < 0 ? afterFence : afterFence[..end], out var language) ? language : null;
    }
}
