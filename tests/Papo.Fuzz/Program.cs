// Owns: the command line of ./fuzz.
// Must never: end with 0 when a reader threw.
using System.Diagnostics;
using System.Globalization;
using Papo.Fuzz;

const int Batch = 2_000;
var seconds = args.Length > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : 60;
var targets = Targets.All.Where(target => args.Length < 2 || target.Name == args[1]).ToList();
var corpus = Corpus.OfSource();
var seed = (ulong)Stopwatch.GetTimestamp();
var bugs = 0;
Console.WriteLine($"seed {seed}, {seconds} s for {targets.Count} readers");
foreach (var target in targets)
{
    var fuzzing = new Fuzzing(target, corpus.Of(target), seed);
    fuzzing.Found += (input, bug) =>
    {
        var place = corpus.Keep(target, input, bug is not null);
        if (bug is not null)
        {
            bugs++;
            Console.WriteLine($"BUG in {target.Name}: {place}\n{bug}");
        }
    };
    fuzzing.Replay();
    for (var start = Stopwatch.GetTimestamp(); Stopwatch.GetElapsedTime(start).TotalSeconds * targets.Count < seconds;)
    {
        fuzzing.Run(Batch);
    }

    Console.WriteLine($"{target.Name}: {fuzzing.Count} inputs, {fuzzing.Outcomes} outcomes");
}

return bugs == 0 ? 0 : 1;
