// Owns: what is simulated, in which order, from the arguments.
// Must never: judge a figure; docs/SCALE.md does.
using Papo.Simulation;

string[] parts = ["heal", "beacons", "partition", "joins"];
var numbers = args.Where(static arg => arg.All(char.IsAsciiDigit)).Select(static arg => int.Parse(arg, System.Globalization.CultureInfo.InvariantCulture)).ToList();
var settings = new Settings(args)
{
    Devices = numbers.Count > 0 ? numbers : [10, 100],
    Parts = args.Intersect(parts).ToHashSet() is { Count: > 0 } named ? named : [.. parts],
    Hubs = args.Contains("hub") ? [true] : args.Contains("nohub") ? [false] : [false, true],
};

var report = new Report(settings.Seed);
foreach (var devices in settings.Devices)
{
    foreach (var withHub in settings.Hubs)
    {
        Parts.Run(settings, devices, withHub, report);
    }
}

report.Save();
