// Owns: `papo send`: one message, its id, and an exit code that says how safe it is.
// Must never: lose a text that was taken: on 3 and 4 it stays in the outbox and the words say so.
using System.Text;
using Papo.Chat;
using Papo.Client;

namespace Papo.Commands;

/// <summary>Sends one message.</summary>
internal sealed class SendCommand(Surroundings around, Entrance entrance)
{
    private const int MostInput = 64 * 1024; // the library refuses far less than this as too long

    /// <summary>Runs.</summary>
    public async Task<int> RunAsync(SendRequest request, CancellationToken cancellation)
    {
        var words = around.Words;
        var text = request.Text ?? await Task.Run(ReadInput, CancellationToken.None).WaitAsync(cancellation);
        if (string.IsNullOrWhiteSpace(text))
        {
            around.Say(words.SendNothing);
            return ExitCode.Usage;
        }

        await using var chat = await entrance.OpenAsync(oneShot: true, keepMessages: false, cancellation);
        var (room, _) = await chat.EnterAsync(request.Target, request.Timeout, cancellation);
        var receipt = await chat.Client.SendAsync(room, new Draft(text), cancellation);
        if (receipt.Number is not { } number)
        {
            around.Say(words.Send(receipt.Problem ?? SendProblem.Refused));
            return Safety.Code(receipt.Problem);
        }

        var start = around.Time.GetTimestamp();
        if (!await chat.Client.WaitConnectedAsync(request.Timeout, cancellation))
        {
            if (chat.Client.Connection.Failure is { Permanent: true })
            {
                around.Say(words.UnreachableKept(chat.Broker.ToString(), chat.WhyNot(words)));
                return chat.IsRefused ? ExitCode.Refused : ExitCode.Unreachable;
            }

            around.Say(words.SendTrying(chat.Broker.ToString(), chat.WhyNot(words)));
        }

        var left = request.Timeout - around.Time.GetElapsedTime(start);
        var result = await chat.Client.WaitSafeAsync(number, left > TimeSpan.Zero ? left : TimeSpan.Zero, cancellation);
        Report(result, chat);
        await chat.Client.EndAsync(cancellation);
        return result.Outcome == SafeOutcome.NotConnected && chat.IsRefused ? ExitCode.Refused : Safety.Code(result.Outcome, result.Problem);
    }

    private void Report(SafeResult result, OpenChat chat)
    {
        var words = around.Words;
        if (result.Id is { } id)
        {
            around.Out.Write(id.ToString());
        }

        switch (result.Outcome)
        {
            case SafeOutcome.WithBrokerOnly:
                around.Say(words.SendBrokerOnly);
                break;
            case SafeOutcome.NotConfirmed:
                around.Say(words.SendNotConfirmed);
                break;
            case SafeOutcome.NotConnected:
                around.Say(words.UnreachableKept(chat.Broker.ToString(), chat.WhyNot(words)));
                break;
            case SafeOutcome.Failed:
                around.Say(words.Send(result.Problem ?? SendProblem.Refused));
                break;
        }
    }

    private string ReadInput()
    {
        using var input = new MemoryStream();
        var buffer = new byte[16 * 1024];
        int count;
        while (input.Length <= MostInput && (count = around.Input.Read(buffer)) > 0)
        {
            input.Write(buffer, 0, count);
        }

        try
        {
            var text = new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(input.GetBuffer(), 0, (int)input.Length);
            text = text.StartsWith('\uFEFF') ? text[1..] : text;
            return text.EndsWith("\r\n", StringComparison.Ordinal) ? text[..^2] : text.EndsWith('\n') ? text[..^1] : text;
        }
        catch (DecoderFallbackException)
        {
            throw new CommandFailedException(ExitCode.Usage, around.Words.SendNotUtf8);
        }
    }
}
