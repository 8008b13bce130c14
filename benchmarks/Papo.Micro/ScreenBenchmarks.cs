// Owns: what it costs to turn one picture of a screen of 100×30 into the next.
// Must never: write to a terminal.
using BenchmarkDotNet.Attributes;
using Papo.Drawing;

namespace Papo.Micro;

/// <summary>Two pictures in turns.</summary>
public class ScreenBenchmarks
{
    private const int Columns = 100;
    private const int Rows = 30;
    private readonly Painter _painter = new(new TerminalKind(ColourDepth.Palette, true));
    private readonly Canvas[] _pictures = [Picture(0, 0), Picture(0, 1), Picture(1, 0)];
    private int _turn;

    /// <summary>A row was added to what is being written.</summary>
    [Benchmark(Description = "screen: diff, one row differs")]
    public string OneRow() => Turn(1);

    /// <summary>Everything moved up by a row.</summary>
    [Benchmark(Description = "screen: diff, every row differs")]
    public string EveryRow() => Turn(2);

    private static Canvas Picture(int first, int last)
    {
        var canvas = new Canvas();
        canvas.Begin(Columns, Rows, default);
        for (var row = 0; row < Rows; row++)
        {
            var number = row == Rows - 1 ? last : row + first;
            canvas.Put(0, row, $"12:{number:D2} ana  mensagem {number * 7919}: o barco sai às dez, levem café e pão", default);
        }

        return canvas;
    }

    private string Turn(int other)
    {
        _turn = _turn == 0 ? other : 0;
        var next = _painter.Next;
        next.Begin(Columns, Rows, default);
        for (var row = 0; row < Rows; row++)
        {
            next.Take(_pictures[_turn], row);
        }

        return _painter.Update();
    }
}
