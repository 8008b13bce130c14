// Owns: the commands of direct messages and private rooms: /msg /create /invite /remove.
// Must never: look a name up; who is meant the library knows.
using Papo.Client;
using Papo.Output;
using Papo.Protocol;

namespace Papo.Chat;

/// <summary>Handlers.</summary>
internal static class PrivateCommands
{
    private const string Private = "--private";
    private const string WithPast = "--past";

    /// <summary><c>/msg NAME [TEXT]</c>; without a text the chat goes there. A name of several words is taken when it is known.</summary>
    public static void Message(ChatModel model, string rest, ChatStep step)
    {
        var given = rest.StartsWith('@') ? rest[1..] : rest;
        var known = model.People.Values.Select(static person => person.Who.Name)
            .Where(name => given.StartsWith(name, StringComparison.OrdinalIgnoreCase) && (given.Length == name.Length || given[name.Length] == ' '))
            .MaxBy(static name => name.Length);
        var end = known?.Length ?? given.IndexOfAny([' ', '\n']);
        var (name, text) = end < 0 ? (given, "") : (given[..end], given[end..].Trim());
        if (name.Length == 0)
        {
            SlashCommand.TellUsage(model, "/msg", step);
            return;
        }

        step.Effects.Add(new DirectEffect(name, text.Length == 0 ? null : new Draft(text), "/msg " + rest));
    }

    /// <summary><c>/create --private [--past] NAME</c>.</summary>
    public static void Create(ChatModel model, string rest, ChatStep step)
    {
        var parts = rest.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var options = parts.TakeWhile(static part => part is Private or WithPast).ToList();
        var title = string.Join(' ', parts.Skip(options.Count));
        if (!options.Contains(Private) || title.Length == 0)
        {
            SlashCommand.TellUsage(model, "/create", step);
        }
        else if (DisplayName.TryParse(title, out var name) is not NameProblem.None and var problem)
        {
            step.Remark(model.Words.Name(problem), Ink.Warning);
            model.Code = ExitCode.Failed;
        }
        else
        {
            step.Effects.Add(new CreateEffect(name!, options.Contains(WithPast)));
        }
    }

    /// <summary><c>/invite [NAME]</c>; without a name a link to the room.</summary>
    public static void Invite(ChatModel model, string rest, ChatStep step)
    {
        if (rest.Length == 0 && model.Current is { } room)
        {
            step.Effects.Add(new LinkEffect(room));
            return;
        }

        Change(model, rest, "/invite", isIn: true, step);
    }

    /// <summary><c>/remove NAME</c>.</summary>
    public static void Remove(ChatModel model, string rest, ChatStep step) => Change(model, rest, "/remove", isIn: false, step);

    private static void Change(ChatModel model, string rest, string command, bool isIn, ChatStep step)
    {
        var name = rest.StartsWith('@') ? rest[1..] : rest;
        if (name.Length == 0)
        {
            SlashCommand.TellUsage(model, command, step);
        }
        else if (model.Current is { } room)
        {
            step.Effects.Add(new MemberEffect(room, name, isIn));
        }
        else
        {
            step.Remark(model.Words.NoRoomLeft, Ink.Warning);
        }
    }
}
