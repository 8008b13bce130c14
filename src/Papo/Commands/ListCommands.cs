// Owns: `papo rooms` and `papo who`.
// Must never: show presence that was not heard: without a connection they say so.
using Papo.Chat;
using Papo.Output;

namespace Papo.Commands;

/// <summary>Prints lists.</summary>
internal sealed class ListCommands(Surroundings around, Entrance entrance)
{
    private static readonly TimeSpan Connecting = TimeSpan.FromSeconds(5);

    private LineContext Context => new(around.Words, around.Time.LocalTimeZone);

    /// <summary><c>papo rooms</c>.</summary>
    public async Task<int> RoomsAsync(RoomsRequest request, CancellationToken cancellation)
    {
        await using var chat = await entrance.OpenAsync(oneShot: true, keepMessages: false, cancellation);
        var up = await ConnectAsync(chat, cancellation);
        var rooms = await chat.Client.RoomsAsync(cancellation);
        if (request.Json)
        {
            rooms.Select(JsonLines.Room).ToList().ForEach(around.Out.Write);
        }
        else
        {
            around.Out.Write(ListLines.Rooms(rooms, Context));
        }

        return await EndAsync(chat, up, cancellation);
    }

    /// <summary><c>papo who</c>.</summary>
    public async Task<int> WhoAsync(WhoRequest request, CancellationToken cancellation)
    {
        await using var chat = await entrance.OpenAsync(oneShot: true, keepMessages: false, cancellation);
        if (!await ConnectAsync(chat, cancellation))
        {
            return await EndAsync(chat, up: false, cancellation);
        }

        var people = await chat.Client.WhoAsync(request.Room, cancellation);
        if (request.Json)
        {
            people.Select(JsonLines.Person).ToList().ForEach(around.Out.Write);
        }
        else
        {
            around.Out.Write(ListLines.People(people, Context));
        }

        if (people.Count == 0 && !request.Json)
        {
            around.Say(around.Words.NobodyHere);
        }

        return await EndAsync(chat, up: true, cancellation);
    }

    private async Task<bool> ConnectAsync(OpenChat chat, CancellationToken cancellation)
    {
        if (await chat.Client.WaitConnectedAsync(Connecting, cancellation))
        {
            return true;
        }

        around.Say(around.Words.Unreachable(chat.Broker.ToString(), chat.WhyNot(around.Words)));
        return false;
    }

    private static async Task<int> EndAsync(OpenChat chat, bool up, CancellationToken cancellation)
    {
        var code = up ? ExitCode.Done : chat.IsRefused ? ExitCode.Refused : ExitCode.Unreachable;
        await chat.Client.EndAsync(cancellation);
        return code;
    }
}
