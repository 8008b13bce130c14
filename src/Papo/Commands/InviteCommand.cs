// Owns: `papo invite`: a link to a room, the list of links into private rooms, and taking one back.
// Must never: make a link into direct messages, or for a room of which this account is no admin.
using System.Globalization;
using Papo.Client;
using Papo.Output;

namespace Papo.Commands;

/// <summary>Makes links.</summary>
internal sealed class InviteCommand(Surroundings around, Entrance entrance)
{
    private static readonly TimeSpan Connecting = TimeSpan.FromSeconds(5);

    /// <summary>Runs.</summary>
    public async Task<int> RunAsync(InviteRequest request, CancellationToken cancellation)
    {
        await using var chat = await entrance.OpenAsync(oneShot: true, keepMessages: false, cancellation);
        var up = await chat.Client.WaitConnectedAsync(Connecting, cancellation);
        if (!up && await chat.Client.SpaceAsync(cancellation) is null)
        {
            around.Say(around.Words.Unreachable(chat.Broker.ToString(), chat.WhyNot(around.Words)));
            return chat.IsRefused ? ExitCode.Refused : ExitCode.Unreachable;
        }

        var code = request switch
        {
            { List: true } => await ListAsync(chat.Client, cancellation),
            { Revoke: { } id } => await RevokeAsync(chat.Client, id, cancellation),
            _ => await MakeAsync(chat, request, cancellation),
        };
        await chat.Client.EndAsync(cancellation);
        return code;
    }

    private async Task<int> MakeAsync(OpenChat chat, InviteRequest request, CancellationToken cancellation)
    {
        var room = request.Target.Room ?? (await chat.EnterAsync(request.Target, Connecting, cancellation)).Room;
        if (await chat.Client.LinkAsync(room, request.ValidFor, cancellation) is not { } link)
        {
            around.Say(around.Words.Member(MemberResult.NotAllowed, "", room.ToString(), isIn: true));
            return ExitCode.Refused;
        }

        await new LinkReport(around).WriteAsync(link, cancellation);
        around.Say(around.Words.LinkHow(room.ToString(), link.Token is null ? null : Time(around.Time.GetUtcNow() + request.ValidFor)));
        return ExitCode.Done;
    }

    private async Task<int> ListAsync(ChatClient client, CancellationToken cancellation)
    {
        var now = around.Time.GetUtcNow();
        foreach (var link in await client.LinksAsync(cancellation))
        {
            var state = link.UsedBy is { } user ? around.Words.LinkUsed(Harmless.Name(user.Name)) : link.Until < now ? around.Words.LinkOver : around.Words.LinkUntil(Time(link.Until));
            around.Out.Write($"{link.Id}  {Harmless.Line(link.Room.ToString())}  {state}");
        }

        return ExitCode.Done;
    }

    private async Task<int> RevokeAsync(ChatClient client, Papo.Protocol.TokenId id, CancellationToken cancellation)
    {
        if (await client.RevokeLinkAsync(id, cancellation))
        {
            return ExitCode.Done;
        }

        around.Say(around.Words.LinkUnknown);
        return ExitCode.Failed;
    }

    private string Time(DateTimeOffset at) => TimeZoneInfo.ConvertTime(at, around.Time.LocalTimeZone).ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);
}
