// Owns: linking a second computer to somebody of a test, as two people at two screens would.
// Must never: look inside; the face of the library alone is used.
using Papo.Client;
using Papo.Client.Wire;
using Papo.Protocol;

namespace Papo.Tests.World;

/// <summary>A phone for ana.</summary>
internal static class Linked
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    /// <summary>Links a new home to a member's account; the member types what the new one shows.</summary>
    public static async Task LinkAsync(Member member, BrokerAddress broker, TestHome home, string copyName)
    {
        var link = (await member.Client.OpenLinkingAsync(Stop))!;
        var code = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        var linking = FollowAsync(link, broker, home, copyName, code);
        var ended = await Task.WhenAny(linking, code.Task);
        Assert.True(ended == code.Task, linking.IsCompleted ? $"{(await linking).Result}" : "");
        Assert.Equal(LinkingStage.Asked, (await member.Client.LinkingAsync(Stop)).Stage);
        Assert.Equal(LinkingStage.Confirmed, (await member.Client.ConfirmLinkingAsync(await code.Task, Stop)).Stage);
        Assert.Equal(LinkingResult.Done, (await linking).Result);
        await member.UntilAsync<Noticed>(change => change.Notice.Kind == NoticeKind.DeviceLinked && change.Notice.Text == copyName);
    }

    /// <summary>The new computer's side alone.</summary>
    public static Task<(LinkingResult Result, DisplayName? Name)> FollowAsync(InviteLink link, BrokerAddress broker, TestHome home, string copyName, TaskCompletionSource<string> code)
    {
        Assert.True(InviteLink.TryParse(link.ToString(), out var read));
        Assert.Equal(NameProblem.None, DisplayName.TryParse(copyName, out var name));
        var linking = new DeviceLinking(new Home(home.Path), profile => new ChatOptions { Profile = profile, Broker = broker }, TimeProvider.System);
        return linking.RunAsync(read, name!, null, (_, shown) => code.TrySetResult(shown), Stop);
    }

    /// <summary>Waits until linking stands so.</summary>
    public static Task UntilAsync(Member member, LinkingStage stage) =>
        Eventually.IsAsync(async () => (await member.Client.LinkingAsync(Stop)).Stage == stage, () => $"linking did not come to {stage}");
}
