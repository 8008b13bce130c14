// Owns: the one loop of the full screen: events in, model changed, the picture drawn once, effects out.
// Must never: wait for the library, or draw more than once for what arrived together.
using System.Runtime.ExceptionServices;
using System.Text;
using System.Threading.Channels;
using Papo.Chat;
using Papo.Client;
using Papo.Diagnostics;
using Papo.Drawing;
using Papo.Output;
using Papo.Protocol;
using Papo.Terminal;

namespace Papo.FullScreen;

/// <summary>Runs the full screen until it is left.</summary>
/// <param name="model">The state; the loop owns it.</param>
/// <param name="client">The library.</param>
/// <param name="profile">Whose.</param>
/// <param name="output">The terminal.</param>
/// <param name="terminal">What the terminal can do.</param>
/// <param name="log">The log file.</param>
/// <param name="time">Clock.</param>
/// <param name="connected">Called once, when the connection first comes up.</param>
internal sealed class ScreenLoop(
    ScreenModel model, ChatClient client, Profile profile, TextSink output, TerminalKind terminal, LogFile log, TimeProvider time, Action connected)
{
    private const int WaitingEvents = 4096; // a full channel makes the writers wait; the loop always reads on
    private const int Together = 512; // more than this at once is drawn in between, so that a flood does not freeze the screen
    private const int KeepEveryTicks = 5;

    // Whoever writes to a loop that waits runs it: a key is drawn by the thread that read it, without waking another one first.
    private readonly Channel<ChatEvent> _events = Channel.CreateBounded<ChatEvent>(new BoundedChannelOptions(WaitingEvents) { SingleReader = true, AllowSynchronousContinuations = true });

    private readonly Picture _picture = new(terminal);
    private Keyboard _keyboard = new(KeyMap.Emacs);
    private EffectRunner? _runner;
    private bool _leave;
    private bool _wasUp;
    private int _ticks;
    private readonly GivingBack _memory = new();
    private Room? _typing;
    private string _title = "";
    private string _kept = "";

    /// <summary>Where keys and repaints are posted.</summary>
    public ChannelWriter<ChatEvent> Events => _events.Writer;

    /// <summary>Runs; returns the exit code.</summary>
    public async Task<int> RunAsync(CancellationToken cancellation)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        _runner = new EffectRunner(client, profile, _events.Writer, time, stop.Token);
        using var ticker = new Ticker(time, _events.Writer);
        Task[] pumps = [_runner.RunAsync(), ChatPumps.ChangesAsync(client, _events.Writer, stop.Token)];
        try
        {
            Begin();
            while (!_leave && await _events.Reader.WaitToReadAsync(cancellation))
            {
                for (var i = 0; i < Together && !_leave && _events.Reader.TryRead(out var next); i++)
                {
                    if (next is VenueKnown known && known.Venue == model.Venue)
                    {
                        continue; // asked for at every tick: nothing changed
                    }

                    ticker.Note(next);
                    Handle(next);
                }

                Draw();
            }
        }
        finally
        {
            Keep();
            _events.Writer.TryComplete();
            await stop.CancelAsync();
            await Task.WhenAll([.. pumps, _runner.StopAsync()]).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        return model.Chat.Code;
    }

    private void Begin()
    {
        Resize();
        var step = new ChatStep();
        ScreenFold.Begin(model, ScreenState.Read(profile.Places), step);
        Bind();
        foreach (var problem in model.Preferences.Problems)
        {
            Warn(model.Chat.Words.SettingUnknown(Harmless.Line(problem), profile.PreferencesFile));
        }

        Carry(step);
        Draw();
    }

    private void Handle(ChatEvent next)
    {
        switch (next)
        {
            case KeysEvent keys:
                foreach (var key in keys.Keys)
                {
                    Press(key);
                }

                break;
            case RepaintEvent repaint:
                Resize();
                if (repaint.AfterStop)
                {
                    _picture.Forget();
                }

                _picture.Touch(null);
                break;
            case TerminalClosedEvent or ClientEndedEvent:
                _leave = true;
                break;
            case Faulted fault:
                ExceptionDispatchInfo.Throw(fault.Fault);
                break;
            default:
                Note(next);
                _picture.Touch(null);
                Carry(ScreenUpdate.Apply(model, next, time.GetUtcNow()));
                if (next is TickEvent)
                {
                    Tick();
                }

                break;
        }
    }

    private void Tick()
    {
        if (++_ticks % KeepEveryTicks == 0)
        {
            Keep();
        }

        _memory.Look();
    }

    private void Press(Key key)
    {
        var before = model.Editor.Text;
        var step = ScreenUpdate.Press(model, _keyboard, _picture.Hits, key, time.GetUtcNow());
        _picture.Touch(step);
        Carry(step);
        if (model.Editor.Text is { Length: > 0 } text && text != before && text[0] != '/' && model.Current is { About: not (_, true) } conversation)
        {
            _typing = conversation.Room;
        }
        else if (model.Editor.Text.Length == 0)
        {
            _typing = null; // sent, or taken back, before anybody heard of it
        }
    }

    private void Carry(ChatStep step)
    {
        foreach (var effect in step.Effects)
        {
            switch (effect)
            {
                case CopyEffect copy:
                    Command($"\e]52;c;{Convert.ToBase64String(Encoding.UTF8.GetBytes(copy.Text))}\e\\");
                    break;
                case AttentionEffect attention:
                    output.Raw(Attention.Of(model.Preferences, attention));
                    break;
                case RedrawEffect:
                    _picture.Forget();
                    break;
                case SuspendEffect:
                    RawTerminal.Suspend();
                    break;
                case PreferEffect:
                    Bind();
                    _runner!.Post(effect);
                    break;
                default:
                    _runner!.Post(effect);
                    break;
            }
        }

        _leave |= step.Leave;
    }

    // Keys of one's own, and whether the mouse is ours, may have changed.
    private void Bind()
    {
        var (map, problems) = KeyChoice.Of(model.Preferences, model.Chat.Words);
        if (!ReferenceEquals(map, _keyboard.Map))
        {
            _keyboard = new Keyboard(map);
        }

        foreach (var problem in problems)
        {
            Warn(problem);
        }

        output.Raw(model.Preferences.Mouse ? TerminalMode.Mouse.Enter : TerminalMode.Mouse.Leave);
        RawTerminal.TakeMouse(model.Preferences.Mouse);
    }

    // On the status line it fades, and the next one takes its place.
    private void Warn(string problem)
    {
        model.Say(problem, time.GetUtcNow());
        model.Current?.Note(new NoteItem([StyledLine.Note(problem, Ink.Warning)], time.GetUtcNow(), NoteKind.News));
    }

    private void Resize() => (model.Columns, model.Rows) = RawTerminal.Size();

    private void Draw()
    {
        output.Raw(_picture.Update(model));
        if (ScreenModes.Title(model) is var title && title != _title)
        {
            Command(title);
            _title = title;
        }

        // Others hear of it once its user has seen it.
        if (_typing is { } room)
        {
            client.Typing(room);
            _typing = null;
        }
    }

    private void Command(string sequence) => output.Raw(terminal.TakesCommands ? sequence : "");

    // A crash loses at most what was typed in the last few seconds.
    private void Keep()
    {
        var state = ScreenState.Of(model);
        var lines = string.Join('\n', state.Lines());
        if (lines != _kept)
        {
            _kept = lines;
            _runner!.Post(new KeepEffect(state));
        }
    }

    private void Note(ChatEvent next)
    {
        if (next is ChangeEvent { Change: ConnectionChanged { Connection: var connection } })
        {
            log.Connection(model.Chat.Broker, connection.Up ? "up" : "down", $"{connection.Failure?.Kind} {connection.Failure?.Detail}");
            if (connection.Up && !_wasUp)
            {
                _wasUp = true;
                connected();
            }
        }
        else if (next is ChangeEvent { Change: Noticed { Notice: var notice } })
        {
            log.Notice(notice.Kind.ToString(), notice.Count);
        }
    }
}
