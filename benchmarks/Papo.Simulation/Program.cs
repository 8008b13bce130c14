using System.Diagnostics;
using Papo.Simulation;

var n = int.Parse(args[0]);
var began = Stopwatch.GetTimestamp();
using var world = new World(1);
world.Arrive(n, 30_000);
Console.WriteLine($"arrived {Stopwatch.GetElapsedTime(began)} {world.Time.Happened} events, {Process.GetCurrentProcess().WorkingSet64 >> 20} MB, caught up {world.Devices.Count(d => d.IsCaughtUp)}");
foreach (var d in world.Devices.Take(20)) { d.Say("hello"); world.Run(500); }
world.Run(20 * 60_000);
Console.WriteLine($"rest {Stopwatch.GetElapsedTime(began)} {world.Time.Happened} events, {Process.GetCurrentProcess().WorkingSet64 >> 20} MB, digests {world.Devices.Select(d => d.Digest).Distinct().Count()}, logs {world.Devices[0].Room.Book.Logs.Count}");
foreach (var s in Enum.GetValues<Sort>()) Console.WriteLine($"{s} {world.Broker.Traffic[s]}");
