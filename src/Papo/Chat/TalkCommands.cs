// Owns: the commands that say something: /me /reply /edit /delete /react /retry.
// Must never: decide whether somebody may; the library refuses what is not allowed.
using Papo.Client;
using Papo.Output;
using Papo.Protocol;

namespace Papo.Chat;

/// <summary>Handlers.</summary>
internal static class TalkCommands
{
    /// <summary><c>/me TEXT</c>.</summary>
    public static void Act(ChatModel model, string rest, ChatStep step)
    {
        if (rest.Length == 0)
        {
            SlashCommand.TellUsage(model, "/me", step);
        }
        else if (InRoom(model, step) is { } room)
        {
            step.Effects.Add(new SendEffect(room, new Draft(rest) { IsAction = true }, "/me " + rest));
        }
    }

    /// <summary><c>/reply NAME|ID TEXT</c>; a name of several words is taken when it is known.</summary>
    public static void Reply(ChatModel model, string rest, ChatStep step)
    {
        if (InRoom(model, step) is not { } room)
        {
            return;
        }

        var (reference, text) = Split(model, room, rest);
        if (text.Length == 0)
        {
            SlashCommand.TellUsage(model, "/reply", step);
            return;
        }

        SendAbout(model, room, reference, new Draft(text), $"/reply {rest}", step);
    }

    /// <summary><c>/edit TEXT</c>.</summary>
    public static void Edit(ChatModel model, string rest, ChatStep step)
    {
        if (rest.Length == 0)
        {
            SlashCommand.TellUsage(model, "/edit", step);
        }
        else if (InRoom(model, step) is { } room)
        {
            SendAboutOwn(model, room, new Draft(rest) { Kind = MessageKind.Edit }, "/edit " + rest, step);
        }
    }

    /// <summary><c>/delete [ID]</c>.</summary>
    public static void Delete(ChatModel model, string rest, ChatStep step)
    {
        if (InRoom(model, step) is not { } room)
        {
            return;
        }

        var draft = new Draft("") { Kind = MessageKind.Delete };
        if (rest.Length == 0)
        {
            SendAboutOwn(model, room, draft, "/delete", step);
            return;
        }

        if (MessageReference.Find(model, room, rest) is { Mine: false })
        {
            step.Remark(model.Words.NotYours, Ink.Warning);
            return;
        }

        SendAbout(model, room, rest, draft, "/delete " + rest, step);
    }

    /// <summary><c>/react EMOJI [NAME|ID]</c>; the same reaction again takes it back.</summary>
    public static void React(ChatModel model, string rest, ChatStep step)
    {
        var parts = rest.Split(' ', 2, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        if (parts.Length == 0)
        {
            SlashCommand.TellUsage(model, "/react", step);
            return;
        }

        if (InRoom(model, step) is not { } room)
        {
            return;
        }

        var reference = parts.Length > 1 ? parts[1] : "";
        var target = reference.Length > 0 ? MessageReference.Find(model, room, reference) : MessageReference.LastOfOthers(model, room);
        var again = target?.Reactions.Any(reaction => reaction.Mine && reaction.Text == parts[0]) == true;
        var draft = new Draft(again ? "" : parts[0]) { Kind = MessageKind.Reaction };
        if (target is null && reference.Length == 0)
        {
            step.Remark(model.Words.NothingYet);
        }
        else if (target is null)
        {
            SendAbout(model, room, reference, draft, "/react " + rest, step);
        }
        else
        {
            SendTo(model, target, draft, "/react " + rest, step);
        }
    }

    /// <summary><c>/thread [NAME|ID]</c>: what a message answers and what answers it; the latest answer for none.</summary>
    public static void Thread(ChatModel model, string rest, ChatStep step)
    {
        if (InRoom(model, step) is not { } room)
        {
            return;
        }

        var target = rest.Length > 0 ? MessageReference.Find(model, room, rest) : model.Recent(room).LastOrDefault(static message => message.ReplyTo is not null);
        if (target?.Id is { } id)
        {
            step.Effects.Add(new ThreadEffect(id));
            return;
        }

        step.Remark(rest.Length > 0 ? model.Words.NoSuchMessage(Harmless.Line(rest)) : model.Words.NoThread, Ink.Warning);
        model.Code = ExitCode.Failed;
    }

    /// <summary><c>/retry</c>.</summary>
    public static void Retry(ChatModel model, string rest, ChatStep step)
    {
        var failed = model.Own.Where(static pair => pair.Value.State == MessageState.Failed).Select(static pair => pair.Key).ToList();
        if (failed.Count == 0)
        {
            step.Remark(model.Words.NothingToRetry);
            return;
        }

        step.Remark(model.Words.Retrying(failed.Count));
        step.Effects.Add(new RetryEffect(failed));
    }

    private static void SendAboutOwn(ChatModel model, Room room, Draft draft, string typed, ChatStep step)
    {
        if (MessageReference.LastOwn(model, room) is { } own)
        {
            SendTo(model, own, draft, typed, step);
            return;
        }

        step.Remark(model.Words.NothingOfYours);
        step.Restore = typed;
    }

    private static void SendAbout(ChatModel model, Room room, string reference, Draft draft, string typed, ChatStep step)
    {
        if (MessageReference.Find(model, room, reference) is { } target)
        {
            SendTo(model, target, draft, typed, step);
        }
        else if (MessageReference.IsId(reference))
        {
            step.Effects.Add(new SendAboutEffect(reference, draft, typed));
        }
        else
        {
            step.Remark(model.Words.NoSuchMessage(Harmless.Line(reference)), Ink.Warning);
            step.Restore = typed;
            model.Code = ExitCode.Failed;
        }
    }

    private static void SendTo(ChatModel model, ChatMessage target, Draft draft, string typed, ChatStep step)
    {
        if (target.Id is { } id)
        {
            step.Effects.Add(new SendEffect(target.Room, draft with { Target = id }, typed));
            return;
        }

        // A guest's message has no id at all, an own one has none until it is numbered.
        step.Remark(target.Mine ? model.Words.NoIdYet : model.Words.NoSuchMessage(Harmless.Name(target.From.Name)), Ink.Warning);
        step.Restore = typed;
    }

    private static (string Reference, string Text) Split(ChatModel model, Room room, string rest)
    {
        var known = model.Recent(room).Select(static message => message.From.Name).Distinct()
            .Where(name => rest.StartsWith(name, StringComparison.OrdinalIgnoreCase) && rest.Length > name.Length && rest[name.Length] is ' ' or ':' or ',')
            .MaxBy(static name => name.Length);
        var end = known?.Length ?? rest.IndexOfAny([' ', '\n']);
        return end < 0 ? (rest, "") : (rest[..end], rest[end..].TrimStart(' ', ':', ',').Trim());
    }

    private static Room? InRoom(ChatModel model, ChatStep step)
    {
        if (model.Current is null)
        {
            step.Remark(model.Words.NoRoomLeft, Ink.Warning);
        }

        return model.Current;
    }
}
