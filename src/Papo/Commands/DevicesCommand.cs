// Owns: `papo devices`: the copies of this account, naming and removing one.
// Must never: remove a copy that holds the account's key: it would list itself again.
using Papo.Chat;
using Papo.Client;
using Papo.Output;

namespace Papo.Commands;

/// <summary>Lists and changes the copies of an account.</summary>
internal sealed class DevicesCommand(Surroundings around, Entrance entrance)
{
    private static readonly TimeSpan Connecting = TimeSpan.FromSeconds(5);

    /// <summary>Runs.</summary>
    public async Task<int> RunAsync(DevicesRequest request, CancellationToken cancellation)
    {
        await using var chat = await entrance.OpenAsync(oneShot: request.Act == DevicesAct.List, keepMessages: false, cancellation);
        if (!await chat.Client.WaitConnectedAsync(Connecting, cancellation) && request.Act != DevicesAct.List)
        {
            around.Say(around.Words.Unreachable(chat.Broker.ToString(), chat.WhyNot(around.Words)));
            return chat.IsRefused ? ExitCode.Refused : ExitCode.Unreachable;
        }

        var copies = await chat.Client.CopiesAsync(cancellation);
        var code = request.Act == DevicesAct.List ? Write(copies, request.Json) : await ChangeAsync(chat.Client, copies, request, cancellation);
        await chat.Client.EndAsync(cancellation);
        return code;
    }

    private int Write(IReadOnlyList<AccountCopy> copies, bool json)
    {
        if (json)
        {
            copies.Select(JsonLines.Copy).ToList().ForEach(around.Out.Write);
        }
        else
        {
            around.Out.Write(ListLines.Copies(copies, new LineContext(around.Words, around.Time.LocalTimeZone)));
        }

        return ExitCode.Done;
    }

    private async Task<int> ChangeAsync(ChatClient client, IReadOnlyList<AccountCopy> copies, DevicesRequest request, CancellationToken cancellation)
    {
        if (DeviceErrands.Find(copies, request.Copy!) is not { } copy)
        {
            around.Say(around.Words.DeviceUnknown(Harmless.Line(request.Copy!)));
            return ExitCode.Failed;
        }

        if (request.Act == DevicesAct.Remove)
        {
            await client.CatchUpAsync(null, Connecting, cancellation); // where the logs of the removed end is said with what was heard of them
        }

        var isDone = request.Act == DevicesAct.Remove ? await client.RemoveCopyAsync(copy.Copy, cancellation) : await client.NameCopyAsync(copy.Copy, request.Name!, cancellation);
        if (!isDone)
        {
            around.Say(request.Act == DevicesAct.Remove && !copy.IsLinked ? around.Words.DeviceHolds : around.Words.DeviceNotHere);
            return ExitCode.Refused;
        }

        await UntilSafeAsync(client, cancellation);
        around.Say(request.Act == DevicesAct.Remove ? around.Words.DeviceTakenOff(DeviceErrands.NameOf(copy)) : around.Words.DeviceNamed(request.Name!.Text));
        return ExitCode.Done;
    }

    // What was committed in private rooms goes out before this ends.
    private async Task UntilSafeAsync(ChatClient client, CancellationToken cancellation)
    {
        var begun = around.Time.GetTimestamp();
        foreach (var number in await client.UnsafeAsync(cancellation))
        {
            var left = Connecting - around.Time.GetElapsedTime(begun);
            await client.WaitSafeAsync(number, left > TimeSpan.Zero ? left : TimeSpan.Zero, cancellation);
        }
    }
}
