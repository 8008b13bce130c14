// Owns: what people mean by a message: somebody's latest, or the beginning of an id.
// Must never: take a guest or somebody else for the person that was named.
using Papo.Client;
using Papo.Protocol;

namespace Papo.Chat;

/// <summary>Finds messages among the recent ones of a room.</summary>
internal static class MessageReference
{
    private const int ShortestId = 4;

    /// <summary>The latest message of the person of this name (or, when only one fits, of its beginning), else the one with this beginning of an id.</summary>
    public static ChatMessage? Find(ChatModel model, Room room, string reference)
    {
        var name = reference.TrimStart('@').TrimEnd(':', ',');
        var recent = model.Recent(room);
        return Latest(recent, message => SameName(message, name))
            ?? ById(recent, reference)
            ?? ByBeginning(recent, name);
    }

    /// <summary>The latest own message that can be amended.</summary>
    public static ChatMessage? LastOwn(ChatModel model, Room room) => Latest(model.Recent(room), static message => message.Mine);

    /// <summary>The latest message of somebody else.</summary>
    public static ChatMessage? LastOfOthers(ChatModel model, Room room) => Latest(model.Recent(room), static message => !message.Mine);

    /// <summary>Whether this can be the beginning of an id.</summary>
    public static bool IsId(string reference) =>
        reference.Length is >= ShortestId and <= 26 && reference.All(static c => c is (>= 'a' and <= 'z') or (>= '2' and <= '7'));

    private static ChatMessage? ById(IReadOnlyList<ChatMessage> recent, string reference) =>
        IsId(reference) ? Latest(recent, message => message.Id?.ToString().StartsWith(reference, StringComparison.Ordinal) == true) : null;

    private static ChatMessage? ByBeginning(IReadOnlyList<ChatMessage> recent, string name)
    {
        var fitting = recent.Where(message => name.Length > 0 && message.From.Name.StartsWith(name, StringComparison.OrdinalIgnoreCase)).ToList();
        return fitting.Select(static message => message.From.Name).Distinct().Count() == 1 ? Latest(fitting, static _ => true) : null;
    }

    private static bool SameName(ChatMessage message, string name) =>
        message.From.Trust != Trust.Guest && string.Equals(message.From.Name, name, StringComparison.OrdinalIgnoreCase);

    private static ChatMessage? Latest(IReadOnlyList<ChatMessage> recent, Func<ChatMessage, bool> fits) =>
        recent.LastOrDefault(message => message.Kind == MessageKind.Text && !message.Deleted && fits(message));
}
