// Owns: the lines of a message: quotes, lists, titles, blocks of code.
// Must never: carry anything from one line to the next but a block of code.
namespace Papo.Rich;

/// <summary>Lays out one message.</summary>
internal sealed class MessageLayout
{
    private const string Bullet = "• ";
    private const int DeepestCode = 8;

    private readonly string _text;
    private readonly int _width;
    private readonly RichContext _context;
    private readonly List<Row> _rows = [];
    private readonly List<Piece> _pieces = [];
    private readonly RowFold _fold;

    // By depth and sign: where a fence had no end before, a longer one has none either, and nobody looks twice.
    private readonly (int Fence, int Until)[] _withoutEnd = new (int, int)[2 * (DeepestCode + 1)];

    private MessageLayout(string text, int width, RichContext context)
    {
        (_text, _width, _context) = (text, width, context);
        _fold = new RowFold(text, width, _rows);
    }

    /// <summary>The rows of a harmless text.</summary>
    public static List<Row> Rows(string text, int width, RichContext context)
    {
        var layout = new MessageLayout(text, width, context);
        for (var at = 0; at <= text.Length;)
        {
            var line = MessageLine.At(text, at);
            at = (layout.EndOfCode(line) is { } end ? layout.AddCode(line, end) : layout.AddLine(line)) + 1;
        }

        return layout._rows;
    }

    private int AddLine(MessageLine line)
    {
        _pieces.Clear();
        var (indent, sign) = (line.Indent, line.ListSign);
        var at = line.Content + indent;
        var plain = new Style(line.Depth > 0 ? Tone.Quote : Tone.Text, line.IsHeading ? Face.Bold : Face.None);
        if (indent > 0)
        {
            _pieces.Add(new Piece(_text, line.Content, indent, plain));
        }

        if (sign > 0)
        {
            var marker = new Style(Tone.Marker);
            _pieces.Add(line.IsNumbered ? new Piece(_text, at, sign, marker) : new Piece(Bullet, 0, Bullet.Length, marker, at));
        }

        InlinePieces.Write(_text, at + sign, line.End, plain, _context, _pieces);
        var bars = Bars(line);
        var hang = indent + sign;
        _fold.Add(new FoldedLine(line.Start, line.End, bars, (RowFold.Bar.Length * bars) + hang > _width / 2 ? 0 : hang, Code: false), _pieces);
        return line.End;
    }

    private int AddCode(MessageLine fence, MessageLine end)
    {
        var code = new CodeReader(Languages.Find(fence.AfterFence));
        var rows = _rows.Count;
        for (var line = MessageLine.At(_text, fence.End + 1, fence.Depth); line.Start < end.Start; line = MessageLine.At(_text, line.End + 1, fence.Depth))
        {
            _pieces.Clear();
            code.Read(_text, line.Content, line.End, _pieces);
            _fold.Add(new FoldedLine(line.Start, line.End, Bars(line), 0, Code: true), _pieces);
        }

        if (_rows.Count == rows)
        {
            _rows.Add(new Row([], 0, Soft: false, Code: true));
        }

        return end.End;
    }

    // A block without an end is no block: it stays as it was typed.
    private MessageLine? EndOfCode(MessageLine line)
    {
        var fence = line.Fence;
        if (fence == 0 || line.Depth > DeepestCode)
        {
            return null;
        }

        ref var withoutEnd = ref _withoutEnd[(2 * line.Depth) + (line.Span[line.Indent] == '~' ? 1 : 0)];
        if (fence >= withoutEnd.Fence && line.Start < withoutEnd.Until)
        {
            return null;
        }

        var next = line;
        while (next.End < _text.Length && next.Depth == line.Depth)
        {
            next = MessageLine.At(_text, next.End + 1, line.Depth);
            if (next.EndsCode(line))
            {
                return next;
            }
        }

        withoutEnd = (fence, next.End);
        return null;
    }

    // Half of the row at least is left for the text.
    private int Bars(MessageLine line) => Math.Min(line.Depth, _width / (2 * RowFold.Bar.Length));
}
