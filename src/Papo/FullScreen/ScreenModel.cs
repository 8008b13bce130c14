// Owns: the whole state of the full screen; one loop changes it, the view only reads it.
// Must never: know a terminal, wait, or ask the library.
using Papo.Chat;
using Papo.Client;
using Papo.Drawing;
using Papo.Output;
using Papo.Protocol;
using Papo.Rich;
using Papo.Terminal;

namespace Papo.FullScreen;

/// <summary>The state of the screen.</summary>
internal sealed class ScreenModel
{
    private readonly Dictionary<Room, Conversation> _conversations = [];
    private int _version;
    private ((string Prompt, string Text, int Cursor, int Columns) Key, InputLayout Layout)? _input; // laid out once for all parts of a picture that ask

    private ((Preferences Preferences, bool LightGround) Of, Theme Theme)? _theme; // asked for at every part of a picture

    /// <summary>Begins.</summary>
    /// <param name="chat">What the chat knows, shared with the commands.</param>
    /// <param name="preferences">What its user prefers.</param>
    /// <param name="me">What its user is called.</param>
    public ScreenModel(ChatModel chat, Preferences preferences, string me)
    {
        (Chat, Preferences, Me) = (chat, preferences, me);
        Editor = new LineEditor((text, cursor) => Completion.For(chat, text, cursor), static (text, cursor) => ShortCode.Before(text, cursor));
    }

    /// <summary>What the chat knows.</summary>
    public ChatModel Chat { get; }

    /// <summary>What the user prefers.</summary>
    public Preferences Preferences { get; private set; }

    /// <summary>What the user is called.</summary>
    public string Me { get; set; }

    /// <summary>What is being written in the open room.</summary>
    public LineEditor Editor { get; }

    /// <summary>Columns of the screen.</summary>
    public int Columns { get; set; } = 80;

    /// <summary>Rows of the screen.</summary>
    public int Rows { get; set; } = 24;

    /// <summary>Whether the rooms are shown; null leaves it to the width.</summary>
    public bool? ShowRooms { get; set; }

    /// <summary>Whether the people are shown; null leaves it to the width.</summary>
    public bool? ShowPeople { get; set; }

    /// <summary>The box above everything; null when none is open.</summary>
    public ListBox? Box { get; set; }

    /// <summary>What the last search found, newest first, and which of it was shown last.</summary>
    public (IReadOnlyList<ChatMessage> Messages, int At) Found { get; set; } = ([], -1);

    /// <summary>Only texts, from the left edge, to be copied.</summary>
    public bool Copying { get; set; }

    /// <summary>A short answer on the status line, and until when.</summary>
    public (string Text, DateTimeOffset Until)? Flash { get; set; }

    /// <summary>Who is known to be in which private room.</summary>
    public HashSet<(Room, AccountId)> Inside { get; } = [];

    /// <summary>Whether the keys of vi are commands now.</summary>
    public bool IsNormal { get; set; }

    /// <summary>What of a command of several strokes was pressed so far; empty when nothing.</summary>
    public string Begun { get; set; } = "";

    /// <summary>The connection.</summary>
    public Connection Connection { get; set; } = new(false, null, null);

    /// <summary>Broker and hub.</summary>
    public Venue Venue { get; set; } = new(null, null);

    /// <summary>Whether the terminal is the one its user looks at.</summary>
    public bool Focused { get; set; } = true;

    /// <summary>Whether many pasted lines wait for a second Enter.</summary>
    public bool Asking { get; set; }

    /// <summary>When Ctrl+C was pressed on an empty composer; once more within moments leaves.</summary>
    public DateTimeOffset? LeaveAsked { get; set; }

    /// <summary>Whether the terminal said that its ground is light.</summary>
    public bool LightGround { get; set; }

    /// <summary>What the terminal can do.</summary>
    public TerminalKind Terminal { get; init; } = new(ColourDepth.Palette, true);

    /// <summary>Whether the three lines for a first start are shown.</summary>
    public bool Greeting { get; set; }

    /// <summary>The open room; null when in none.</summary>
    public Conversation? Current => Chat.Current is { } room ? Of(room) : null;

    /// <summary>Every conversation that was opened or has something new.</summary>
    public IEnumerable<Conversation> Conversations => _conversations.Values;

    /// <summary>The theme.</summary>
    public Theme Theme
    {
        get
        {
            if (_theme is not { } known || known.Of != (Preferences, LightGround))
            {
                _theme = known = ((Preferences, LightGround), Preferences.ThemeFor(Terminal.Depth, LightGround));
            }

            return known.Theme;
        }
    }

    /// <summary>How items are written now.</summary>
    public LayoutContext Context { get; private set; } = null!;

    /// <summary>The conversation of a room.</summary>
    public Conversation Of(Room room)
    {
        if (!_conversations.TryGetValue(room, out var conversation))
        {
            _conversations[room] = conversation = new Conversation(room);
        }

        return conversation;
    }

    /// <summary>Forgets a room that was left.</summary>
    public void Drop(Room room) => _conversations.Remove(room);

    /// <summary>Takes other preferences.</summary>
    public void Prefer(Preferences preferences)
    {
        Preferences = preferences;
        Refresh();
    }

    /// <summary>Something changed that shows in all rows: language, names, preferences.</summary>
    public void Refresh()
    {
        var people = Chat.People.Values.Where(static person => !person.IsMe).Select(static person => person.Who.Name);
        Context = new LayoutContext(Chat.Words, Chat.Zone, new RichContext([Me], [.. people]), ++_version)
        {
            TimeFormat = Preferences.TimeFormat,
            Roomy = Preferences.Roomy,
            ShowIds = Chat.ShowIds,
        };
    }

    /// <summary>Where the parts of the screen are.</summary>
    public ScreenLayout Layout()
    {
        var rows = Copying ? 0 : Input(Columns).Rows.Count;
        return ScreenLayout.Of(Columns, Rows, rows, Copying ? false : ShowRooms ?? Preferences.Rooms, Copying ? false : ShowPeople ?? Preferences.People, Chat.Joined.Count);
    }

    /// <summary>What is visible of the open room.</summary>
    public Viewport? View() => Current is { } conversation ? View(conversation) : null;

    /// <summary>What would be visible of a room.</summary>
    public Viewport View(Conversation conversation)
    {
        var talk = Layout().Talk;
        return new Viewport(conversation, Context, Math.Max(12, talk.Columns), Math.Max(1, talk.Rows), Preferences.FoldNotes);
    }

    /// <summary>The composer, laid out.</summary>
    public InputLayout Input(int columns)
    {
        var key = (Prompt, Editor.Text, Editor.Cursor, columns);
        if (_input is not { } known || known.Key != key)
        {
            _input = known = (key, InputLayout.Of(key.Prompt, key.Text, key.Cursor, columns));
        }

        return known.Layout;
    }

    /// <summary>What stands before the composer's text.</summary>
    public string Prompt => Current?.About is var (item, edit)
        ? Chat.Words.ComposerAbout(Harmless.Name(item.Message.From.Name), edit) + "> "
        : "> ";

    /// <summary>Says something short on the status line.</summary>
    public void Say(string text, DateTimeOffset now) => Flash = (text, now + TimeSpan.FromSeconds(6));
}
