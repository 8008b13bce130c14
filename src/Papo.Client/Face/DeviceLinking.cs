// Owns: linking this computer to somebody's account: the new copy's side, from the link to a profile on the disk.
// Must never: leave anything behind where it did not come about, or take certificates that are not the account's for its own keys.
using Papo.Client.Engine;
using Papo.Protocol;

namespace Papo.Client;

/// <summary>How linking ended on the new copy.</summary>
public enum LinkingResult
{
    /// <summary>The profile is there, and the account knows it.</summary>
    Done,

    /// <summary>The profile is there; the account lists it once the other computer is in the chat again.</summary>
    NotListedYet,

    /// <summary>No connection in that time.</summary>
    NotConnected,

    /// <summary>Another community is at that address now.</summary>
    OtherSpace,

    /// <summary>The computer that made the link is not in the chat, or does not answer any more.</summary>
    NobodyThere,

    /// <summary>The link is good no more: refused, over, or never was.</summary>
    Refused,

    /// <summary>Another computer came with this link first: somebody else has it.</summary>
    Used,

    /// <summary>There is a profile of this name on this computer; nothing was asked for.</summary>
    NameTaken,
}

/// <summary>Links this computer to the account of a link (docs/PROTOCOL.md, Linked copies).</summary>
/// <param name="home">Where the profile is made.</param>
/// <param name="connect">How a profile connects to the broker of the link.</param>
/// <param name="time">Time source.</param>
public sealed class DeviceLinking(Home home, Func<Profile, ChatOptions> connect, TimeProvider time)
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan Arriving = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);

    /// <summary>Asks, shows the code, and makes the profile once the other side has confirmed.</summary>
    /// <param name="link">A link without a room.</param>
    /// <param name="copyName">What this computer is to be called.</param>
    /// <param name="localName">Under which name the profile is kept here; null: the account's.</param>
    /// <param name="showCode">Told the account's name and the code to type there.</param>
    /// <param name="cancellation">Ends it; nothing is left behind.</param>
    public async Task<(LinkingResult Result, DisplayName? Name)> RunAsync(InviteLink link, DisplayName copyName, DisplayName? localName, Action<string, string> showCode, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(link);
        ArgumentNullException.ThrowIfNull(showCode);
        var (result, name) = await AskAsync(link, copyName, localName, showCode, cancellation).ConfigureAwait(false);
        if (result != LinkingResult.Done)
        {
            return (result, name);
        }

        using var profile = home.Open(name!);
        var client = await ChatClient.OpenAsync(connect(profile) with { OneShot = true }, cancellation).ConfigureAwait(false);
        await using (client.ConfigureAwait(false))
        {
            var draining = DrainAsync(client);
            var isListed = await UntilListedAsync(client, cancellation).ConfigureAwait(false);
            await client.EndAsync(cancellation).ConfigureAwait(false);
            await draining.ConfigureAwait(false);
            return (isListed ? LinkingResult.Done : LinkingResult.NotListedYet, name);
        }
    }

    private async Task<(LinkingResult Result, DisplayName? Name)> AskAsync(InviteLink link, DisplayName copyName, DisplayName? localName, Action<string, string> showCode, CancellationToken cancellation)
    {
        PrivateFile.MakeFolder(home.Path);
        Workshops.Sweep(home.Path);
        var visitor = Profile.Open(Workshops.Own(home.Path), copyName, null, home.Platform);
        try
        {
            var client = await ChatClient.OpenAsync(connect(visitor) with { OneShot = true }, cancellation).ConfigureAwait(false);
            await using (client.ConfigureAwait(false))
            {
                var draining = DrainAsync(client);
                var result = await AskAsync(client, visitor, link, copyName, localName, showCode, cancellation).ConfigureAwait(false);
                await client.EndAsync(cancellation).ConfigureAwait(false);
                await draining.ConfigureAwait(false);
                return result;
            }
        }
        finally
        {
            visitor.Dispose();
            Directory.Delete(visitor.Path, recursive: true);
        }
    }

    private async Task<(LinkingResult Result, DisplayName? Name)> AskAsync(ChatClient client, Profile visitor, InviteLink link, DisplayName copyName, DisplayName? localName, Action<string, string> showCode, CancellationToken cancellation)
    {
        if (!await client.WaitConnectedAsync(Arriving, cancellation).ConfigureAwait(false))
        {
            return (LinkingResult.NotConnected, null);
        }

        if (await client.SpaceAsync(cancellation).ConfigureAwait(false) != link.Space)
        {
            return (LinkingResult.OtherSpace, null);
        }

        var asking = new NewCopy(link, copyName);
        var (begun, heard) = (time.GetTimestamp(), time.GetTimestamp());
        var isShown = false;
        while (true)
        {
            var answer = await client.AskLinkAsync(asking, cancellation).ConfigureAwait(false);
            if (answer.Answer is { IsGranted: true } granted && asking.TryIdentity(granted, client.Space!, out var who))
            {
                var name = localName ?? who.Name;
                connect(visitor).Fault?.Invoke(FaultPoints.Certified);
                LinkedProfile.Make(home.Folder(name), visitor.Path, who, client.Space!, connect(visitor).Broker.ToString(), granted.Rooms.Where(room => room.IsFor(link.Account!.Value)).ToList());
                connect(visitor).Fault?.Invoke(FaultPoints.Linked);
                return (LinkingResult.Done, name);
            }

            if (answer.Answer is { } first && !isShown)
            {
                if (Directory.Exists(home.Folder(localName ?? first.Name)))
                {
                    return (LinkingResult.NameTaken, localName ?? first.Name);
                }

                isShown = true;
                showCode(first.Name.Text, answer.Code);
            }

            if (answer.Status is ReplyStatus.Ok)
            {
                heard = time.GetTimestamp();
            }
            else if (answer.Status is { } no)
            {
                return (no == ReplyStatus.Used ? LinkingResult.Used : LinkingResult.Refused, null);
            }

            if (time.GetElapsedTime(heard) > Arriving || time.GetElapsedTime(begun) > Patience)
            {
                return (LinkingResult.NobodyThere, null);
            }

            await Task.Delay(Pause, time, cancellation).ConfigureAwait(false);
        }
    }

    private async Task<bool> UntilListedAsync(ChatClient client, CancellationToken cancellation)
    {
        await client.WaitConnectedAsync(Arriving, cancellation).ConfigureAwait(false);
        for (var begun = time.GetTimestamp(); time.GetElapsedTime(begun) < Arriving;)
        {
            if ((await client.CopiesAsync(cancellation).ConfigureAwait(false)).Any(static copy => copy.IsThis))
            {
                await client.CatchUpAsync(null, Arriving, cancellation).ConfigureAwait(false);
                return true;
            }

            await Task.Delay(Pause, time, cancellation).ConfigureAwait(false);
        }

        return false;
    }

    // The library waits for whoever reads its changes; here nobody needs them.
    private static async Task DrainAsync(ChatClient client)
    {
        while (await client.Changes.WaitToReadAsync().ConfigureAwait(false))
        {
            client.Changes.TryRead(out _);
        }
    }
}
