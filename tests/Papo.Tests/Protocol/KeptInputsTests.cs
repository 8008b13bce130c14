// Owns: every reader of bytes from outside on the inputs that are kept (spec/corpora), those that once broke it too, and on some made of them.
// Must never: change what is kept; ./fuzz does.
using Papo.Fuzz;

namespace Papo.Tests.Protocol;

public sealed class KeptInputsTests
{
    private const int Made = 1_000;
    private const ulong Seed = 2026;

    public static TheoryData<string> Readers => [.. Targets.All.Select(static target => target.Name)];

    [Theory]
    [MemberData(nameof(Readers))]
    public void No_reader_throws(string name)
    {
        var target = Targets.All.Single(target => target.Name == name);
        var fuzzing = new Fuzzing(target, Corpus.OfSource().Of(target), Seed);
        fuzzing.Found += static (input, bug) => Assert.True(bug is null, $"{Convert.ToHexString(input)}: {bug}");

        fuzzing.Replay();
        fuzzing.Run(Made);
        Assert.InRange(fuzzing.Outcomes, 2, int.MaxValue); // more than refusal
    }
}
