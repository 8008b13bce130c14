// Owns: the rows of each box: palette, help, search, settings.
// Must never: offer what cannot be done.
using Papo.Chat;
using Papo.Client;
using Papo.Drawing;
using Papo.Output;
using Papo.Pictures;
using Papo.Protocol;
using Papo.Terminal;

namespace Papo.FullScreen;

/// <summary>Makes boxes.</summary>
internal static class ScreenChoices
{
    /// <summary>Rooms, people, actions, commands and settings, found by a few letters.</summary>
    public static ListBox Palette(ScreenModel model)
    {
        var words = model.Chat.Words;
        List<Choice> choices = [];
        choices.AddRange(model.Chat.Joined
            .OrderByDescending(room => model.Of(room).Mentions).ThenByDescending(room => model.Of(room).Unread)
            .Select(room => new Choice(room.ToString(), words.PaletteRoom(model.Of(room).Unread), (m, step) => ScreenActions.GoTo(m, room, step))));
        choices.AddRange(model.Chat.People.Values.SelectMany(static person => person.Rooms).Distinct().Except(model.Chat.Joined)
            .Select(room => new Choice(room.ToString(), words.PaletteJoin, (m, step) => ScreenActions.GoTo(m, room, step))));
        choices.AddRange(BarView.People(model).Where(static person => !person.IsMe)
            .Select(person => new Choice("@" + Harmless.Name(person.Who.Name), Harmless.Line(person.Status), (_, step) => ScreenActions.Address(person, step))));
        choices.AddRange(KeyMap.Emacs.Bindings.Where(static binding => IsForPalette(binding.Action)).DistinctBy(static binding => binding.Action)
            .Select(binding => new Choice(words.About(binding.Action), binding.Name, (m, step) => ScreenKeys.Press(m, binding.Action, "", default, step))));
        choices.AddRange(SlashCommand.All.Select(command => new Choice(command.Usage(words), command.Help(words).About, (m, step) => Begin(m, command, step))));
        choices.AddRange(Values(model, ""));
        return new ListBox(words.PaletteTitle, choices);
    }

    /// <summary>Every key and command.</summary>
    public static ListBox Help(ScreenModel model)
    {
        var words = model.Chat.Words;
        List<Choice> rows = [.. SlashCommand.All.Select(command => new Choice(command.Usage(words), command.Help(words).About, (m, step) => Begin(m, command, step)))];
        rows.AddRange(KeyChoice.Of(model.Preferences, words).Map.Bindings
            .GroupBy(static binding => binding.Action)
            .Select(group => new Choice(string.Join(", ", group.Select(static binding => binding.Name).Distinct().Take(3)), words.About(group.Key))));
        rows.AddRange(words.ChosenKeys.Select(static row => new Choice(row.Key, row.About)));
        rows.AddRange(words.Signs.Select(static row => new Choice(row.Sign, row.About)));
        return new ListBox(words.HelpTitle, rows);
    }

    /// <summary>A search whose words are typed into the box.</summary>
    public static ListBox Search(ScreenModel model) =>
        new(model.Chat.Words.SearchTitle, [], static (_, words, step) => step.Effects.Add(new SearchEffect(words)));

    /// <summary>What a search found, newest first.</summary>
    public static ListBox Found(ScreenModel model, SearchDone search) => new(
        $"{model.Chat.Words.FoundTitle(search.Found.Messages.Count)} · {model.Chat.Words.Searched(search.Found.Source)}", Messages(model, search.Found.Messages, withRoom: true));

    /// <summary>A thread, the oldest message first.</summary>
    public static ListBox Thread(ScreenModel model, IReadOnlyList<ChatMessage> messages) => new(model.Chat.Words.ThreadTitle(messages.Count), Messages(model, messages, withRoom: false));

    /// <summary>What Papo says, to be read where no room is open.</summary>
    public static ListBox Note(ScreenModel model, NoteItem note) =>
        new(model.Chat.Words.NoteTitle, [.. note.Lines.Select(static line => new Choice(line.Plain, ""))]);

    /// <summary>A link with its code; null where the terminal cannot draw a code dark on light, or has no room for it: then the note alone says it.</summary>
    public static ListBox? Link(ScreenModel model, Room room, InviteLink link, IEnumerable<StyledLine> note)
    {
        var text = link.ToString();
        if (model.Terminal is { Depth: ColourDepth.None } or { HasSmallFont: true } || !QrCode.TryMake(text, out var code) || !CodeView.Fits(code, model.Columns, model.Rows))
        {
            return null;
        }

        List<Choice> rows = [.. note.Select(line => new Choice(line.Plain, "", (m, step) => ScreenActions.TakeLink(m, text, step)))];
        return new ListBox(model.Chat.Words.LinkTitle(room.ToString()), [.. rows, new Choice(model.Chat.Words.LinkKeys, "")]) { Code = code };
    }

    /// <summary>Every setting with its values.</summary>
    public static ListBox Settings(ScreenModel model, string name)
    {
        var box = new ListBox(model.Chat.Words.SettingsTitle, [.. Values(model, "")]);
        box.Type(name);
        return box;
    }

    private static IReadOnlyList<Choice> Messages(ScreenModel model, IReadOnlyList<ChatMessage> messages, bool withRoom)
    {
        var lines = model.Chat.Lines(null);
        return [.. messages.Select((message, place) => new Choice(
            $"{lines.Name(message.From)}: {(message.Deleted ? model.Chat.Words.DeletedText : Harmless.Line(message.Text))}",
            $"{model.Chat.Words.ShortDay(lines.Day(message.At))} {lines.Time(message.At)}{(withRoom ? $" {message.Room}" : "")}",
            (m, step) => ScreenActions.ShowFound(m, place, step)))];
    }

    private static IEnumerable<Choice> Values(ScreenModel model, string prefix) => Preferences.All.SelectMany(setting => setting.Values.Select(value => new Choice(
        $"{prefix}{setting.Name} = {value}{(model.Preferences[setting.Name] == value ? " ✓" : "")}",
        model.Chat.Words.AboutSetting(setting.Name),
        (m, step) => ScreenCommands.Set(m, setting.Name, value, step))));

    // A command that takes something is begun in the composer, any other runs.
    private static void Begin(ScreenModel model, SlashCommand command, ChatStep step)
    {
        if (command.Help(model.Chat.Words).Arguments.Length > 0)
        {
            model.Editor.SetDraft(new LineDraft(command.Name + " ", command.Name.Length + 1));
        }
        else if (!ScreenCommands.TryRun(model, command.Name, step))
        {
            LineInput.Apply(model.Chat, command.Name, step);
            model.Refresh();
        }
    }

    private static bool IsForPalette(KeyAction action) => action is >= KeyAction.NextUnreadRoom and not (KeyAction.Palette or KeyAction.NextMatch or KeyAction.PreviousMatch)
        and not (>= KeyAction.Room1 and <= KeyAction.Room9);
}
