// Owns: the lines sent before, to be called back.
// Must never: lose the line that was begun while one looks through them.
namespace Papo.Terminal;

/// <summary>Lines sent before.</summary>
internal sealed class LineHistory
{
    private const int RememberedLines = 500;

    private readonly List<string> _lines = [];
    private int _at; // Count is the line being written
    private string _begun = "";

    /// <summary>A line was sent.</summary>
    public void Add(string line)
    {
        if (line.Length > 0 && (_lines.Count == 0 || _lines[^1] != line))
        {
            _lines.Add(line);
            if (_lines.Count > RememberedLines)
            {
                _lines.RemoveAt(0);
            }
        }

        Leave();
    }

    /// <summary>Another line is being written: back to the end.</summary>
    public void Leave() => (_at, _begun) = (_lines.Count, "");

    /// <summary>The line before; null at the oldest.</summary>
    public string? Earlier(string current) => Go(_at - 1, current);

    /// <summary>The line after, at last the one that was begun; null there.</summary>
    public string? Later(string current) => Go(_at + 1, current);

    private string? Go(int at, string current)
    {
        if (at < 0 || at > _lines.Count)
        {
            return null;
        }

        _begun = _at == _lines.Count ? current : _begun;
        _at = at;
        return at == _lines.Count ? _begun : _lines[at];
    }
}
