// Owns: reading standard input line by line on a thread of its own, joining lines that end in a backslash.
// Must never: read ahead without a bound, or lose the last line when it has no line end.
using System.Text;
using System.Threading.Channels;

namespace Papo.Terminal;

/// <summary>Lines of a pipe or of a terminal without the line editor.</summary>
internal sealed class LinePump
{
    private const int WaitingLines = 64; // a full channel stops the reading, and the pipe then stops its writer
    private const int LongestLine = 1024 * 1024; // more is cut here; it could not be sent anyway

    private readonly Descriptor _input;
    private readonly Channel<string> _lines = Channel.CreateBounded<string>(WaitingLines);

    /// <summary>Starts reading.</summary>
    public LinePump(Descriptor input)
    {
        _input = input;
        new Thread(Run) { IsBackground = true, Name = "input" }.Start();
    }

    /// <summary>The lines; completed at the end of the input.</summary>
    public ChannelReader<string> Lines => _lines.Reader;

    private void Run()
    {
        var joiner = new LineJoiner(LongestLine);
        var buffer = new byte[16 * 1024];
        int count;
        while ((count = _input.Read(buffer)) > 0)
        {
            foreach (var line in joiner.Add(buffer.AsSpan(0, count)))
            {
                Post(line);
            }
        }

        if (joiner.Rest() is { } last)
        {
            Post(last);
        }

        _lines.Writer.TryComplete();
    }

    // This thread exists to block: reading and waiting for room are all it does.
    private void Post(string line) => _lines.Writer.WriteAsync(line).AsTask().GetAwaiter().GetResult();
}

/// <summary>Cuts bytes into lines and joins those that end in an odd number of backslashes.</summary>
/// <param name="longest">Characters after which a line is cut.</param>
internal sealed class LineJoiner(int longest)
{
    private readonly Decoder _decoder = Encoding.UTF8.GetDecoder();
    private readonly StringBuilder _line = new();
    private readonly StringBuilder _joined = new();

    /// <summary>Takes bytes, gives the lines that are complete.</summary>
    public IReadOnlyList<string> Add(ReadOnlySpan<byte> bytes)
    {
        var characters = new char[Encoding.UTF8.GetMaxCharCount(bytes.Length)];
        var count = _decoder.GetChars(bytes, characters, flush: false);
        List<string> lines = [];
        foreach (var c in characters.AsSpan(0, count))
        {
            if (c != '\n' && _line.Length < longest)
            {
                _line.Append(c);
                continue;
            }

            if (EndLine() is { } line)
            {
                lines.Add(line);
            }

            _line.Append(c == '\n' ? "" : c.ToString());
        }

        return lines;
    }

    /// <summary>What stands after the last line end, or null.</summary>
    public string? Rest()
    {
        if (_line.Length == 0 && _joined.Length == 0)
        {
            return null;
        }

        var rest = _joined.Append(_line).ToString().TrimEnd('\r');
        _joined.Clear();
        _line.Clear();
        return rest;
    }

    private string? EndLine()
    {
        var line = _line.ToString().TrimEnd('\r');
        _line.Clear();
        var slashes = line.Length - line.TrimEnd('\\').Length;
        if (slashes % 2 == 1 && _joined.Length < longest)
        {
            _joined.Append(line, 0, line.Length - 1).Append('\n');
            return null;
        }

        line = _joined.Append(line).ToString();
        _joined.Clear();
        return line;
    }
}
