// Owns: which signs of emphasis belong together.
// Must never: search twice for the same sign: what was passed over without success stays text.
namespace Papo.Rich;

/// <summary>Pairs signs of emphasis: nested, never within words, never at spaces.</summary>
internal sealed class Emphasis
{
    private const string Signs = "*_~";

    private readonly string _text;
    private readonly List<InlineToken> _open = [];
    private readonly int[] _openOfSign = new int[Signs.Length];

    private Emphasis(string text) => _text = text;

    /// <summary>Tells the tokens of a line where stretches begin and end.</summary>
    public static void Pair(List<InlineToken> tokens, string text)
    {
        var emphasis = new Emphasis(text);
        foreach (var token in tokens)
        {
            if (token.Kind == InlineKind.Emphasis)
            {
                emphasis.Pass(token);
            }
        }
    }

    private void Pass(InlineToken token)
    {
        var sign = Signs.IndexOf(_text[token.At], StringComparison.Ordinal);
        while (token.Free > 0 && _openOfSign[sign] > 0 && MayEnd(token))
        {
            End(token);
        }

        if (token.Free > 0 && MayBegin(token))
        {
            _open.Add(token);
            _openOfSign[sign]++;
        }
    }

    // What was begun within a stretch that ends here and did not end itself stays text.
    private void End(InlineToken end)
    {
        while (_text[_open[^1].At] != _text[end.At])
        {
            Close();
        }

        var begin = _open[^1];
        var face = _text[end.At] == '~' ? Face.Strike : begin.Free >= 2 && end.Free >= 2 ? Face.Bold : Face.Italic;
        begin.Begins.Add(face);
        end.Ends.Add(face);
        begin.Free -= InlineToken.SignsOf(face);
        end.Free -= InlineToken.SignsOf(face);
        if (begin.Free == 0)
        {
            Close();
        }
    }

    private void Close()
    {
        _openOfSign[Signs.IndexOf(_text[_open[^1].At], StringComparison.Ordinal)]--;
        _open.RemoveAt(_open.Count - 1);
    }

    private bool MayBegin(InlineToken token) =>
        token.End < _text.Length && !char.IsWhiteSpace(_text[token.End]) && !(token.At > 0 && Names.IsWord(_text[token.At - 1]));

    private bool MayEnd(InlineToken token) =>
        token.At > 0 && !char.IsWhiteSpace(_text[token.At - 1]) && !(token.End < _text.Length && Names.IsWord(_text[token.End]));
}
