// Owns: what could stand in place of the word before the cursor.
// Must never: find it; that is the chat's.
namespace Papo.Terminal;

/// <summary>One thing that could be inserted.</summary>
/// <param name="Text">What is inserted.</param>
/// <param name="Label">What a list shows.</param>
internal readonly record struct Candidate(string Text, string Label);

/// <summary>What could stand at the cursor in place of the text from <paramref name="Start"/> on.</summary>
internal readonly record struct Completions(int Start, IReadOnlyList<Candidate> Candidates)
{
    /// <summary>Candidates that are shown as they are inserted.</summary>
    public static Completions Of(int start, IEnumerable<string> texts) => new(start, [.. texts.Select(static text => new Candidate(text, text.Trim()))]);
}
