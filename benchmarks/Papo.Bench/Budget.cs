// Owns: how many bytes a message may allocate before a change is refused.
// Must never: be raised to let a change through without a word in docs/PERFORMANCE.md.
using System.Globalization;

namespace Papo.Bench;

/// <summary>The lines of <c>benchmarks/allocations.budget</c>: bytes, then what.</summary>
internal static class Budget
{
    private const string File = "benchmarks/allocations.budget";

    /// <summary>Whether all of them are kept; says which is not.</summary>
    public static bool IsKept(IReadOnlyList<AllocationRow> rows)
    {
        var kept = true;
        foreach (var line in System.IO.File.ReadLines(File).Where(static line => line.Length > 0 && line[0] != '#'))
        {
            var cut = line.IndexOf(' ', StringComparison.Ordinal);
            var (most, what) = (long.Parse(line.AsSpan(0, cut), CultureInfo.InvariantCulture), line[(cut + 1)..]);
            var row = rows.SingleOrDefault(row => row.What == what) ?? throw new InvalidOperationException($"{File} names something that is not measured: {what}");
            if (row.Bytes > most)
            {
                Console.Error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"over the budget: {what} allocates {row.Bytes} bytes, {most} are allowed ({File})"));
                kept = false;
            }
        }

        return kept;
    }
}
