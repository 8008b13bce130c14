// Owns: waiting at the end of a piped input until every line is safe, as `papo send` waits for its one.
// Must never: call a message safe that the library does not.
using System.Threading.Channels;
using Papo.Client;

namespace Papo.Chat;

/// <summary>The end of a piped input.</summary>
internal static class Safety
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);

    /// <summary>Waits for every message handed over (15 s in all) and posts the exit code: the worst one decides.</summary>
    public static async Task WaitAsync(ChatClient client, ChatModel model, ChannelWriter<ChatEvent> answers, TimeProvider time, CancellationToken cancellation)
    {
        try
        {
            var start = time.GetTimestamp();
            Dictionary<SafeOutcome, int> outcomes = [];
            var problem = SendProblem.Refused;
            foreach (var number in model.Sent.Order().ToList())
            {
                var left = Patience - time.GetElapsedTime(start);
                var result = await client.WaitSafeAsync(number, left > TimeSpan.Zero ? left : TimeSpan.Zero, cancellation);
                outcomes[result.Outcome] = outcomes.GetValueOrDefault(result.Outcome) + 1;
                problem = result.Problem ?? problem;
            }

            var code = outcomes.Keys.Select(outcome => Code(outcome, problem)).DefaultIfEmpty(ExitCode.Done).Max();
            await answers.WriteAsync(new SafetyKnown(code, Remarks(outcomes, model)), cancellation);
        }
        catch (Exception fault) when (fault is not OperationCanceledException)
        {
            await answers.WriteAsync(new Faulted(fault), cancellation);
        }
    }

    /// <summary>The exit code of one outcome.</summary>
    public static int Code(SafeOutcome outcome, SendProblem? problem) => outcome switch
    {
        SafeOutcome.Held or SafeOutcome.WithBrokerOnly => ExitCode.Done,
        SafeOutcome.NotConfirmed => ExitCode.NotConfirmed,
        SafeOutcome.NotConnected => ExitCode.Unreachable,
        _ => Code(problem),
    };

    /// <summary>The exit code of a message that was not taken: the caller's mistake is wrong usage, a no of others is refused.</summary>
    public static int Code(SendProblem? problem) => problem switch
    {
        SendProblem.TooLong or SendProblem.Empty => ExitCode.Usage,
        SendProblem.NotAllowed or SendProblem.Quota or SendProblem.NotYours or SendProblem.NameContested or SendProblem.DeviceRemoved or SendProblem.Refused => ExitCode.Refused,
        _ => ExitCode.Failed,
    };

    private static List<string> Remarks(Dictionary<SafeOutcome, int> outcomes, ChatModel model)
    {
        var unsafeCount = outcomes.Where(static pair => pair.Key is not (SafeOutcome.Held or SafeOutcome.Failed)).Sum(static pair => pair.Value);
        return unsafeCount > 0 ? [model.Words.StillUnsafe(unsafeCount)] : [];
    }
}
