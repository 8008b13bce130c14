// Owns: which part of the torture this process plays: a member, a hub, the forger, or whoever runs them all.
// Must never: decide anything else.
using Papo.Torture;
using Papo.Torture.Actors;
using Papo.Torture.Soak;

return args switch
{
    ["member", .. var rest] => await MemberMode.RunAsync(rest),
    ["hub", .. var rest] => await HubMode.RunAsync(rest),
    ["forger", .. var rest] => await ForgerMode.RunAsync(rest),
    _ => await TortureAsync(args),
};

static async Task<int> TortureAsync(string[] arguments)
{
    if (Settings.Read(arguments) is { } settings)
    {
        var artifacts = Path.Combine("artifacts", "torture");
        return settings.Soak is { } time ? await SoakRun.RunAsync(settings.First, time, artifacts) : await Seeds.RunAsync(settings, artifacts);
    }

    await Console.Error.WriteLineAsync(Settings.Usage);
    return 2;
}
