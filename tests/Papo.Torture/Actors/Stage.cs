// Owns: standard input and output of a process of a world: commands in, lines of JSON out.
// Must never: let two lines mix, or outlive whoever started the process.
using System.Globalization;
using System.Text;

namespace Papo.Torture.Actors;

/// <summary>A command: its number, its name, its words.</summary>
internal sealed record Command(int Number, string Name, string[] Words)
{
    /// <summary>What stands after this many words, with its spaces.</summary>
    public string Rest(int words) => string.Join(' ', Words.Skip(words));
}

/// <summary>How an actor hears and answers.</summary>
internal sealed class Stage : IDisposable
{
    private readonly Lock _gate = new();
    private readonly StreamWriter _out = new(Console.OpenStandardOutput(), new UTF8Encoding(false)) { AutoFlush = true };
    private readonly StreamReader _in = new(Console.OpenStandardInput(), new UTF8Encoding(false));

    /// <summary>Tells something; it has left the process when this returns.</summary>
    public void Tell(Told told)
    {
        lock (_gate)
        {
            _out.WriteLine(told.ToLine());
        }
    }

    /// <summary>The next command; null at the end.</summary>
    public async Task<Command?> NextAsync()
    {
        var line = await _in.ReadLineAsync();
        if (line is null)
        {
            return null;
        }

        var words = line.Split(' ');
        return new Command(int.Parse(words[0], CultureInfo.InvariantCulture), words[1], words[2..]);
    }

    public void Dispose()
    {
        _out.Dispose();
        _in.Dispose();
    }
}
