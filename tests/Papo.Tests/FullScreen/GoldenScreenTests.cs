// Owns: how the screen looks in each state, at three sizes, as text that people reviewed.
// Must never: depend on the time zone, the language or the terminal of the computer.
using Papo.Chat;
using Papo.Client;
using Papo.Drawing;
using Papo.FullScreen;
using Papo.Protocol;
using Papo.Tests.World;
using Papo.Texts;
using static Papo.Tests.Program.TestMessages;

namespace Papo.Tests.FullScreen;

public sealed class GoldenScreenTests
{
    /// <summary>Sensible, good, splendid.</summary>
    public static readonly TheoryData<int, int> Sizes = new() { { 60, 15 }, { 100, 30 }, { 200, 60 } };

    [Theory]
    [MemberData(nameof(Sizes))]
    public void A_conversation_of_everything_that_messages_can_be(int columns, int rows)
    {
        var screen = Busy(columns, rows);
        Golden.Check($"conversation-{columns}x{rows}", screen.Picture());
    }

    [Theory]
    [MemberData(nameof(Sizes))]
    public void The_first_start(int columns, int rows)
    {
        var screen = new ScreenWorld(columns, rows);
        screen.Model.Greeting = true;
        Golden.Check($"first-{columns}x{rows}", screen.Picture());
    }

    [Theory]
    [MemberData(nameof(Sizes))]
    public void The_first_start_in_portuguese(int columns, int rows)
    {
        var screen = new ScreenWorld(columns, rows, Language.BrazilianPortuguese);
        screen.Model.Greeting = true;
        Golden.Check($"first-pt-{columns}x{rows}", screen.Picture());
    }

    [Theory]
    [MemberData(nameof(Sizes))]
    public void The_palette(int columns, int rows)
    {
        var screen = Busy(columns, rows);
        screen.Press("ctrl+k");
        Golden.Check($"palette-{columns}x{rows}", screen.Picture());
        screen.Type("de");
        Golden.Check($"palette-typed-{columns}x{rows}", screen.Picture());
    }

    [Theory]
    [MemberData(nameof(Sizes))]
    public void The_help(int columns, int rows)
    {
        var screen = Busy(columns, rows);
        screen.Press("f1");
        Golden.Check($"help-{columns}x{rows}", screen.Picture());
    }

    [Theory]
    [MemberData(nameof(Sizes))]
    public void What_a_search_found(int columns, int rows)
    {
        var screen = Busy(columns, rows);
        screen.Take(new SearchDone(new SearchPage([Said(Bia, "the keys are under the mat", 3), Said(Caio, "keys?", 2)], default)));
        Golden.Check($"search-{columns}x{rows}", screen.Picture());
    }

    [Theory]
    [MemberData(nameof(Sizes))]
    public void Completions_above_the_composer(int columns, int rows)
    {
        var screen = Busy(columns, rows);
        screen.Type("/m");
        screen.Press("tab");
        Golden.Check($"completions-{columns}x{rows}", screen.Picture());
    }

    [Theory]
    [MemberData(nameof(Sizes))]
    public void A_reply_of_several_lines_that_is_being_written(int columns, int rows)
    {
        var screen = Busy(columns, rows);
        screen.Press("alt+r");
        screen.Type("yes, and");
        screen.Press("alt+enter");
        screen.Type("bring the cake");
        Golden.Check($"composing-{columns}x{rows}", screen.Picture());
    }

    [Theory]
    [MemberData(nameof(Sizes))]
    public void Without_a_connection(int columns, int rows)
    {
        var screen = Busy(columns, rows);
        screen.Tell(new ConnectionChanged(new Connection(false, new Client.Wire.ConnectFailure(Client.Wire.ConnectFailureKind.Refused, "127.0.0.1 port 1883"), TimeSpan.FromSeconds(2))));
        screen.Say(Own("are you there?", 9));
        Golden.Check($"down-{columns}x{rows}", screen.Picture());
    }

    [Theory]
    [MemberData(nameof(Sizes))]
    public void In_no_room(int columns, int rows)
    {
        var screen = new ScreenWorld(columns, rows);
        screen.Take(new RoomLeft(Room.General));
        Golden.Check($"no-room-{columns}x{rows}", screen.Picture());
    }

    [Theory]
    [MemberData(nameof(Sizes))]
    public void Texts_to_copy(int columns, int rows)
    {
        var screen = Busy(columns, rows);
        screen.Press("f9");
        Golden.Check($"copy-{columns}x{rows}", screen.Picture());
    }

    [Theory]
    [MemberData(nameof(Sizes))]
    public void Scrolled_up_in_a_long_conversation(int columns, int rows)
    {
        var screen = new ScreenWorld(columns, rows);
        screen.Load(PageUse.Opening, [.. Enumerable.Range(1, 200).Select(static i => Said(i % 3 == 0 ? Ana : i % 3 == 1 ? Bia : Caio, $"line {i}", i))]);
        screen.Press("pageup", "pageup");
        Golden.Check($"scrolled-{columns}x{rows}", screen.Picture());
    }

    [Theory]
    [MemberData(nameof(Sizes))]
    public void Something_is_missing_and_something_failed(int columns, int rows)
    {
        var screen = Busy(columns, rows);
        screen.Say(Own("this one is too large", 9), Own("this one waits", 10));
        screen.Tell(new StateChanged(Room.General, 9, Id(9), MessageState.Failed, SendProblem.TooLong), new MissingChanged(Room.General, 12));
        Golden.Check($"failed-{columns}x{rows}", screen.Picture());
    }

    [Theory]
    [MemberData(nameof(Sizes))]
    public void A_message_is_chosen(int columns, int rows)
    {
        var screen = Busy(columns, rows);
        screen.Press("alt+p", "alt+p");
        Golden.Check($"chosen-{columns}x{rows}", screen.Picture());
    }

    [Theory]
    [MemberData(nameof(Sizes))]
    public void Back_after_an_hour_elsewhere(int columns, int rows)
    {
        var screen = Busy(columns, rows);
        screen.Press("alt+2");
        screen.Say([.. Enumerable.Range(20, 8).Select(static i => Said(i % 2 == 0 ? Bia : Caio, i == 23 ? "@ana are you coming?" : $"meanwhile {i}", i) with { MentionsMe = i == 23 })]);
        Golden.Check($"elsewhere-{columns}x{rows}", screen.Picture());
        screen.Press("alt+1");
        Golden.Check($"back-{columns}x{rows}", screen.Picture());
    }

    [Theory]
    [MemberData(nameof(Sizes))]
    public void Warnings_are_never_folded_away(int columns, int rows)
    {
        var screen = Busy(columns, rows);
        screen.Tell([.. Enumerable.Range(0, 4).Select(static i => new Noticed(new Notice(NoticeKind.ClockDoubtful, Room.General, $"davi{i}")))]);
        screen.Tell(new TypingChanged(Room.General, Bia, true), new TypingChanged(Room.General, Caio, true));
        Golden.Check($"warnings-{columns}x{rows}", screen.Picture());
    }

    [Theory]
    [MemberData(nameof(Sizes))]
    public void A_thread(int columns, int rows)
    {
        var screen = Busy(columns, rows);
        screen.Press("alt+p", "alt+p");
        screen.Type("t");
        Assert.Single(screen.Effects.OfType<ThreadEffect>());
        screen.Take(new ThreadKnown(
        [
            Said(Bia, "Who brings what on Saturday? We are twelve, and last time there were four cakes and nothing to drink.", 3) with { At = Noon.AddDays(-1) },
            Said(Caio, "I bring juice", 4) with { ReplyTo = Id(3) },
            Said(Ana, null, 5) with { ReplyTo = Id(3), Deleted = true, Mine = true },
            Said(Bob, "sensor: fridge at 4 °C", 6),
        ]));
        Golden.Check($"thread-{columns}x{rows}", screen.Picture());
    }

    [Theory]
    [MemberData(nameof(Sizes))]
    public void Keys_to_compare_by_digits_and_by_emoji(int columns, int rows)
    {
        var screen = Busy(columns, rows);
        screen.Take(new SafetyKnownOf(new SafetyCheck(Bia, [.. Enumerable.Range(1, 12).Select(static i => (i * 7919).ToString("00000", System.Globalization.CultureInfo.InvariantCulture))], null, []), null));
        Golden.Check($"verify-{columns}x{rows}", screen.Picture());
        screen.Take(new EmojiAskedFor(new EmojiBegun(Bia, IsAsked: true)));
        screen.Tell(new EmojiShown(Bia, [0, 9, 18, 27, 36, 45, 54]));
        Golden.Check($"emoji-{columns}x{rows}", screen.Picture());
    }

    [Theory]
    [MemberData(nameof(Sizes))]
    public void Ones_computers(int columns, int rows)
    {
        var screen = Busy(columns, rows);
        screen.Take(new DeviceAnswer([new AccountCopy(new CopyId(1), "laptop", true, false, Noon), new AccountCopy(new CopyId(2), "", false, true, Noon)], null, null, OnlyHere: false));
        screen.Take(new DeviceAnswer(null, Invitation("@me/d=aaaqeayeaudaocajbifqydiob4/a=aaaqeayeaudaocajbifqydiob4/t=aaaqeayeaudaocajbifqydiob4"), null, OnlyHere: false));
        Golden.Check($"devices-{columns}x{rows}", screen.Picture());
    }

    [Theory]
    [MemberData(nameof(Sizes))]
    public void An_invitation(int columns, int rows)
    {
        var screen = Busy(columns, rows);
        screen.Take(new LinkMade(Room.General, Invitation("general/"), Noon, OnlyHere: false));
        Golden.Check($"invite-{columns}x{rows}", screen.Picture());
        screen.Press("escape");
        Golden.Check($"invited-{columns}x{rows}", screen.Picture());
    }

    [Theory]
    [InlineData("dark", false)]
    [InlineData("light", true)]
    [InlineData("contrast", false)]
    public async Task A_camera_reads_the_invitation_from_the_screen(string theme, bool light)
    {
        var screen = Busy(100, 30, $"theme = {theme}");
        var link = Invitation("general/");
        screen.Take(new LinkMade(Room.General, link, Noon, OnlyHere: false));
        Assert.Equal(link.ToString(), await Camera.ReadAsync(Points(screen.Draw(), light)));
    }

    [Theory]
    [MemberData(nameof(Sizes))]
    public void The_screen_as_lines(int columns, int rows)
    {
        var screen = Busy(columns, rows);
        screen.Type("/where");
        screen.Press("enter");
        screen.Type("/read 3");
        screen.Press("enter");
        Golden.Check($"lines-{columns}x{rows}", screen.Picture());
    }

    [Theory]
    [MemberData(nameof(Sizes))]
    public void A_private_room_with_one_computer_that_was_removed_and_one_that_is_not_known(int columns, int rows)
    {
        var screen = Busy(columns, rows);
        Assert.True(Room.TryFromWire("~AAAAAAAAAAAAAAAAAAAAAA", out var room));
        room = room.Called("~plans for the summer");
        screen.Take(new RoomJoined(room));
        screen.Take(new InsideKnown(room, [Here(Ana), Here(Caio)]));
        screen.Say(
            Said(Caio with { Trust = Trust.Verified }, "only for us", 30) with { Room = room },
            Said(Caio with { Trust = Trust.Removed }, "from the laptop that was stolen", 31) with { Room = room },
            Said(Person("davi", 9) with { Trust = Trust.Unknown }, "who am I?", 32) with { Room = room },
            Said(Caio, null, 33) with { Room = room, Kind = MessageKind.Locked });
        Golden.Check($"private-{columns}x{rows}", screen.Picture());
    }

    [Theory]
    [InlineData("dark")]
    [InlineData("light")]
    [InlineData("contrast")]
    [InlineData("16")]
    public void No_theme_changes_what_stands_there(string theme)
    {
        Assert.Equal(Busy(100, 30).Picture(), Busy(100, 30, $"theme = {theme}").Picture());
    }

    [Fact]
    public void The_pictures_in_the_documentation_are_what_the_screen_draws()
    {
        Golden.CheckDocs("conversation", ScreenSvg.Of(Busy(110, 32).Draw()));
        Golden.CheckDocs("light", ScreenSvg.Of(Busy(110, 32, "theme = light", "density = roomy").Draw(), light: true));
        var palette = Busy(110, 32);
        palette.Press("ctrl+k");
        Golden.CheckDocs("palette", ScreenSvg.Of(palette.Draw()));
        Golden.CheckDocs("small", ScreenSvg.Of(Busy(60, 15).Draw()));
    }

    // Two points a cell, as a camera sees them; the ground of the terminal is dark or light.
    private static List<bool[]> Points(Canvas canvas, bool light)
    {
        List<bool[]> points = [];
        for (var row = 0; row < canvas.Rows; row++)
        {
            Cell[] cells = [.. canvas.Row(row)];
            points.Add([.. cells.Select(cell => IsDark(cell.Text is "█" or "▀" ? cell.Look.Fore : cell.Look.Back))]);
            points.Add([.. cells.Select(cell => IsDark(cell.Text is "█" or "▄" ? cell.Look.Fore : cell.Look.Back))]);
        }

        return points;

        bool IsDark(Colour colour) => colour.IsDefault ? !light : colour != Colour.Of(231);
    }

    /// <summary>A link to where its parts say.</summary>
    internal static InviteLink Invitation(string parts)
    {
        var at = parts.IndexOf('/', StringComparison.Ordinal);
        Assert.True(InviteLink.TryParse($"papo://192.168.1.42/{parts[..at]}/s=aaaqeayeaudaocajbifqydiob4{parts[at..].TrimEnd('/')}", out var link));
        return link;
    }

    /// <summary>A room with a bit of everything.</summary>
    internal static ScreenWorld Busy(int columns, int rows, params string[] preferences)
    {
        var screen = new ScreenWorld(columns, rows, Language.English, preferences);
        screen.Take(new RoomJoined(Dev));
        screen.Take(new RoomJoined(Room.General));
        screen.Load(PageUse.Opening,
            Said(Bia, "Good morning! Who has the **keys** to the lab?", 1) with { At = Noon.AddDays(-1) },
            Said(Ana, "I do. See https://example.org/keys for who is next.", 2) with { Mine = true, State = MessageState.Held, At = Noon.AddDays(-1).AddMinutes(2) });
        screen.Say(
            Said(Bia, "@ana thank you!", 3) with { MentionsMe = true },
            Said(Bia, "and this is\n```python\ndef hello():\n    return 'oi'  # greet\n```", 4),
            Said(Caio, "nice", 5) with { ReplyTo = Id(4), Quote = ("bia", "and this is"), Reactions = [new Reaction("👍", ["ana", "bia"], true), new Reaction("🎉", ["bia"], false)] },
            Said(Caio, "changed my mind", 6) with { Edited = true },
            Said(Caio, null, 7) with { Deleted = true },
            Said(Bob, "temperature 21.4 °C", 8),
            Said(Person("bia", 77) with { Trust = Trust.Changed, Name = "bia·k7m2" }, "trust me", 9),
            Said(Caio, "waves", 10) with { IsAction = true },
            Said(Bia, "日本語のテキスト and 👩‍👩‍👧 family; שלום עולם", 11),
            Own("sent and held", 1, MessageState.Held) with { At = Noon.AddMinutes(12), Id = Id(12) },
            Own("on its way", 2, MessageState.Sent) with { At = Noon.AddMinutes(13), Id = Id(13) },
            Own("not yet", 3) with { At = Noon.AddMinutes(14) });
        screen.Tell(new StateChanged(Room.General, 3, null, MessageState.Failed, SendProblem.NotAllowed));
        screen.Say(Said(Caio, "in another room", 20) with { Room = Dev }, Said(Bia, "ana?", 21) with { Room = Dev, MentionsMe = true });
        screen.Tell(new MissingChanged(Room.General, 2), new TypingChanged(Room.General, Bia, true));
        return screen;
    }
}
