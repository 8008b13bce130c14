// Owns: `papo join LINK`: going where a link leads, and on a terminal staying there.
// Must never: go to another broker or community than the link names.
using Papo.Client;
using Papo.Protocol;
using Papo.Terminal;

namespace Papo.Commands;

/// <summary>Follows a link.</summary>
internal sealed class JoinCommand(Surroundings around, GlobalOptions options, Questions questions, Descriptor output)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);

    /// <summary>Runs.</summary>
    public async Task<int> RunAsync(JoinRequest request, CancellationToken cancellation)
    {
        var link = request.Link;
        var there = options with { Broker = options.Broker ?? link.Broker.ToString(), Root = link.Root, TrustedKey = options.TrustedKey ?? link.BrokerKey };
        if (link.Room is null)
        {
            return await LinkAsync(link, there, cancellation);
        }

        var name = await new NameChoice(around, there, new Entrance(around, there, questions), questions).ChooseAsync(cancellation);
        if (name is null)
        {
            return ExitCode.Done; // the terminal was closed at the question
        }

        there = there with { Name = name };
        var entrance = new Entrance(around, there, questions);
        var (room, code) = await EnterAsync(entrance, link, cancellation);
        if (room is null)
        {
            return code;
        }

        if (around.MayEdit)
        {
            return await new ChatCommand(around, there, entrance, questions, output) { Start = room }.RunAsync(cancellation);
        }

        around.Out.Write(around.Words.LinkEntered(Output.Harmless.Line(room.ToString())));
        return ExitCode.Done;
    }

    private async Task<int> LinkAsync(InviteLink link, GlobalOptions there, CancellationToken cancellation)
    {
        var entrance = new Entrance(around, there, questions);
        var broker = entrance.Finder.Named()!;
        var credentials = await entrance.CredentialsAsync(broker, cancellation);
        var (name, code) = await new LinkingCommand(around, entrance, questions).FollowAsync(link, profile => entrance.Options(profile, broker, credentials, oneShot: true), options.Name, cancellation);
        if (name is null)
        {
            return code;
        }

        entrance.Home.SavedBroker = broker.ToString();
        there = there with { Name = name };
        return around.MayEdit ? await new ChatCommand(around, there, new Entrance(around, there, questions), questions, output).RunAsync(cancellation) : code;
    }

    private async Task<(Room? Room, int Code)> EnterAsync(Entrance entrance, InviteLink link, CancellationToken cancellation)
    {
        await using var chat = await entrance.OpenAsync(oneShot: true, keepMessages: false, cancellation);
        var result = await chat.Client.EnterAsync(link, Patience, cancellation);
        if (result != EnterResult.Done)
        {
            around.Say(result == EnterResult.NotConnected ? around.Words.Unreachable(chat.Broker.ToString(), chat.WhyNot(around.Words)) : around.Words.LinkRefused(result));
            return (null, Code(result, chat));
        }

        await chat.Client.CatchUpAsync(link.Room!, Patience, cancellation);
        entrance.Home.SavedBroker = chat.Broker.ToString();
        var room = chat.Client.Joined.First(room => room == link.Room);
        await chat.Client.EndAsync(cancellation);
        return (room, ExitCode.Done);
    }

    private static int Code(EnterResult result, OpenChat chat) => result switch
    {
        EnterResult.NotConnected => chat.IsRefused ? ExitCode.Refused : ExitCode.Unreachable,
        EnterResult.NobodyThere => ExitCode.NotConfirmed,
        _ => ExitCode.Refused,
    };
}
