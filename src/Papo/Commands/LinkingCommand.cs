// Owns: linking one more computer to an account, on both sides: `papo devices link` on the old one, `papo join LINK` on the new one.
// Must never: confirm for the person; the code is typed.
using Papo.Client;
using Papo.Output;
using Papo.Protocol;

namespace Papo.Commands;

/// <summary>Links computers.</summary>
internal sealed class LinkingCommand(Surroundings around, Entrance entrance, Questions questions)
{
    private static readonly TimeSpan Connecting = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Parting = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(200);

    /// <summary>The old computer: shows the link, takes the code.</summary>
    public async Task<int> OfferAsync(CancellationToken cancellation)
    {
        await using var chat = await entrance.OpenAsync(oneShot: false, keepMessages: false, cancellation);
        if (!await chat.Client.WaitConnectedAsync(Connecting, cancellation))
        {
            around.Say(around.Words.Unreachable(chat.Broker.ToString(), chat.WhyNot(around.Words)));
            return chat.IsRefused ? ExitCode.Refused : ExitCode.Unreachable;
        }

        if (await chat.Client.OpenLinkingAsync(cancellation) is not { } link)
        {
            around.Say(around.Words.DeviceNotHere);
            return ExitCode.Refused;
        }

        await new LinkReport(around).WriteAsync(link, cancellation);
        around.Say(around.Words.LinkingHow);
        var code = await WaitAsync(chat.Client, cancellation);
        await chat.Client.EndAsync(cancellation);
        return code;
    }

    /// <summary>The new computer: shows the code, waits for the other one; the exit code, and the profile's name when it is there.</summary>
    public async Task<(DisplayName? Name, int Code)> FollowAsync(InviteLink link, Func<Profile, ChatOptions> connect, DisplayName? localName, CancellationToken cancellation)
    {
        var words = around.Words;
        var (result, name) = await new DeviceLinking(entrance.Home, connect, around.Time).RunAsync(link, CopyName(), localName, (who, code) =>
        {
            around.Say(words.LinkingCode(Harmless.Name(who)));
            around.Out.Write(code);
        }, cancellation);
        around.Say(words.LinkingEnded(result, Harmless.Name(name?.Text ?? "")));
        return result switch
        {
            LinkingResult.Done or LinkingResult.NotListedYet => (name, ExitCode.Done),
            LinkingResult.NotConnected => (null, ExitCode.Unreachable),
            LinkingResult.NobodyThere => (null, ExitCode.NotConfirmed),
            LinkingResult.NameTaken => (null, ExitCode.Failed),
            _ => (null, ExitCode.Refused),
        };
    }

    private static DisplayName CopyName()
    {
        DisplayName.TryParse(Environment.MachineName, out var machine);
        return machine ?? Entrance.SystemUser();
    }

    private async Task<int> WaitAsync(ChatClient client, CancellationToken cancellation)
    {
        var words = around.Words;
        while (true)
        {
            var state = await client.LinkingAsync(cancellation);
            switch (state.Stage)
            {
                case LinkingStage.Asked or LinkingStage.WrongCode:
                    await AskAsync(client, state, cancellation);
                    break;
                case LinkingStage.Linked:
                    around.Say(words.LinkingDone(Harmless.Name(state.Name ?? "")));
                    return ExitCode.Done;
                case LinkingStage.Silent:
                    around.Say(words.LinkingSilent(Harmless.Name(state.Name ?? "")));
                    return ExitCode.NotConfirmed;
                case LinkingStage.Ended or LinkingStage.None:
                    around.Say(words.LinkingOver);
                    await Task.Delay(Parting, around.Time, cancellation); // the other one asks once more, and hears it
                    return ExitCode.Refused;
                default:
                    await Task.Delay(Look, around.Time, cancellation);
                    break;
            }
        }
    }

    private async Task AskAsync(ChatClient client, LinkingState state, CancellationToken cancellation)
    {
        var name = Harmless.Name(state.Name ?? "");
        if (state.Stage == LinkingStage.WrongCode)
        {
            around.Say(around.Words.LinkingWrong(name));
        }

        var answer = await questions.AskAsync(around.Words.LinkingPrompt(name), cancellation);
        if (string.IsNullOrWhiteSpace(answer))
        {
            await client.RefuseLinkingAsync(cancellation);
        }
        else
        {
            await client.ConfirmLinkingAsync(answer, cancellation);
        }
    }
}
