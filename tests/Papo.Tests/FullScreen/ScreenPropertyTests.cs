// Owns: proof that nothing that can be done to the screen breaks it.
// Must never: know what a key is for.
using System.Text;
using CsCheck;
using Papo.Chat;
using Papo.Client;
using Papo.Drawing;
using Papo.FullScreen;
using Papo.Output;
using Papo.Protocol;
using Papo.Terminal;
using Papo.Tests.Drawing;
using static Papo.Tests.Program.TestMessages;

namespace Papo.Tests.FullScreen;

public sealed class ScreenPropertyTests
{
    private static readonly string[] Texts =
    [
        "oi", "a longer line of words that has to be broken somewhere in the middle of it, whatever the width", "日本語のテキスト", "👩‍👩‍👧👍🏽🇧🇷", "e\u0301\u0327", "שלום (world) 123",
        "**b** `c` ~~s~~ [x](https://e.org)", "```cs\nvar x = 1;\n```", "> q\n- l", "\e[31mred\a\t|", "line\nline\nline", "/who", "/set theme light", "/nope", "@bia ", ":sm", "#dev", "",
    ];

    private static readonly Gen<Action<ScreenWorld>> Acts = Gen.OneOf(
        Gen.Select(Gen.Int[0, 33], Gen.Int[0, 7]).Select(static (code, modifiers) => Act(world => world.Stroke(Stroke((KeyCode)code, (Modifiers)modifiers, 0, 0)))),
        Gen.Select(Gen.Int[0, 6], Gen.Int[-5, 210], Gen.Int[-5, 70]).Select(static (kind, column, row) => Act(world => world.Stroke(new Key(KeyCode.Mouse) { Pointer = new Pointer((PointerKind)kind, PointerButton.Left, column, row) }))),
        Gen.Int[0, Texts.Length - 1].Select(static i => Act(world => world.Type(Harmless.Line(Texts[i])))),
        Gen.Int[0, Texts.Length - 1].Select(static i => Act(world => world.Stroke(new Key(KeyCode.Paste, Text: Texts[i])))),
        Gen.Select(Gen.Int[0, KeyMap.Emacs.Bindings.Count - 1], Gen.Bool).Select(static (i, _) => Act(world => Press(world, KeyMap.Emacs.Bindings[i]))),
        Gen.Select(Gen.Int[1, 220], Gen.Int[1, 70]).Select(static (columns, rows) => Act(world => world.Resize(columns, rows))),
        Gen.Select(Gen.Int[0, Texts.Length - 1], Gen.Int[1, 60], Gen.Int[0, 7]).Select(static (text, id, kind) => Act(world => world.Say(Message(Texts[text], id, kind)))),
        Gen.Int[0, 9].Select(static kind => Act(world => Happen(world, kind))));

    [Fact]
    public void No_keys_clicks_pastes_sizes_and_events_in_any_order_break_it_or_draw_what_a_terminal_would_not_show()
    {
        Acts.List[1, 40].Sample(
            acts =>
            {
                var world = new ScreenWorld(80, 20);
                PictureTerminal? terminal = null;
                var size = (0, 0);
                foreach (var act in acts)
                {
                    act(world);
                    var now = (world.Model.Columns, world.Model.Rows);
                    terminal = terminal is null || now != size ? new PictureTerminal(now.Columns, now.Rows) : terminal;
                    size = now;
                    terminal.Write(world.Update());
                }

                // What was drawn in many updates is what one update from nothing draws.
                var fresh = new Painter(new TerminalKind(ColourDepth.Palette, true));
                ScreenView.Draw(world.Model, fresh.Next, new Hits());
                var expected = new PictureTerminal(size.Item1, size.Item2);
                expected.Write(fresh.Update());
                Assert.Equal(expected.ToString(), terminal!.ToString());
                Assert.Equal(expected.CursorVisible, terminal.CursorVisible);
            },
            iter: 100);
    }

    private static Action<ScreenWorld> Act(Action<ScreenWorld> act) => act;

    private static Key Stroke(KeyCode code, Modifiers modifiers, int column, int row) => code switch
    {
        KeyCode.Text => new Key(code, modifiers, "r"),
        KeyCode.Answer => new Key(code, Text: "]11;rgb:ffff/ffff/ffff"),
        KeyCode.Mouse => new Key(code) { Pointer = new Pointer(PointerKind.WheelUp, PointerButton.None, column, row) },
        _ => new Key(code, modifiers),
    };

    private static void Press(ScreenWorld world, KeyBinding binding)
    {
        world.Stroke(binding.First);
        if (binding.Second is { } second)
        {
            world.Stroke(second);
        }
    }

    private static ChatMessage Message(string text, int id, int kind) => kind switch
    {
        0 => Own(text, id) with { At = Noon.AddMinutes(id) },
        1 => Said(Bob, text, id) with { LocalId = Id(1000 + id) },
        2 => Said(Bia, text, id) with { Late = true },
        3 => Said(Caio, text, id) with { ReplyTo = Id(1), Quote = ("bia", text), Edited = true },
        4 => Said(Bia, text, id) with { MentionsMe = true, Reactions = [new Reaction("👍", ["ana"], true), new Reaction(text, ["bia"], false)] },
        5 => Said(Caio, text, id) with { Room = Dev },
        6 => Said(Caio, null, id) with { Deleted = true },
        _ => Said(Bia, text, id),
    };

    private static void Happen(ScreenWorld world, int kind)
    {
        switch (kind)
        {
            case 0:
                world.Take(new RoomJoined(Dev));
                break;
            case 1:
                world.Take(new RoomLeft(Dev));
                break;
            case 2:
                world.Take(new RoomLeft(Room.General));
                break;
            case 3:
                world.Tell(new ConnectionChanged(new Connection(false, null, null)));
                break;
            case 4:
                world.Tell(new StateChanged(Room.General, 5, Id(5), MessageState.Failed, SendProblem.NotAllowed));
                break;
            case 5:
                foreach (var asked in world.Effects.OfType<PageEffect>().TakeLast(2).ToList())
                {
                    world.Take(new PageLoaded(asked, new HistoryPage([.. Enumerable.Range(1, 200).Select(i => Said(Bia, Texts[i % 11], i - 300) with { Room = asked.Room })], true, false)));
                }

                break;
            case 6:
                world.Now += TimeSpan.FromSeconds(5);
                world.Take(new TickEvent());
                break;
            case 7:
                world.Tell(new TypingChanged(Room.General, Bia, true), new MissingChanged(Room.General, 3), new PersonChanged(Here(Caio, online: false), PersonEvent.Left));
                break;
            case 8:
                world.Take(new SearchDone(new SearchPage([Said(Bia, new StringBuilder().Insert(0, "found ", 50).ToString(), 3)], default)));
                break;
            default:
                world.Tell(new CaughtUp(Room.General));
                break;
        }
    }
}
