// Owns: in which order the characters of a row stand on a screen: the Unicode bidirectional algorithm (UAX #9) for implicit levels.
// Must never: know explicit embeddings, overrides or isolates: they are not harmless and never get here.
namespace Papo.Rich;

/// <summary>Levels of a paragraph and the order of its rows. Even levels run to the right, odd ones to the left.</summary>
internal static class Bidi
{
    private const int DeepestBrackets = 63; // BD16

    /// <summary>1 when the first strong character runs from the right, else 0 (P2, P3).</summary>
    public static byte ParagraphLevel(ReadOnlySpan<BidiClass> classes)
    {
        var strong = classes.IndexOfAny(BidiClass.L, BidiClass.R, BidiClass.AL);
        return strong >= 0 && classes[strong] != BidiClass.L ? (byte)1 : (byte)0;
    }

    /// <summary>Whether a code point may be anything but left to right, quickly: it is not among the ranges of the scripts that run from the right.</summary>
    public static bool MayRunLeft(int codePoint) =>
        codePoint is (>= 0x0590 and <= 0x08FF) or 0x200F or (>= 0xFB1D and <= 0xFEFC) or (>= 0x10800 and <= 0x10FFF) or (>= 0x1E800 and <= 0x1EFFF);

    /// <summary>The level of each character of a paragraph.</summary>
    /// <param name="classes">The class of each character; changed on the way.</param>
    /// <param name="characters">The characters, where they can be brackets.</param>
    /// <param name="paragraph">The level of the paragraph.</param>
    /// <param name="levels">Takes the levels.</param>
    public static void Resolve(Span<BidiClass> classes, ReadOnlySpan<char> characters, byte paragraph, Span<byte> levels)
    {
        var edge = paragraph == 0 ? BidiClass.L : BidiClass.R;
        ResolveMarksAndNumbers(classes, edge);
        ResolveSeparators(classes, edge);
        ResolveBrackets(classes, characters, edge);
        ResolveNeutrals(classes, edge);
        for (var at = 0; at < classes.Length; at++)
        {
            var runsRight = classes[at] == BidiClass.L;
            var number = classes[at] is BidiClass.EN or BidiClass.AN;
            levels[at] = (byte)(paragraph == 0 ? (runsRight ? 0 : number ? 2 : 1) : (runsRight || number ? 2 : 1)); // I1, I2
        }
    }

    /// <summary>The places of a row from the left to the right, by level (L2).</summary>
    public static void Order(ReadOnlySpan<byte> levels, Span<int> places)
    {
        byte highest = 0;
        for (var at = 0; at < levels.Length; at++)
        {
            places[at] = at;
            highest = Math.Max(highest, levels[at]);
        }

        for (int level = highest; level > 0; level--)
        {
            for (var at = 0; at < levels.Length; at++)
            {
                var start = at;
                while (at < levels.Length && levels[places[at]] >= level)
                {
                    at++;
                }

                places[start..at].Reverse();
            }
        }
    }

    // W1 to W3: marks are like what they stand on, numbers after Arabic letters are Arabic, Arabic letters run as Hebrew does.
    private static void ResolveMarksAndNumbers(Span<BidiClass> classes, BidiClass edge)
    {
        BidiClass before = edge, strong = edge;
        for (var at = 0; at < classes.Length; at++)
        {
            var own = classes[at] == BidiClass.NSM ? before : classes[at];
            before = own;
            if (own is BidiClass.L or BidiClass.R or BidiClass.AL)
            {
                strong = own;
            }

            classes[at] = own switch
            {
                BidiClass.EN when strong == BidiClass.AL => BidiClass.AN,
                BidiClass.AL => BidiClass.R,
                _ => own,
            };
        }
    }

    // W4 to W7: separators and signs that belong to numbers become part of them, all others are neutral.
    private static void ResolveSeparators(Span<BidiClass> classes, BidiClass edge)
    {
        for (var at = 1; at < classes.Length - 1; at++)
        {
            var before = classes[at - 1];
            var joins = classes[at] == BidiClass.CS ? before is BidiClass.EN or BidiClass.AN : classes[at] == BidiClass.ES && before == BidiClass.EN;
            classes[at] = joins && classes[at + 1] == before ? before : classes[at];
        }

        for (var at = 0; at < classes.Length;)
        {
            var end = classes[at..].IndexOfAnyExcept(BidiClass.ET) is var length and >= 0 ? at + length : classes.Length;
            if (end > at && ((at > 0 && classes[at - 1] == BidiClass.EN) || (end < classes.Length && classes[end] == BidiClass.EN)))
            {
                classes[at..end].Fill(BidiClass.EN);
            }

            at = end + 1;
        }

        var strong = edge;
        foreach (ref var own in classes)
        {
            strong = own is BidiClass.L or BidiClass.R ? own : strong;
            own = own switch
            {
                BidiClass.ES or BidiClass.ET or BidiClass.CS => BidiClass.ON,
                BidiClass.EN when strong == BidiClass.L => BidiClass.L,
                _ => own,
            };
        }
    }

    // N0: a pair of brackets runs as the paragraph does when that direction is inside, else as what is around it does.
    private static void ResolveBrackets(Span<BidiClass> classes, ReadOnlySpan<char> characters, BidiClass edge)
    {
        foreach (var (open, close) in Pairs(classes, characters))
        {
            bool same = false, other = false;
            for (var at = open + 1; at < close && !same; at++)
            {
                var direction = Direction(classes[at]);
                same = direction == edge;
                other |= direction != BidiClass.ON && direction != edge;
            }

            if (same)
            {
                classes[open] = classes[close] = edge;
            }
            else if (other)
            {
                var before = edge;
                for (var at = open - 1; at >= 0; at--)
                {
                    if (Direction(classes[at]) is var direction and not BidiClass.ON)
                    {
                        before = direction;
                        break;
                    }
                }

                classes[open] = classes[close] = before; // the other direction when it is before them too, else the paragraph's
            }
        }
    }

    // BD16: by the place of the opening bracket.
    private static List<(int Open, int Close)> Pairs(ReadOnlySpan<BidiClass> classes, ReadOnlySpan<char> characters)
    {
        var pairs = new List<(int Open, int Close)>();
        var open = new List<(int At, int Pair)>();
        for (var at = 0; at < classes.Length; at++)
        {
            if (classes[at] != BidiClass.ON || Mirrors.Pair(characters[at], out var opens) is not (>= 0 and var pair))
            {
                continue;
            }

            if (opens)
            {
                if (open.Count == DeepestBrackets)
                {
                    break;
                }

                open.Add((at, pair));
                continue;
            }

            var match = open.FindLastIndex(candidate => candidate.Pair == pair);
            if (match >= 0)
            {
                pairs.Add((open[match].At, at));
                open.RemoveRange(match, open.Count - match);
            }
        }

        pairs.Sort();
        return pairs;
    }

    // N1, N2: neutrals run as both of their neighbours do, else as the paragraph does.
    private static void ResolveNeutrals(Span<BidiClass> classes, BidiClass edge)
    {
        for (var at = 0; at < classes.Length; at++)
        {
            if (Direction(classes[at]) != BidiClass.ON)
            {
                continue;
            }

            var end = at;
            while (end < classes.Length && Direction(classes[end]) == BidiClass.ON)
            {
                end++;
            }

            var before = at == 0 ? edge : Direction(classes[at - 1]);
            var after = end == classes.Length ? edge : Direction(classes[end]);
            classes[at..end].Fill(before == after ? before : edge);
            at = end;
        }
    }

    // Numbers run as right-to-left text does where neutrals look at them.
    private static BidiClass Direction(BidiClass own) => own switch
    {
        BidiClass.L => BidiClass.L,
        BidiClass.R or BidiClass.EN or BidiClass.AN => BidiClass.R,
        _ => BidiClass.ON,
    };
}
