// Owns: a member as a process of its own: the library's ChatClient on a home folder, told what to do line by line.
// Must never: do anything that a program made with the library could not do.
using System.Globalization;
using Papo.Client;
using Papo.Client.Wire;
using Papo.Protocol;
using Papo.Torture.Plan;

namespace Papo.Torture.Actors;

/// <summary><c>member NAME HOME BROKER</c>.</summary>
internal sealed class MemberMode(Stage stage, ChatClient client, JumpingClock clock, Trap trap)
{
    private const int WholePast = 1_000_000;
    private static readonly TimeSpan ScrollTime = TimeSpan.FromSeconds(3);

    public static async Task<int> RunAsync(string[] arguments)
    {
        using var stage = new Stage();
        return await RunAsync(arguments, stage, new Trap());
    }

    /// <summary>The same for a process that has said something before.</summary>
    public static async Task<int> RunAsync(string[] arguments, Stage stage, Trap trap)
    {
        var clock = new JumpingClock();
        if (DisplayName.TryParse(arguments[0], out var name) != NameProblem.None || !BrokerAddress.TryParse(arguments[2], out var broker, out _))
        {
            return 2;
        }

        try
        {
            using var profile = new Home(arguments[1]).Open(name!);
            await using var client = await ChatClient.OpenAsync(new ChatOptions { Profile = profile, Broker = broker, Credentials = Introduction.To(broker), Time = clock, Fault = trap.Reached }, CancellationToken.None);
            stage.Tell(new Told("here") { Account = profile.Account.ToString() });
            await new MemberMode(stage, client, clock, trap).RunAsync();
            return 0;
        }
        catch (ProfileException unusable)
        {
            stage.Tell(new Told("unusable") { Text = unusable.Message });
            return 1;
        }
    }

    private async Task RunAsync()
    {
        var listening = ListenAsync();
        while (await stage.NextAsync() is { } command && command.Name != "quit")
        {
            _ = DoAsync(command); // the library takes them in this order, whenever their answers come
        }

        await client.EndAsync(CancellationToken.None);
        await listening;
    }

    private async Task DoAsync(Command command)
    {
        try
        {
            stage.Tell(await AnswerAsync(command) with { Re = command.Number });
        }
        catch (OperationCanceledException)
        {
            stage.Tell(new Told("refused") { Re = command.Number, Text = "not possible now" });
        }
    }

    private async Task<Told> AnswerAsync(Command command)
    {
        switch (command.Name)
        {
            case "say":
                return await SendAsync(command, new Draft(command.Rest(1)));
            case "whisper":
                return await client.OpenDirectAsync(command.Words[0], CancellationToken.None) is { } direct
                    ? await SendAsync(direct, new Draft(command.Rest(1)))
                    : new Told("refused") { Text = "nobody of that name is known" };
            case "create":
                DisplayName.TryParse(command.Words[0], out var title);
                return new Told("made") { Room = (await client.CreateRoomAsync(title!, sharesPast: false, CancellationToken.None))?.Name };
            case "invite":
                return new Told("changed") { State = (await client.InviteAsync(RoomOf(command), command.Words[1], CancellationToken.None)).ToString() };
            case "remove":
                return new Told("changed") { State = (await client.RemoveAsync(RoomOf(command), command.Words[1], CancellationToken.None)).ToString() };
            case "edit":
                return await SendAsync(command, new Draft(command.Rest(2)) { Kind = MessageKind.Edit, Target = Target(command) });
            case "delete":
                return await SendAsync(command, new Draft("") { Kind = MessageKind.Delete, Target = Target(command) });
            case "react":
                return await SendAsync(command, new Draft(command.Rest(2)) { Kind = MessageKind.Reaction, Target = Target(command) });
            case "reply":
                return await SendAsync(command, new Draft(command.Rest(2)) { Target = Target(command) });
            case "join":
                await client.JoinAsync(RoomOf(command), CancellationToken.None);
                return new Told("joined");
            case "leave":
                await client.LeaveAsync(RoomOf(command), CancellationToken.None);
                return new Told("left");
            case "link":
                return new Told("link") { Text = (await client.OpenLinkingAsync(CancellationToken.None))?.ToString() };
            case "confirm":
                var linking = await client.ConfirmLinkingAsync(command.Words[0], CancellationToken.None);
                trap.Reached(LinkingPoints.Confirmed);
                return new Told("linking") { State = linking.Stage.ToString() };
            case "name-linked":
                DisplayName.TryParse(command.Words[0], out var copyName);
                return new Told("changed") { State = (await LinkedAsync() is { } named && await client.NameCopyAsync(named, copyName!, CancellationToken.None)).ToString() };
            case "remove-linked":
                var isRemoved = await LinkedAsync() is { } copy && await client.RemoveCopyAsync(copy, CancellationToken.None);
                trap.Reached(LinkingPoints.TakenOff);
                return new Told("changed") { State = isRemoved.ToString() };
            case "jump":
                clock.Jump(TimeSpan.FromSeconds(long.Parse(command.Words[0], CultureInfo.InvariantCulture)));
                return new Told("jumped");
            case "fault":
                trap.Set(command.Words[0]);
                return new Told("armed");
            case "status":
                return new Told("status")
                {
                    Up = client.Connection.Up,
                    Rooms = [.. client.Joined.Select(static room => room.Name)],
                    Space = (await client.SpaceAsync(CancellationToken.None))?.ToString(),
                };
            case "history" or "scroll":
                var page = await client.HistoryAsync(RoomOf(command), new HistoryQuery(WholePast), command.Name == "scroll" ? ScrollTime : TimeSpan.Zero, CancellationToken.None);
                return new Told("history") { History = [.. page.Messages.Select(List)] };
            default:
                return new Told("unknown");
        }
    }

    private async Task<CopyId?> LinkedAsync() => (await client.CopiesAsync(CancellationToken.None)).FirstOrDefault(static copy => copy.IsLinked)?.Copy;

    private Task<Told> SendAsync(Command command, Draft draft) => SendAsync(RoomOf(command), draft);

    private async Task<Told> SendAsync(Room room, Draft draft)
    {
        var receipt = await client.SendAsync(room, draft, CancellationToken.None);
        return new Told(receipt.Number is null ? "refused" : "taken") { Number = receipt.Number, Text = receipt.Problem?.ToString() };
    }

    private async Task ListenAsync()
    {
        await foreach (var change in client.Changes.ReadAllAsync())
        {
            switch (change)
            {
                case MessageArrived { Message: var message }:
                    stage.Tell(new Told("arrived") { Id = message.Id?.ToString(), Number = message.Number, Room = message.Room.Name, Text = message.Text, Account = message.From.Account?.ToString() });
                    break;
                case StateChanged state:
                    stage.Tell(new Told("state") { Id = state.Id?.ToString(), Number = state.Number, Room = state.Room.Name, State = state.State.ToString(), Text = state.Reason?.ToString() });
                    break;
                case ConnectionChanged connection:
                    stage.Tell(new Told("connection") { Up = connection.Connection.Up, Text = connection.Connection.Failure?.ToString() });
                    break;
                case CaughtUp caughtUp:
                    stage.Tell(new Told("caught up") { Room = caughtUp.Room.Name });
                    break;
                case MissingChanged missing:
                    stage.Tell(new Told("missing") { Room = missing.Room.Name, Number = missing.Missing });
                    break;
                case Noticed { Notice: var notice }:
                    trap.Reached(notice.Kind switch { NoticeKind.DeviceAsks => LinkingPoints.Asked, NoticeKind.DeviceLinked => LinkingPoints.Listed, _ => "" });
                    stage.Tell(new Told("notice") { State = notice.Kind.ToString(), Room = notice.Room?.Name, Text = notice.Text, Number = notice.Count });
                    break;
            }
        }
    }

    private static ListedLine List(ChatMessage message) => new(
        message.Id?.ToString(),
        message.From.Name,
        message.From.Account?.ToString(),
        message.From.Trust.ToString(),
        message.Text,
        message.ReplyTo?.ToString(),
        message.Edited,
        message.Deleted,
        [.. message.Reactions.Select(static reaction => $"{reaction.Text} {string.Join(' ', reaction.Who.Order(StringComparer.Ordinal))}").Order(StringComparer.Ordinal)]);

    private static Room RoomOf(Command command) =>
        Room.TryFromWire(command.Words[0], out var room) ? room : throw new ArgumentException($"no room: {command.Words[0]}", nameof(command));

    private static EntryId Target(Command command) =>
        EntryId.TryParse(command.Words[1], out var id) ? id : throw new ArgumentException($"no id: {command.Words[1]}", nameof(command));
}
