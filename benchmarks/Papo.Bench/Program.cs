// Owns: what is asked for, and where the report goes.
// Must never: judge a figure; the tables and docs/PERFORMANCE.md do.
using System.Globalization;
using Papo.Bench;
using Papo.Client.Wire;

if (args is ["plot", var run, var picture])
{
    LatencyPlot.Draw(run, picture);
    return 0;
}

if (args is ["speak", var address, var count, var rate, var days] && BrokerAddress.TryParse(address, out var where, out _))
{
    await Speak.RunAsync(where, Number(count), Number(rate), Number(days));
    return 0;

    static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);
}

if (args is ["listen", var listener, var place])
{
    await ListeningProcess.ListenAsync(listener, place);
    return 0;
}

string[] parts = [.. Parts.Quick, .. Parts.Slow];
var named = args.Where(parts.Contains).ToHashSet();
var size = args.Contains("full") ? Size.Full : named.Count > 0 ? Size.Short : Size.Quick;
if (args.Select(static part => int.TryParse(part, out var number) ? number : 0).FirstOrDefault(static number => number > 0) is var entries and > 0)
{
    size = size with { Archive = entries };
}

var report = new Report(size);
var asked = new Parts(size, report, named.Count > 0 ? named : args.Contains("full") ? [.. parts] : [.. Parts.Quick], args);
for (var begun = 0; begun < (size == Size.Quick ? Size.QuickRuns : 1); begun++)
{
    report.BeginRun();
    await asked.RunAsync();
}

report.Save();
return !args.Contains("gate") || Budget.IsKept(report.Allocations) ? 0 : 1;
