// Owns: the one loop of the chat: events in, model changed, lines and effects out; nobody else touches model or surface.
// Must never: wait for the library; what takes time is an effect and comes back as an event.
using System.Runtime.ExceptionServices;
using System.Threading.Channels;
using Papo.Client;
using Papo.Diagnostics;
using Papo.Output;
using Papo.Terminal;

namespace Papo.Chat;

/// <summary>Runs a chat until it is left.</summary>
/// <param name="model">The state; the loop owns it.</param>
/// <param name="client">The library.</param>
/// <param name="profile">Whose.</param>
/// <param name="surface">Where it is shown.</param>
/// <param name="log">The log file.</param>
/// <param name="time">Clock.</param>
/// <param name="connected">Called once, when the connection first comes up.</param>
internal sealed class ChatLoop(ChatModel model, ChatClient client, Profile profile, IChatSurface surface, LogFile log, TimeProvider time, Action connected)
{
    private const int WaitingEvents = 4096; // a full channel makes the writers wait; the loop always reads on

    private readonly Channel<ChatEvent> _events = Channel.CreateBounded<ChatEvent>(WaitingEvents);
    private int _asked; // effects whose answers were not handled yet
    private bool _leave;
    private bool _ending;
    private bool _waitsForSafety;
    private Task _safety = Task.CompletedTask;
    private CancellationToken _stopping;
    private EffectRunner? _runner;
    private bool _moving;

    /// <summary>Where keys and repaints are posted.</summary>
    public ChannelWriter<ChatEvent> Events => _events.Writer;

    /// <summary>Runs; <paramref name="lines"/> is the piped input, null where the line editor reads keys. Returns the exit code.</summary>
    public async Task<int> RunAsync(ChannelReader<string>? lines, CancellationToken cancellation)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        _stopping = stop.Token;
        _runner = new EffectRunner(client, profile, _events.Writer, time, stop.Token);
        using var ticker = new Ticker(time, _events.Writer);
        Task[] pumps = [_runner.RunAsync(), ChatPumps.ChangesAsync(client, _events.Writer, stop.Token)];
        try
        {
            ShowPrompt();
            if (model.Current is { } room)
            {
                Ask(new HistoryEffect(room, RoomCommands.EnteringCount, null, HistoryUse.Opening));
            }

            await LoopAsync(lines, ticker, cancellation);
        }
        finally
        {
            surface.Close();
            _events.Writer.TryComplete();
            await stop.CancelAsync();
            await Task.WhenAll([.. pumps, _safety, _runner.StopAsync()]).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        return model.Code;
    }

    private async Task LoopAsync(ChannelReader<string>? lines, Ticker ticker, CancellationToken cancellation)
    {
        Task<bool>? eventReady = null, lineReady = null;
        while (!_leave)
        {
            while (!_leave && _events.Reader.TryRead(out var next))
            {
                ticker.Note(next);
                Handle(next);
            }

            if (_leave)
            {
                return;
            }

            // A line after one that goes to another room is meant for that room.
            _moving &= _asked > 0;
            var mayRead = lines is not null && !_ending && !model.Opening && !_moving && _asked < EffectRunner.FullBacklog;
            if (mayRead && lines!.TryRead(out var line))
            {
                TakeLine(line);
                continue;
            }

            eventReady ??= _events.Reader.WaitToReadAsync(cancellation).AsTask();
            lineReady = mayRead ? lineReady ?? lines!.WaitToReadAsync(cancellation).AsTask() : lineReady;
            var done = mayRead ? await Task.WhenAny(eventReady, lineReady!) : eventReady;
            var more = await done;
            if (done == eventReady)
            {
                eventReady = null;
            }
            else
            {
                lineReady = null;
                _ending = !more;
            }

            EndWhenDrained();
        }
    }

    private void Handle(ChatEvent next)
    {
        var step = new ChatStep();
        switch (next)
        {
            case ChangeEvent change:
                Note(change.Change);
                ChangeFold.Apply(model, change.Change, time.GetUtcNow(), step);
                break;
            case TickEvent:
                ChangeFold.Tick(model, time.GetUtcNow(), step);
                break;
            case KeysEvent keys:
                Press(keys.Keys);
                return;
            case RepaintEvent repaint:
                (surface as TerminalSurface)?.Resize(repaint.AfterStop);
                return;
            case TerminalClosedEvent:
                _leave = true;
                return;
            case ClientEndedEvent:
                _leave = true;
                return;
            case SafetyKnown safety:
                OwnStates.TellSettled(model, step);
                step.Remarks.AddRange(safety.Remarks.Select(static remark => StyledLine.Note(remark, Ink.Warning)));
                model.Code = model.Code == ExitCode.Done ? safety.Code : model.Code;
                step.Leave = true;
                break;
            case Faulted fault:
                ExceptionDispatchInfo.Throw(fault.Fault);
                break;
            default:
                _asked--;
                ResultFold.Apply(model, next, time.GetUtcNow(), step);
                break;
        }

        Carry(step);
        EndWhenDrained();
    }

    private void Press(IReadOnlyList<Key> keys)
    {
        if (surface is not TerminalSurface terminal)
        {
            return;
        }

        var changed = false;
        foreach (var key in keys)
        {
            foreach (var command in terminal.Press(key))
            {
                changed |= Apply(terminal, command);
            }
        }

        if (changed)
        {
            terminal.Redraw();
        }

        if (changed && model.Current is { } room && terminal.Editor.Text is { Length: > 0 } text && text[0] != '/')
        {
            client.Typing(room);
        }
    }

    // Returns whether only the input has to be drawn again.
    private bool Apply(TerminalSurface terminal, KeyCommand command)
    {
        switch (terminal.Editor.Apply(command))
        {
            case EditOutcome.Submitted:
                TakeLine(terminal.Editor.TakeLine());
                terminal.Redraw();
                return false;
            case EditOutcome.AskFirst:
                Remark(model.Words.AskBeforePaste(terminal.Editor.Lines));
                return false;
            case EditOutcome.Dropped:
                Remark(model.Words.PasteDropped);
                return false;
            case EditOutcome.Leave:
                _leave = true;
                return false;
            case EditOutcome.Suspend:
                RawTerminal.Suspend();
                return false;
            case EditOutcome.Redraw:
                terminal.Clear();
                return false;
            case EditOutcome.None:
                return false;
            default:
                return true;
        }
    }

    private void TakeLine(string line)
    {
        var step = new ChatStep();
        LineInput.Apply(model, line, step);
        Carry(step);
    }

    private void Remark(string sentence)
    {
        var step = new ChatStep();
        step.Remark(sentence, Ink.Warning);
        Carry(step);
    }

    private void Carry(ChatStep step)
    {
        if (step.Tail is { } tail)
        {
            if (tail.Above.Count > 0)
            {
                surface.Print(tail.Above, []);
            }

            surface.SetTail(tail);
        }

        if (step.Lines.Count + step.Remarks.Count > 0)
        {
            OwnStates.Settle(model);
            ShowPrompt();
            surface.Print(step.Lines, step.Remarks);
        }

        if (!surface.HasTail)
        {
            OwnStates.Settle(model);
        }

        ShowPrompt();
        if (step.Restore is { } text)
        {
            surface.Restore(text);
        }

        step.Effects.ForEach(Ask);
        _leave |= step.Leave;
    }

    private void Ask(ChatEffect effect)
    {
        _asked++;
        _moving |= effect is JoinEffect or LeaveEffect or DirectEffect or CreateEffect;
        _runner!.Post(effect);
    }

    private void ShowPrompt()
    {
        var states = OwnStates.Summary(model);
        var room = model.Joined.Count > 1 || model.Current is null ? model.Current?.ToString() ?? "-" : "";
        var prompt = string.Join(' ', ((string[])[room, states]).Where(static part => part.Length > 0));
        var typing = model.Typing.Keys.Where(key => key.Room == model.Current).Select(static key => Harmless.Name(key.Name)).Distinct().ToList();
        surface.SetPrompt(prompt + "> ", typing.Count == 0 ? "" : model.Words.Typing(model.Words.Names(typing), typing.Count));
    }

    // The input has ended and everything it asked for was handed over: wait until every line is safe, then leave.
    private void EndWhenDrained()
    {
        if (!_ending || _leave || _asked > 0 || model.Opening || _waitsForSafety)
        {
            return;
        }

        _waitsForSafety = true;
        _safety = Safety.WaitAsync(client, model, _events.Writer, time, _stopping);
    }

    private void Note(ChatChange change)
    {
        if (change is ConnectionChanged { Connection: var connection })
        {
            log.Connection(model.Broker, connection.Up ? "up" : "down", $"{connection.Failure?.Kind} {connection.Failure?.Detail}");
            if (connection.Up && !model.WasUp)
            {
                connected();
            }
        }
        else if (change is Noticed { Notice: var notice })
        {
            log.Notice(notice.Kind.ToString(), notice.Count);
        }
    }
}
