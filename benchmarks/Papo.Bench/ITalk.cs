// Owns: what every kind of client can do while latency is measured.
// Must never: say how.
namespace Papo.Bench;

/// <summary>Two people of one kind of client, both in the same room.</summary>
internal interface ITalk : IAsyncDisposable
{
    string Kind { get; }

    /// <summary>Says messages at the common pace and answers with the one-way time of each, in microseconds.</summary>
    /// <param name="count">How many.</param>
    /// <param name="back">The second says and the first hears, instead of the other way round.</param>
    Task<IReadOnlyList<double>> SayAsync(int count, bool back);
}
