// Owns: somebody's second computer as a process of its own: linked with a link that it is told, then a member as any other.
// Must never: be told a code, or keep anything where linking did not come about; what the library leaves behind stays to be judged.
using Papo.Client;
using Papo.Client.Wire;
using Papo.Protocol;
using Papo.Torture.Plan;

namespace Papo.Torture.Actors;

/// <summary><c>linked NAME HOME BROKER</c>; before it is linked its commands are <c>follow LINK</c>, which is answered with a code, <c>linked</c>, and <c>status</c>.</summary>
internal sealed class LinkedMode(Stage stage, Trap trap, string home, BrokerAddress broker)
{
    /// <summary>Of a status: nobody is being asked.</summary>
    public const string Unlinked = "unlinked";

    /// <summary>Of a status: it waits for a person's word.</summary>
    public const string Linking = "linking";

    private Task<string?> _linking = Task.FromResult<string?>(null);

    public static async Task<int> RunAsync(string[] arguments)
    {
        using var stage = new Stage();
        var trap = new Trap();
        if (!BrokerAddress.TryParse(arguments[2], out var broker, out _))
        {
            return 2;
        }

        var isLinked = new Home(arguments[1]).Profiles().Count > 0 || await new LinkedMode(stage, trap, arguments[1], broker).UntilLinkedAsync();
        return isLinked ? await MemberMode.RunAsync(arguments, stage, trap) : 0;
    }

    private async Task<bool> UntilLinkedAsync()
    {
        while (await stage.NextAsync() is { } command && command.Name != "quit")
        {
            switch (command.Name)
            {
                case "follow" when _linking.IsCompleted:
                    _linking = FollowAsync(command);
                    break;
                case "fault":
                    trap.Set(command.Words[0]);
                    stage.Tell(new Told("armed") { Re = command.Number });
                    break;
                case "linked":
                    stage.Tell(new Told("linking") { Re = command.Number, State = await _linking });
                    if (new Home(home).Profiles().Count > 0)
                    {
                        return true;
                    }

                    break;
                default:
                    stage.Tell(new Told("status") { Re = command.Number, Up = false, State = _linking.IsCompleted ? Unlinked : Linking });
                    break;
            }
        }

        return false;
    }

    // The command is answered as soon as there is a code, or will be none.
    private async Task<string?> FollowAsync(Command command)
    {
        var isAnswered = false;
        DisplayName.TryParse("celular", out var name);
        string result;
        try
        {
            result = InviteLink.TryParse(command.Words[0], out var link)
                ? (await new DeviceLinking(new Home(home), Connect, TimeProvider.System).RunAsync(link, name!, null, Show, CancellationToken.None)).Result.ToString()
                : "not a link";
        }
        catch (OperationCanceledException)
        {
            result = "over"; // the library's client ended
        }

        if (!isAnswered)
        {
            stage.Tell(new Told("linking") { Re = command.Number, State = result });
        }

        return result;

        void Show(string account, string code)
        {
            isAnswered = true;
            stage.Tell(new Told("linking") { Re = command.Number, Text = code });
            trap.Reached(LinkingPoints.Shown);
        }
    }

    private ChatOptions Connect(Profile profile)
    {
        if (profile.IsLinked)
        {
            trap.Reached(LinkingPoints.Made);
        }

        return new ChatOptions { Profile = profile, Broker = broker, Credentials = Introduction.To(broker), Fault = trap.Reached };
    }
}
