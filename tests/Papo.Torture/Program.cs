// Owns: which part of the torture this process plays: a member, a hub, the forger, or whoever runs them all.
// Must never: decide anything else.
using System.Runtime.InteropServices;
using Papo.Torture;
using Papo.Torture.Actors;
using Papo.Torture.Soak;

const int Interrupted = 130;
return args switch
{
    ["member", .. var rest] => await MemberMode.RunAsync(rest),
    ["linked", .. var rest] => await LinkedMode.RunAsync(rest),
    ["hub", .. var rest] => await HubMode.RunAsync(rest),
    ["forger", .. var rest] => await ForgerMode.RunAsync(rest),
    _ => await TortureAsync(args),
};

static async Task<int> TortureAsync(string[] arguments)
{
    if (Settings.Read(arguments) is { } settings)
    {
        var artifacts = Path.Combine("artifacts", "torture");
        using var stop = new CancellationTokenSource();
        using var interrupted = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
        using var terminated = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
        try
        {
            return settings.Soak is { } time ? await SoakRun.RunAsync(settings.First, time, artifacts, stop.Token) : await Seeds.RunAsync(settings, artifacts, stop.Token);
        }
        catch (OperationCanceledException)
        {
            return Interrupted;
        }

        // The world that runs is taken down first.
        void Stop(PosixSignalContext signal)
        {
            signal.Cancel = true;
            stop.Cancel();
        }
    }

    await Console.Error.WriteLineAsync(Settings.Usage);
    return 2;
}
