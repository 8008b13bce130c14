// Owns: one run over one target.
// Must never: stop at the first bug, or report one bug a thousand times.
namespace Papo.Fuzz;

/// <summary>Feeds a target with what is kept of it and with what is made of that.</summary>
internal sealed class Fuzzing(Target target, IReadOnlyList<byte[]> kept, ulong seed)
{
    private const int MostKept = 24;
    private const int LargestKept = 2_048; // bytes; a crash is kept whatever its size
    private readonly Mutator _mutator = new(new Dice(seed));
    private readonly HashSet<string> _outcomes = [];
    private readonly HashSet<string> _bugs = [];
    private readonly List<byte[]> _pool = [.. target.Examples, .. kept];

    /// <summary>An outcome that was not seen before, or a bug: its exception.</summary>
    public event Action<byte[], Exception?>? Found;

    /// <summary>Inputs fed so far.</summary>
    public long Count { get; private set; }

    /// <summary>Different outcomes seen.</summary>
    public int Outcomes => _outcomes.Count;

    /// <summary>All that is known, as it is.</summary>
    public void Replay()
    {
        foreach (var input in _pool.ToList())
        {
            Feed(input, isNew: false);
        }
    }

    /// <summary>So many new ones.</summary>
    public void Run(int count)
    {
        for (var i = 0; i < count; i++)
        {
            Feed(_mutator.Make(_pool), isNew: true);
        }
    }

    private void Feed(byte[] input, bool isNew)
    {
        Count++;
        try
        {
            var outcome = target.Read(input)?.ToString() ?? "refused";
            if (input.Length <= LargestKept && _outcomes.Count < MostKept && _outcomes.Add(outcome) && isNew)
            {
                _pool.Add(input);
                Found?.Invoke(input, null);
            }
        }
#pragma warning disable CA1031 // whatever it throws is what is looked for
        catch (Exception bug)
#pragma warning restore CA1031
        {
            if (_bugs.Add($"{bug.GetType()} {bug.StackTrace?.Split('\n')[0]}"))
            {
                Found?.Invoke(input, bug);
            }
        }
    }
}
