// Owns: what the face asks of links: making one whole, and going where one leads.
// Must never: touch the engine outside its loop.
using Papo.Client.Wire;
using Papo.Protocol;

namespace Papo.Client.Engine;

/// <summary>Links as a caller uses them.</summary>
internal sealed class Links(Calls calls, ChatOptions options)
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(250);

    /// <summary>A link to a room, as this client reaches the broker.</summary>
    public async Task<InviteLink?> MakeAsync(Room room, TimeSpan validFor, CancellationToken cancellation)
    {
        InviteLink? link = null;
        await calls.DoAsync(engine => link = Make(engine.Context, room, validFor), cancellation).ConfigureAwait(false);
        return link;
    }

    /// <summary>Asks until somebody has let this account in, said no, or the time is up.</summary>
    public async Task<EnterResult> EnterAsync(ChatClient client, InviteLink link, TimeSpan limit, CancellationToken cancellation)
    {
        var begun = options.Time.GetTimestamp();
        if (!await client.WaitConnectedAsync(limit, cancellation).ConfigureAwait(false))
        {
            return EnterResult.NotConnected;
        }

        if (await client.SpaceAsync(cancellation).ConfigureAwait(false) != link.Space)
        {
            return EnterResult.OtherSpace;
        }

        if (link.Room is not { IsPrivate: true } room)
        {
            await client.JoinAsync(link.Room ?? Room.General, cancellation).ConfigureAwait(false);
            return EnterResult.Done;
        }

        while (true)
        {
            var answer = await PresentAsync(link, cancellation).ConfigureAwait(false);
            if (answer == EnterResult.Done && await calls.AskAsync(engine => engine.Context.Links.IsIn(room), cancellation).ConfigureAwait(false))
            {
                return EnterResult.Done;
            }

            if (answer is not (EnterResult.Done or EnterResult.NobodyThere) || options.Time.GetElapsedTime(begun) > limit)
            {
                return answer == EnterResult.Done && !client.Joined.Contains(room) ? EnterResult.NobodyThere : answer;
            }

            await Task.Delay(Pause, options.Time, cancellation).ConfigureAwait(false);
        }
    }

    /// <summary>A link for one more copy of this account.</summary>
    public static InviteLink? Open(EngineContext context, ChatOptions options) => context.Self is { } self && context.Linking.Open() is { } token
        ? Whole(self, options) with { Room = null, Account = self.Account, Device = self.Device, Token = token }
        : null;

    private static InviteLink Whole(Self self, ChatOptions options) => new()
    {
        Broker = options.Broker,
        Root = options.Root,
        Space = self.Space,
        BrokerKey = options.Broker.IsSecure && options.Credentials.CaFile is null ? new CertificatePins(options.Profile.Path, static _ => { }).Find(options.Broker) : null,
    };

    private InviteLink? Make(EngineContext context, Room room, TimeSpan validFor)
    {
        if (context.Self is not { } self)
        {
            return null;
        }

        var token = room.IsPrivate ? context.Links.Make(room, validFor) : null;
        return room.IsPrivate && token is null ? null : Whole(self, options) with { Room = room, Account = token is null ? null : self.Account, Token = token };
    }

    // In the loop the member may already be in when it asks: then nobody needs to be asked again.
    private async Task<EnterResult> PresentAsync(InviteLink link, CancellationToken cancellation)
    {
        var answer = new TaskCompletionSource<EnterResult>(TaskCreationOptions.RunContinuationsAsynchronously);
        calls.Post(engine =>
        {
            if (engine.Context.Links.IsIn(link.Room!))
            {
                answer.TrySetResult(EnterResult.Done);
            }
            else if (engine.Context.IsUp)
            {
                engine.Context.Links.Present(link, result => answer.TrySetResult(result));
            }
            else
            {
                answer.TrySetResult(EnterResult.NobodyThere);
            }
        });
        return await answer.Task.WaitAsync(cancellation).ConfigureAwait(false);
    }
}
