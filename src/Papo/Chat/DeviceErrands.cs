// Owns: what /devices asks of the library, and which computer a person means.
// Must never: take a computer off before the person has said yes.
using Papo.Client;
using Papo.Hosting;
using Papo.Output;

namespace Papo.Chat;

/// <summary>Computers of this account: listed, named, taken off, linked.</summary>
internal static class DeviceErrands
{
    private const int ShortestId = 4;

    /// <summary>Runs one; the answer.</summary>
    public static async Task<ChatEvent> RunAsync(ChatClient client, DeviceEffect effect, CancellationToken cancellation) => effect.Act switch
    {
        DeviceAct.List => new DeviceAnswer(await client.CopiesAsync(cancellation), null, null, OnlyHere: false),
        DeviceAct.Confirm => new DeviceAnswer(null, null, await client.ConfirmLinkingAsync(effect.Text, cancellation), OnlyHere: false),
        DeviceAct.Refuse => new DeviceAnswer(null, null, await client.RefuseLinkingAsync(cancellation), OnlyHere: false),
        DeviceAct.Link => await LinkAsync(client, cancellation),
        _ => await ChangeAsync(client, effect, cancellation),
    };

    /// <summary>The computer of this name, or whose id begins so; null where none or several do.</summary>
    public static AccountCopy? Find(IReadOnlyList<AccountCopy> copies, string given) =>
        copies.Where(copy => string.Equals(copy.Name, given, StringComparison.OrdinalIgnoreCase)).ToList() is [var named] ? named
        : given.Length >= ShortestId && copies.Where(copy => copy.Copy.ToString().StartsWith(given, StringComparison.OrdinalIgnoreCase)).ToList() is [var found] ? found
        : null;

    /// <summary>How a computer is called in a sentence.</summary>
    public static string NameOf(AccountCopy copy) => copy.Name.Length > 0 ? Harmless.Name(copy.Name) : copy.Copy.ToString()[..8];

    private static async Task<ChatEvent> LinkAsync(ChatClient client, CancellationToken cancellation)
    {
        if (await client.OpenLinkingAsync(cancellation) is not { } link)
        {
            return new DeviceAnswer(null, null, null, OnlyHere: false);
        }

        var reachable = await ReachableAddress.FindAsync(link.Broker, cancellation);
        return new DeviceAnswer(null, link with { Broker = reachable ?? link.Broker }, null, reachable is null);
    }

    private static async Task<ChatEvent> ChangeAsync(ChatClient client, DeviceEffect effect, CancellationToken cancellation)
    {
        var copies = await client.CopiesAsync(cancellation);
        if (Find(copies, effect.Text) is not { } copy)
        {
            return new DeviceChanged(DeviceOutcome.Unknown, Harmless.Line(effect.Text), effect.Text);
        }

        if (effect.Name is { } name)
        {
            return new DeviceChanged(await client.NameCopyAsync(copy.Copy, name, cancellation) ? DeviceOutcome.Named : DeviceOutcome.NotHere, name.Text, effect.Text);
        }

        var outcome = !copy.IsLinked ? DeviceOutcome.HoldsKey
            : copies.Any(static other => other is { IsThis: true, IsLinked: true }) ? DeviceOutcome.NotHere
            : effect.Act == DeviceAct.Ask ? DeviceOutcome.Asked
            : await client.RemoveCopyAsync(copy.Copy, cancellation) ? DeviceOutcome.TakenOff : DeviceOutcome.NotHere;
        return new DeviceChanged(outcome, NameOf(copy), effect.Text);
    }
}
