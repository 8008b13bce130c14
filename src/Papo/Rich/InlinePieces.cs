// Owns: turning what was found in a line into the pieces that are shown.
// Must never: show a sign that did its work, or hide one that did not.
namespace Papo.Rich;

/// <summary>Writes the pieces of one line.</summary>
internal sealed class InlinePieces
{
    private readonly string _text;
    private readonly Style _base;
    private readonly List<Piece> _pieces;
    private Address? _link;
    private int _linkStart;
    private int _bold;
    private int _italic;
    private int _strike;

    private InlinePieces(string text, Style plain, List<Piece> pieces) => (_text, _base, _pieces) = (text, plain, pieces);

    private Face Face => _base.Face
        | (_bold > 0 ? Face.Bold : Face.None)
        | (_italic > 0 ? Face.Italic : Face.None)
        | (_strike > 0 ? Face.Strike : Face.None);

    /// <summary>Adds the pieces of a stretch of a message to others.</summary>
    public static void Write(string text, int start, int end, Style plain, RichContext context, List<Piece> pieces)
    {
        var writer = new InlinePieces(text, plain, pieces);
        var at = start;
        foreach (var token in InlineReader.Read(text, start, end, context))
        {
            writer.Add(at, token.At, writer._base.Tone);
            writer.Add(token);
            at = token.End;
        }

        writer.Add(at, end, writer._base.Tone);
    }

    private void Add(InlineToken token)
    {
        switch (token.Kind)
        {
            case InlineKind.Emphasis:
                AddEmphasis(token);
                break;
            case InlineKind.Code:
                Add(token.At, token.End, Tone.Code, runsRight: true);
                break;
            case InlineKind.Address when _link is null:
                _pieces.Add(new Piece(_text, token.At, token.Length, new Style(Tone.Link, Face, token.Address!.Target), null, RunsRight: true));
                AddHost(token.Address, token.At, token.End);
                break;
            case InlineKind.LinkStart:
                (_link, _linkStart) = (token.Address, token.End);
                break;
            case InlineKind.LinkEnd:
                _link = null;
                AddHost(token.Address!, _linkStart, token.At, token.End);
                break;
            case InlineKind.Name:
                Add(token.At, token.End, token.Tone);
                break;
            case InlineKind.Literal or InlineKind.Address:
                Add(token.At, token.End, _base.Tone);
                break;
            default:
                break; // a sign
        }
    }

    private void AddEmphasis(InlineToken token)
    {
        var ended = 0;
        foreach (var face in token.Ends)
        {
            Turn(face, -1);
            ended += InlineToken.SignsOf(face);
        }

        Add(token.At + ended, token.At + ended + token.Free, _base.Tone);
        foreach (var face in token.Begins)
        {
            Turn(face, 1);
        }
    }

    private void Turn(Face face, int by)
    {
        _bold += face == Face.Bold ? by : 0;
        _italic += face == Face.Italic ? by : 0;
        _strike += face == Face.Strike ? by : 0;
    }

    // Nobody is made a fool of: a text that looks like an address elsewhere is followed by the host that it leads to.
    private void AddHost(Address address, int start, int end, int? anchor = null)
    {
        if (address.IsDisguisedBy(_text[start..end]))
        {
            var host = $" ({address.Host})";
            _pieces.Add(new Piece(host, 0, host.Length, new Style(Tone.Quiet, _base.Face), anchor ?? end));
        }
    }

    private void Add(int start, int end, Tone tone, bool runsRight = false)
    {
        if (end > start)
        {
            var style = _link is null ? new Style(tone, Face) : new Style(tone == Tone.Code ? Tone.Code : Tone.Link, Face, _link.Target);
            _pieces.Add(new Piece(_text, start, end - start, style, null, runsRight));
        }
    }
}
