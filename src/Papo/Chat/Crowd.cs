// Owns: folding arrivals and departures, so that a burst is one line and a short absence none.
// Must never: read a clock.
namespace Papo.Chat;

/// <summary>Arrivals and departures that wait to be told.</summary>
internal sealed class Crowd
{
    /// <summary>How long a burst is gathered.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    private readonly List<string> _came = [];
    private readonly List<string> _left = [];
    private DateTimeOffset? _since;

    /// <summary>Somebody came; right after having left, nothing happened.</summary>
    public void Came(string name, DateTimeOffset now) => Note(name, _came, _left, now);

    /// <summary>Somebody left; right after having come, nothing happened.</summary>
    public void Left(string name, DateTimeOffset now) => Note(name, _left, _came, now);

    /// <summary>Who came and who left, when the burst is over; empty before.</summary>
    public (IReadOnlyList<string> Came, IReadOnlyList<string> Left) Take(DateTimeOffset now)
    {
        if (_since is not { } since || now - since < Patience)
        {
            return ([], []);
        }

        (IReadOnlyList<string>, IReadOnlyList<string>) taken = ([.. _came], [.. _left]);
        _came.Clear();
        _left.Clear();
        _since = null;
        return taken;
    }

    private void Note(string name, List<string> to, List<string> opposite, DateTimeOffset now)
    {
        if (!opposite.Remove(name) && !to.Contains(name))
        {
            to.Add(name);
        }

        _since ??= now;
    }
}
