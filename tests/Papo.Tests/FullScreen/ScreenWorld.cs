// Owns: a full screen without a terminal: events in, pictures out, time standing still.
// Must never: need a broker, a store or a clock.
using Papo.Chat;
using Papo.Client;
using Papo.Drawing;
using Papo.FullScreen;
using Papo.Terminal;
using Papo.Texts;
using static Papo.Tests.Program.TestMessages;

namespace Papo.Tests.FullScreen;

/// <summary>Ana's screen.</summary>
internal sealed class ScreenWorld
{
    private readonly Keyboard _keyboard;
    private readonly Hits _hits = new();
    private readonly Canvas _canvas = new();
    private readonly Picture _terminal = new(new TerminalKind(ColourDepth.Palette, true));

    /// <summary>Begins in #general, connected, with nothing said.</summary>
    public ScreenWorld(int columns = 100, int rows = 30, Language? language = null, params string[] preferences)
    {
        var chat = new ChatModel(Words.For(language ?? Language.English), TimeZoneInfo.Utc, "mqtt://localhost", live: true);
        Model = new ScreenModel(chat, Preferences.Read(preferences), "ana") { Columns = columns, Rows = rows };
        _keyboard = new Keyboard(KeyChoice.Of(Model.Preferences, chat.Words).Map);
        var step = new ChatStep();
        ScreenFold.Begin(Model, ScreenState.Empty, step);
        Effects.AddRange(step.Effects);
        Tell(new ConnectionChanged(new Connection(true, null, null)));
        Take(new VenueKnown(new Venue(null, TimeSpan.FromMilliseconds(0.4))));
        Take(new CrowdKnown([Here(Ana) with { IsMe = true }, Here(Bia), Here(Caio, away: true, status: "lunch")]));
    }

    /// <summary>The state.</summary>
    public ScreenModel Model { get; }

    /// <summary>Everything asked of the library so far.</summary>
    public List<ChatEffect> Effects { get; } = [];

    /// <summary>Whether the screen was left.</summary>
    public bool Left { get; private set; }

    /// <summary>The clock.</summary>
    public DateTimeOffset Now { get; set; } = Noon.AddHours(1);

    /// <summary>The library tells something.</summary>
    public void Tell(params ChatChange[] changes)
    {
        foreach (var change in changes)
        {
            Take(new ChangeEvent(change));
        }
    }

    /// <summary>Messages arrive.</summary>
    public void Say(params ChatMessage[] messages) => Tell([.. messages.Select(static message => new MessageArrived(message))]);

    /// <summary>The library answers, or the clock ticks.</summary>
    public void Take(ChatEvent answer)
    {
        _terminal.Touch(null);
        Carry(ScreenUpdate.Apply(Model, answer, Now));
    }

    /// <summary>The last page that was asked for comes.</summary>
    public void Load(PageUse use, params ChatMessage[] page)
    {
        var asked = Effects.OfType<PageEffect>().Last(effect => effect.Use == use && effect.Room == Model.Chat.Current);
        Take(new PageLoaded(asked, new HistoryPage(page, true, false)));
    }

    /// <summary>Types a text, letter by letter.</summary>
    public void Type(string text)
    {
        foreach (var rune in text.EnumerateRunes())
        {
            Stroke(new Key(KeyCode.Text, Text: rune.ToString()));
        }
    }

    /// <summary>Presses keys by their names: <c>ctrl+k</c>, <c>alt+down</c>, <c>f1</c>.</summary>
    public void Press(params string[] names)
    {
        foreach (var name in names)
        {
            Assert.True(KeyName.TryParse(name, out var key), name);
            Stroke(key);
        }
    }

    /// <summary>One stroke.</summary>
    public void Stroke(Key key)
    {
        Picture();
        var step = ScreenUpdate.Press(Model, _keyboard, _hits, key, Now);
        _terminal.Touch(step);
        Carry(step);
    }

    /// <summary>Clicks where a text stands in the picture.</summary>
    public void Click(string text)
    {
        var rows = Picture().Split('\n');
        var row = Array.FindIndex(rows, line => line.Contains(text, StringComparison.Ordinal));
        Assert.True(row >= 0, $"{text} is not in\n{string.Join('\n', rows)}");
        var column = Output.TextWidth.Of(rows[row].AsSpan(0, rows[row].IndexOf(text, StringComparison.Ordinal)));
        Stroke(new Key(KeyCode.Mouse) { Pointer = new Pointer(PointerKind.Press, PointerButton.Left, column, row) });
    }

    /// <summary>Another size.</summary>
    public void Resize(int columns, int rows)
    {
        _terminal.Touch(null);
        (Model.Columns, Model.Rows) = (columns, rows);
    }

    /// <summary>What the loop would write to the terminal now.</summary>
    public string Update() => _terminal.Update(Model);

    /// <summary>What the screen shows.</summary>
    public string Picture()
    {
        ScreenView.Draw(Model, _canvas, _hits);
        return _canvas.ToString();
    }

    /// <summary>The same with the cursor, and the cells themselves.</summary>
    public Canvas Draw()
    {
        Picture();
        return _canvas;
    }

    private void Carry(ChatStep step)
    {
        Effects.AddRange(step.Effects);
        Left |= step.Leave;
        Assert.Empty(step.Lines);
        Assert.Empty(step.Remarks);
    }
}
