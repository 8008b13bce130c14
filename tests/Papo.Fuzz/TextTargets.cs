// Owns: the readers of what people and files say: names, addresses, settings, command lines, keys.
// Must never: read a file or a terminal.
using System.Text;
using Papo.Client;
using Papo.Client.Store;
using Papo.Client.Wire;
using Papo.Commands;
using Papo.Hub;
using Papo.Protocol;
using Papo.Terminal;
using Papo.Texts;

namespace Papo.Fuzz;

internal static class TextTargets
{
    private static readonly DateTimeOffset Noon = new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly string[] Keys = ["bind", "broker", "title", "retention"];

    public static IReadOnlyList<Target> All { get; } =
    [
        Of("room", static text => (Room.TryParse(text, out var typed), Room.TryFromWire(text, out _), typed?.IsPrivate), "#General", "cozinha-2", "@ana"),
        Of("name", static text => DisplayName.TryParse(text, out _), "ana", "José Ærø", "ana·k7m2"),
        Of("broker", static text => BrokerAddress.TryParse(text, out var address, out var problem) ? (address.Transport, address.User is null) : problem, "mqtts://ana@[fe80::1%25eth0]:8883", "ws://casa.local/mqtt", "192.168.0.10"),
        Of("link", static text => InviteLink.TryParse(text, out var link) ? (link.Broker.Transport, link.Room?.IsPrivate, link.BrokerKey is null) : null, "papo://h:1/general/s=aaaqeayeaudaocajbifqydiob4/v=wss/p=%2Fa",
            "papo://h/~AAAAAAAAAAAAAAAAAAAAAA/s=aaaqeayeaudaocajbifqydiob4/a=aaaqeayeaudaocajbifqydiob4/t=aaaqeayeaudaocajbifqydiob4"),
        Of("ids", static text => (AccountId.TryParse(text, out _), EntryId.TryParse(text, out _)), "vpyepclt52fpnafhgtlospfrvm"),
        Of("archive", static text => ArchivePlace.TryParse(text, out var place) ? place.GetType() : null, "sqlite:/tmp/a.db", "postgres://ana@localhost/papo?sslmode=require"),
        Of("settings", static text => HubSettingsFile.Parse("hub.conf", text.Split('\n'), Keys, Words.For(Language.English)).Problem is null, "# casa\nbind = 0.0.0.0\ntitle = Casa da ana\n"),
        Of("moment", static text => Moment.TryParse(text, Noon, TimeZoneInfo.Utc, out _), "2h", "2026-01-01T10:00", "9:30", "@12"),
        Of("command-line", ReadCommandLine, "send\n--json\ngeneral\noi", "hub\n--bind\n0.0.0.0\n--retention\n90d", "tail\n-n\n5\n--lang\npt-BR", "search\n--from\nana\npalavra"),
        Of("words", static text => Math.Min(FoldedWords.Of(text).Count, 8), "Pão de açúcar, ÀÉÎÕÜ ﬁ ß İ 東京"),
        Of("key-setting", ReadKeySetting, "key.ctrl+k=palette", "key.ctrl+x ctrl+u=undo", "key.?=none", "key.a=undo", "key.f2=explode", "key.hyper+k=undo"),
        new("keys", ReadKeys, Encoding.UTF8.GetBytes("olá\e[A\e[1;5D\e[200~uma\nduas\e[201~\x7f\r"), Encoding.UTF8.GetBytes("👩‍👩‍👧 e\u0301\e\e[3~\x01\x05\x17"),
            Encoding.UTF8.GetBytes("\e[<0;3;4M\e]11;rgb:00/00/00\e\\\e[27;5;107~\e[97;5u\x18\x15\x1f")),
    ];

    private static Target Of(string name, Func<string, object?> read, params string[] examples) =>
        new(name, bytes => read(Encoding.UTF8.GetString(bytes)), [.. examples.Select(Encoding.UTF8.GetBytes)]);

    private static object? ReadCommandLine(string text)
    {
        var reading = CommandLineReading.Read(text.Split('\n'), Language.English, Noon, TimeZoneInfo.Utc, static _ => null);
        return reading.Request.GetType();
    }

    private static object? ReadKeySetting(string text)
    {
        var (name, value) = text.Split('=', 2) is [var left, var right] ? (left, right) : (text, "palette");
        var (map, problem) = KeySettings.Bind(KeyMap.Emacs, name, value, Words.For(Language.English));
        return (problem?[..Math.Min(problem.Length, 5)], map.Bindings.Count, map.Bindings[^1].Second is null);
    }

    // However the bytes are cut into reads, the same keys come out; and whatever they do to the line, the cursor stays inside it.
    private static object? ReadKeys(byte[] bytes)
    {
        var (whole, piecemeal) = (new KeyParser(), new KeyParser());
        var keys = whole.Parse(bytes);
        var again = bytes.SelectMany(each => piecemeal.Parse([each])).ToList();
        if (!keys.SequenceEqual(again) || !whole.Flush().SequenceEqual(piecemeal.Flush()))
        {
            var at = keys.Zip(again).TakeWhile(static pair => pair.First == pair.Second).Count();
            throw new InvalidOperationException($"key {at} of {keys.Count} whole: {keys.ElementAtOrDefault(at)}; byte by byte: {again.ElementAtOrDefault(at)}");
        }

        return (Use(keys, KeyMap.Emacs), Use(keys, KeyMap.Vi), whole.IsWaiting);
    }

    private static int Use(IReadOnlyList<Key> keys, KeyMap map)
    {
        var (keyboard, editor) = (new Keyboard(map), new LineEditor(static (_, cursor) => new Completions(cursor, [])));
        var outcomes = new HashSet<EditOutcome>();
        foreach (var command in keys.SelectMany(key => keyboard.Press(key, editor.State(isFullScreen: false))))
        {
            var outcome = editor.Apply(command);
            outcomes.Add(outcome);
            if (outcome == EditOutcome.Submitted)
            {
                editor.TakeLine();
            }

            if (editor.Cursor != TextBorders.AtOrAfter(editor.Text, editor.Cursor))
            {
                throw new InvalidOperationException($"cursor {editor.Cursor} in a line of {editor.Text.Length} after {command}");
            }
        }

        return outcomes.Count;
    }
}
