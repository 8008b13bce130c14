// Owns: what it costs to know how wide a text is and where its rows end.
// Must never: measure ASCII alone; people write more than that.
using BenchmarkDotNet.Attributes;
using Papo.Output;
using Papo.Rich;

namespace Papo.Micro;

/// <summary>One line, and one message of several rows.</summary>
public class TextBenchmarks
{
    private const int Columns = 60;
    private static readonly string Message = string.Join(' ', Enumerable.Repeat("o **barco** sai às `dez` e @bia leva https://example.org/manual para o porto", 4));
    private readonly string _line = "a reunião é amanhã às dez, tragam café ☕ e as 漢字 do relatório, por favor 👩‍🚀";
    private readonly RichContext _context = new(["ana"], ["bia", "caio"]);

    /// <summary>A line with wide characters and a joined emoji.</summary>
    [Benchmark(Description = "text: width of a line of 80")]
    public int Width() => TextWidth.Of(_line);

    /// <summary>Words, emphasis, code, a name and a link, four times.</summary>
    [Benchmark(Description = "text: lay out a message of 6 rows")]
    public object Wrap() => RichText.Lay(Message, Columns, _context);
}
