// Owns: writing whole lines of text, each in one write, so that lines of several processes never mix.
// Must never: buffer across calls; a line that was told is out.
using System.Text;
using Papo.Terminal;

namespace Papo.Output;

/// <summary>Standard output or standard error, as lines.</summary>
internal sealed class TextSink(Descriptor descriptor, Palette palette)
{
    /// <summary>How lines are coloured here.</summary>
    public Palette Palette { get; } = palette;

    /// <summary>Completes when nobody reads any more.</summary>
    public Task WhenClosed() => descriptor.WhenClosed();

    /// <summary>Writes lines, in one write.</summary>
    public void Write(IEnumerable<StyledLine> lines)
    {
        var text = new StringBuilder();
        foreach (var line in lines)
        {
            text.Append(Palette.Render(line)).Append('\n');
        }

        Raw(text.ToString());
    }

    /// <summary>Writes one line.</summary>
    public void Write(StyledLine line) => Raw(Palette.Render(line) + "\n");

    /// <summary>Writes one line of harmless text.</summary>
    public void Write(string line) => Raw(line + "\n");

    /// <summary>Writes a sentence of harmless text; a terminal gets it broken between words.</summary>
    public void Sentence(string sentence) => Raw((descriptor.IsTerminal ? string.Join('\n', WordWrap.Lines(sentence, RawTerminal.Size().Columns)) : sentence) + "\n");

    /// <summary>Writes text as it is: prompts, and what a terminal obeys.</summary>
    public void Raw(string text)
    {
        if (text.Length > 0)
        {
            descriptor.Write(Encoding.UTF8.GetBytes(text));
        }
    }
}
