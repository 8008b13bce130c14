// Owns: what Tab offers: commands at the start, emoji after a colon, then rooms or people by what the command takes, people elsewhere.
// Must never: offer a name that is not harmless to insert.
using Papo.Terminal;

namespace Papo.Chat;

/// <summary>Finds completions.</summary>
internal static class Completion
{
    private const int Most = 20;

    /// <summary>Completions of the word before the cursor.</summary>
    public static Completions For(ChatModel model, string text, int cursor)
    {
        var start = text.LastIndexOfAny([' ', '\n'], Math.Max(0, cursor - 1), cursor) + 1;
        var word = text[start..cursor];
        if (start == 0 && word.StartsWith('/'))
        {
            return Take(start, SlashCommand.All.Select(static command => command.Name + " "), word);
        }

        if (word is [':', _, ..])
        {
            return new Completions(start, [.. EmojiNames.Find(word).Take(Most)]);
        }

        var command = text.StartsWith('/') ? SlashCommand.Find(text.Split(' ', 2)[0]) : null;
        if (command?.Argument == SlashArgument.Room || word.StartsWith('#'))
        {
            return Take(start, Rooms(model, word), word);
        }

        return word.Length == 0 && command?.Argument != SlashArgument.Person
            ? new Completions(start, [])
            : Take(start, People(model, word, start == 0), word);
    }

    private static IEnumerable<string> Rooms(ChatModel model, string word) =>
        model.Joined.Concat(model.People.Values.SelectMany(static person => person.Rooms)).Distinct()
            .Select(room => (word.StartsWith('#') ? room.ToString() : room.Name) + " ");

    private static IEnumerable<string> People(ChatModel model, string word, bool first)
    {
        var at = word.StartsWith('@') ? "@" : "";
        var recent = model.Current is { } room ? model.Recent(room).Where(static m => !m.Mine).Reverse().Select(static m => m.From.Name) : [];
        var present = model.People.Values.Where(static person => !person.IsMe && person.Online).Select(static person => person.Who.Name);
        return recent.Concat(present).Distinct()
            .Where(static name => Output.Harmless.Name(name) == name)
            .Select(name => at + name + (first && at.Length == 0 ? ": " : " "));
    }

    private static Completions Take(int start, IEnumerable<string> candidates, string word) =>
        Completions.Of(start, candidates.Where(candidate => candidate.StartsWith(word, StringComparison.OrdinalIgnoreCase)).Take(Most));
}
