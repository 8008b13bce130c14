// Owns: what was cut out of lines, to be put back.
// Must never: grow without a bound.
namespace Papo.Terminal;

/// <summary>The last texts that were cut out, newest first in use.</summary>
internal sealed class KillRing
{
    private const int MostTexts = 30;

    private readonly List<string> _texts = [];
    private int _at;

    /// <summary>The text to put back; empty when none was cut out.</summary>
    public string Current => _texts.Count == 0 ? "" : _texts[_at];

    /// <summary>A text was cut out.</summary>
    public void Add(string text)
    {
        _texts.Add(text);
        if (_texts.Count > MostTexts)
        {
            _texts.RemoveAt(0);
        }

        _at = _texts.Count - 1;
    }

    /// <summary>More was cut out right after: before or behind the last text.</summary>
    public void Join(string text, bool before)
    {
        if (_texts.Count == 0)
        {
            Add(text);
            return;
        }

        _texts[^1] = before ? text + _texts[^1] : _texts[^1] + text;
        _at = _texts.Count - 1;
    }

    /// <summary>Goes to the text before; after the oldest comes the newest.</summary>
    public void Earlier() => _at = _at > 0 ? _at - 1 : Math.Max(0, _texts.Count - 1);
}
