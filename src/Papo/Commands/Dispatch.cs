// Owns: one request to one command, and what an ending means: words and an exit code, never a stack trace.
// Must never: hide a fault of the program: its details go to the log, and the words say where.
using Papo.Client;
using Papo.Output;
using Papo.Terminal;

namespace Papo.Commands;

/// <summary>Runs requests.</summary>
internal sealed class Dispatch(Surroundings around, GlobalOptions options, Descriptor output)
{
    /// <summary>Runs one request to its exit code.</summary>
    public async Task<int> RunAsync(Request request, Stopping stopping)
    {
        int code;
        try
        {
            code = await EndAsync(request, stopping);
        }
        catch (OutputClosedException)
        {
            code = ExitCode.Done; // nobody reads on: `papo tail | head` has what it wanted
        }

        if (Runs(request))
        {
            around.Log.Ended(code);
        }

        return code;
    }

    private static bool Runs(Request request) => request is not (UsageProblem or HelpRequest or VersionRequest or PathsRequest or HubSettingsRequest);

    private async Task<int> EndAsync(Request request, Stopping stopping)
    {
        var words = around.Words;
        try
        {
            return await RunAsync(request, stopping.Token);
        }
        catch (OperationCanceledException) when (stopping.Code is { } code)
        {
            return code;
        }
        catch (TaskCanceledException)
        {
            around.Say(words.Send(SendProblem.StoreFailed)); // the library: its disk failed meanwhile
            return ExitCode.Failed;
        }
        catch (OperationCanceledException)
        {
            return ExitCode.Interrupted; // Ctrl+C at a question without echo
        }
        catch (CommandFailedException failed)
        {
            around.Say(failed.Message);
            return failed.Code;
        }
        catch (ProfileException profile)
        {
            around.Say(words.Profile(profile.Problem, Harmless.Line(profile.Path), Harmless.Line(profile.Message)));
            return profile.Problem is ProfileProblem.PassphraseWrong or ProfileProblem.PassphraseNeeded or ProfileProblem.InUse ? ExitCode.Refused : ExitCode.Failed;
        }
        catch (Exception fault) when (fault is not OutputClosedException)
        {
            around.Log.Crash(fault);
            around.Say(words.Crashed(around.Log.Path));
            return ExitCode.Failed;
        }
    }

    private async Task<int> RunAsync(Request request, CancellationToken cancellation)
    {
        switch (request)
        {
            case UsageProblem problem:
                around.Say(problem.Sentence);
                around.Say(problem.Hint);
                return ExitCode.Usage;
            case HelpRequest help:
                HelpPage.Lines(help.Command, around.Words).ToList().ForEach(around.Out.Write);
                return ExitCode.Done;
            case VersionRequest:
                around.Out.Write("papo " + around.Version);
                return ExitCode.Done;
            case HubSettingsRequest { Settings: var settings }:
                HubSettingsPage.Lines(settings, around.Words).ToList().ForEach(around.Out.Write);
                return ExitCode.Done;
            case PathsRequest:
                WritePaths();
                return ExitCode.Done;
            default:
                around.Log.Started(around.Version, request.GetType().Name);
                return await RunCommandAsync(request, cancellation);
        }
    }

    private async Task<int> RunCommandAsync(Request request, CancellationToken cancellation)
    {
        var questions = new Questions(around.Input, output, around.Error);
        var entrance = new Entrance(around, options, questions);
        return request switch
        {
            SendRequest send => await new SendCommand(around, entrance).RunAsync(send, cancellation),
            TailRequest tail => await new TailCommand(around, entrance).RunAsync(tail, cancellation),
            HistoryRequest history => await new PastCommands(around, entrance).HistoryAsync(history, cancellation),
            SearchRequest search => await new PastCommands(around, entrance).SearchAsync(search, cancellation),
            RoomsRequest rooms => await new ListCommands(around, entrance).RoomsAsync(rooms, cancellation),
            InviteRequest invite => await new InviteCommand(around, entrance).RunAsync(invite, cancellation),
            DevicesRequest devices => await new DevicesCommand(around, entrance).RunAsync(devices, cancellation),
            LinkDeviceRequest => await new LinkingCommand(around, entrance, questions).OfferAsync(cancellation),
            JoinRequest join => await new JoinCommand(around, options, questions, output).RunAsync(join, cancellation),
            HubRequest hub => await new HubCommand(around, options, entrance).RunAsync(hub, cancellation),
            HubBackupRequest backup => new HubBackupCommand(around, entrance).Run(backup),
            HubRestoreRequest restore => new HubRestoreCommand(around, entrance).Run(restore),
            PassphraseRequest passphrase => await new ProfileCommands(around, options, entrance, new Passphrases(around, questions)).PassphraseAsync(passphrase, cancellation),
            BackupRequest backup => await new ProfileCommands(around, options, entrance, new Passphrases(around, questions)).BackupAsync(backup, cancellation),
            RestoreRequest restore => await new ProfileCommands(around, options, entrance, new Passphrases(around, questions)).RestoreAsync(restore, cancellation),
            WhoRequest who => await new ListCommands(around, entrance).WhoAsync(who, cancellation),
            _ => await new ChatCommand(around, options, entrance, questions, output).RunAsync(cancellation),
        };
    }

    private void WritePaths()
    {
        (string Name, string Path)[] rows =
        [
            (around.Words.PathsData, Entrance.HomePath(around, options)),
            (around.Words.PathsLogs, Path.GetDirectoryName(around.Log.Path)!),
            (around.Words.PathsSettings, SettingsPlace.File(around.Variable, Entrance.ExplicitHome(around.Variable, options))),
        ];
        var width = rows.Max(static row => TextWidth.Of(row.Name));
        foreach (var (name, path) in rows)
        {
            around.Out.Write($"{name.PadRight(width)}  {path}");
        }

        around.Say(around.Words.PathsNote);
    }
}
