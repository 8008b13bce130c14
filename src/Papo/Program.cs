// Owns: the wiring: streams, language, command line, command, exit code.
// Must never: hold wording or decide anything a command decides.
using System.Reflection;
using Papo;
using Papo.Commands;
using Papo.Diagnostics;
using Papo.Output;
using Papo.Terminal;
using Papo.Texts;

NativeLibraries.Prepare();
var time = TimeProvider.System;
Func<string, string?> variable = Environment.GetEnvironmentVariable;
var reading = CommandLineReading.Read(args, Language.FromEnvironment(variable), time.GetUtcNow(), time.LocalTimeZone, variable);
var (input, output, error) = (new Descriptor(0), new Descriptor(1), new Descriptor(2));
var obeys = true;
using var console = OperatingSystem.IsWindows() ? WindowsConsole.Prepare(out obeys) : null;
var colour = obeys && !reading.NoColor && string.IsNullOrEmpty(variable("NO_COLOR")) && variable("TERM") != "dumb";
var explicitHome = Entrance.ExplicitHome(variable, reading.Options);
var errorSink = new TextSink(error, new Palette(colour && error.IsTerminal));
var log = new LogFile(LogPlace.Folder(variable, explicitHome), time) { Echo = reading.Options.Verbose ? errorSink : null };
var around = new Surroundings
{
    Variable = variable,
    Input = input,
    Out = new TextSink(output, new Palette(colour && output.IsTerminal)),
    Error = errorSink,
    OutputIsTerminal = output.IsTerminal,
    ErrorIsTerminal = error.IsTerminal,
    ObeysSequences = obeys,
    Log = log,
    Words = Words.For(reading.Language),
    Version = Assembly.GetExecutingAssembly().GetName().Version?.ToString(3) ?? "0",
    Time = time,
};
using var stopping = new Stopping();
var code = await new Dispatch(around, reading.Options, output).RunAsync(reading.Request, stopping);
return code;
