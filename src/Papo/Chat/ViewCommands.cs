// Owns: the commands about oneself and the view: /ids /nick /away /ignore /mute /lang /help.
// Must never: touch messages.
using Papo.Output;
using Papo.Protocol;
using Papo.Texts;

namespace Papo.Chat;

/// <summary>Handlers.</summary>
internal static class ViewCommands
{
    /// <summary><c>/ids</c>.</summary>
    public static void Ids(ChatModel model, string rest, ChatStep step)
    {
        model.ShowIds = !model.ShowIds;
        step.Tell(model.ShowIds ? model.Words.IdsShown : model.Words.IdsHidden);
    }

    /// <summary><c>/nick NAME</c>.</summary>
    public static void Nick(ChatModel model, string rest, ChatStep step)
    {
        var problem = DisplayName.TryParse(rest, out var name);
        if (name is null)
        {
            step.Remark(model.Words.Name(problem), Ink.Warning);
            model.Code = ExitCode.Failed;
            return;
        }

        step.Effects.Add(new RenameEffect(name));
    }

    /// <summary><c>/away [TEXT]</c>; without a text it turns round.</summary>
    public static void Away(ChatModel model, string rest, ChatStep step)
    {
        if (rest.EnumerateRunes().Count() > Limits.StatusCodePoints)
        {
            step.Remark(model.Words.StatusTooLong, Ink.Warning);
            return;
        }

        step.Effects.Add(new StatusEffect(rest.Length > 0 || !model.Away, rest));
    }

    /// <summary><c>/ignore NAME</c>.</summary>
    public static void Ignore(ChatModel model, string rest, ChatStep step)
    {
        var name = rest.TrimStart('@');
        if (name.Length == 0)
        {
            SlashCommand.TellUsage(model, "/ignore", step);
            return;
        }

        var shown = Harmless.Name(name);
        var key = name.ToLowerInvariant();
        step.Tell(model.Ignored.Remove(key) ? model.Words.NoLongerIgnoring(shown) : Add(model.Ignored, key, model.Words.Ignoring(shown)));
        step.Effects.Add(new HideEffect(model.Hidden));
    }

    /// <summary><c>/mute [ROOM]</c>.</summary>
    public static void Mute(ChatModel model, string rest, ChatStep step)
    {
        if ((rest.Length == 0 ? model.Current : RoomCommands.Parse(model, rest, step)) is { } room)
        {
            step.Tell(model.Muted.Remove(room) ? model.Words.NoLongerMuting(room.ToString()) : Add(model.Muted, room, model.Words.Muting(room.ToString())));
            step.Effects.Add(new HideEffect(model.Hidden));
        }
    }

    /// <summary><c>/lang en|pt-BR</c>.</summary>
    public static void Lang(ChatModel model, string rest, ChatStep step)
    {
        if (!Language.TryParse(rest, out var language))
        {
            step.Remark(model.Words.LanguageUnknown(Harmless.Line(rest)), Ink.Warning);
            return;
        }

        model.Words = Words.For(language);
        step.Tell(model.Words.LanguageNow);
    }

    /// <summary><c>/where</c>: what a screen shows around the messages, as lines.</summary>
    public static void Where(ChatModel model, string rest, ChatStep step)
    {
        var words = model.Words;
        if (model.Current is { IsPrivate: true } secret)
        {
            step.Tell($"{secret} · {words.EncryptedMark}");
        }
        else if (model.Current is { } current)
        {
            var here = model.People.Values.Where(person => person.Online && (person.IsMe || person.Rooms.Contains(current))).Select(static person => Harmless.Name(person.Who.Name)).Order(StringComparer.OrdinalIgnoreCase).ToList();
            step.Tell(here.Count > 0 ? $"{words.Header(current.ToString(), here.Count)}: {words.Names(here)}" : words.HeaderOffline(current.ToString()));
        }
        else
        {
            step.Tell(words.NoRoomLeft);
        }

        step.Tell(model.Up ? words.WhereBroker(model.Broker) : words.StatusDown(model.ToldFailure));
        foreach (var (room, missing) in model.Missing.Where(static pair => pair.Value > 0))
        {
            step.Tell($"{room} {words.Missing(missing)}");
        }

        if (OwnStates.Summary(model) is { Length: > 0 } own)
        {
            step.Tell(words.WhereOwn(own));
        }

        step.Tell(words.WhereRooms(string.Join(' ', model.Joined)));
    }

    /// <summary><c>/read [COUNT]</c>: the last messages of this room once more, as lines.</summary>
    public static void Read(ChatModel model, string rest, ChatStep step)
    {
        const int usual = 5;
        var count = int.TryParse(rest, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var asked) && asked > 0 ? asked : usual;
        var messages = model.Current is { } room ? model.Recent(room) : [];
        foreach (var message in messages.TakeLast(count))
        {
            step.Lines.AddRange(MessageLines.Of(message, model.Lines(message.Room)));
        }

        if (messages.Count == 0)
        {
            step.Tell(model.Words.NothingYet);
        }
    }

    /// <summary>A command that only the full screen carries out; it does so before it comes here.</summary>
    public static Action<ChatModel, string, ChatStep> OnScreen(string name) => (model, _, step) => step.Remark(model.Words.OnlyOnScreen(name));

    /// <summary><c>/help [WORDS]</c>: every command, or those whose name or help has the words.</summary>
    public static void Help(ChatModel model, string rest, ChatStep step)
    {
        var words = model.Words;
        var rows = SlashCommand.All
            .Select(command => (Usage: command.Usage(words), command.Help(words).About))
            .Where(row => rest.Split(' ').All(word => $"{row.Usage} {row.About}".Contains(word, StringComparison.OrdinalIgnoreCase)))
            .ToList();
        if (rows.Count == 0)
        {
            step.Tell(words.HelpNothing(Harmless.Line(rest)));
            return;
        }

        var width = rows.Max(static row => TextWidth.Of(row.Usage));
        foreach (var (usage, about) in rows)
        {
            step.Lines.Add(new StyledLine().Add($"  {usage}{new string(' ', width - TextWidth.Of(usage))}  ").Add(about, Ink.Quiet));
        }

        if (rest.Length == 0)
        {
            step.Tell(words.HelpTail);
        }
    }

    private static string Add<T>(HashSet<T> set, T value, string sentence)
    {
        set.Add(value);
        return sentence;
    }
}
