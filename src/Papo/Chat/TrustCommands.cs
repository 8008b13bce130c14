// Owns: the command that compares keys: /verify, by digits and by emoji.
// Must never: call anybody verified unless the user has said so.
using Papo.Client;
using Papo.Output;
using Papo.Protocol;

namespace Papo.Chat;

/// <summary>Handlers.</summary>
internal static class TrustCommands
{
    private const int GroupsOfRow = 4;

    /// <summary><c>/verify NAME [yes|no|emoji]</c>: what there is to compare, and what came of it.</summary>
    public static void Verify(ChatModel model, string rest, ChatStep step)
    {
        var given = rest.StartsWith('@') ? rest[1..] : rest;
        var end = given.LastIndexOf(' ');
        var word = end > 0 ? given[(end + 1)..] : "";
        var decision = Decision(word);
        var isEmoji = word.Equals("emoji", StringComparison.OrdinalIgnoreCase);
        var name = (decision is null && !isEmoji ? given : given[..end]).Trim();
        if (name.Length == 0)
        {
            SlashCommand.TellUsage(model, "/verify", step);
            return;
        }

        step.Effects.Add(isEmoji ? new EmojiEffect(name) : new VerifyEffect(name, decision));
    }

    /// <summary>What the library answered.</summary>
    public static void Show(ChatModel model, SafetyKnownOf answer, ChatStep step)
    {
        var (words, name) = (model.Words, Harmless.Name(answer.Check.Who.Name));
        if (answer.Decision is { } isVerified)
        {
            step.Tell(isVerified ? words.Verified(name) : words.NoLongerVerified(name));
            return;
        }

        step.Tell(words.SafetyNumberWith(name));
        foreach (var row in answer.Check.Groups.Chunk(GroupsOfRow))
        {
            step.Lines.Add(StyledLine.Of("    " + string.Join(' ', row), Ink.Mention));
        }

        step.Tell(answer.Check.Verified is { } since ? words.VerifiedSince(name, words.Day(model.Lines(null).Day(since))) : words.HowToVerify(name));
        if (answer.Check.Namesakes.Count > 0)
        {
            List<string> others = [.. answer.Check.Namesakes.Select(static other => Harmless.Name(other.Name))];
            step.Remark(words.VerifiedNamesakes(name, words.Names(others), others[0]), Ink.Warning);
        }
    }

    /// <summary>What became of comparing by emoji.</summary>
    public static void Show(ChatModel model, ChatChange change, ChatStep step)
    {
        var words = model.Words;
        switch (change)
        {
            case EmojiAsked asked when !model.IsIgnored(asked.Who):
                step.Remark(words.EmojiWanted(Harmless.Name(asked.Who.Name)), Ink.Warning);
                break;
            case EmojiShown shown:
                var name = Harmless.Name(shown.Who.Name);
                step.Tell(words.EmojiWith(name));
                step.Lines.AddRange(shown.Emoji.Select(place => StyledLine.Of($"    {EmojiCode.Symbols[place]} {words.ComparedEmoji[place]}", Ink.Mention)));
                step.Tell(words.HowToCompareEmoji(name));
                break;
            case EmojiEnded ended:
                step.Remark(words.EmojiEnded(ended.Why, Harmless.Name(ended.Who.Name)), Ink.Warning);
                break;
        }
    }

    // Both languages: who changed it with /lang keeps his habits.
    /// <summary>Yes or no, as people say it; null for anything else.</summary>
    public static bool? Decision(string word) => word.ToLowerInvariant() switch
    {
        "yes" or "sim" => true,
        "no" or "não" or "nao" => false,
        _ => null,
    };
}
