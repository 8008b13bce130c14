// Owns: that nothing foreign reaches a terminal as a command.
// Must never: list only the attacks we know; any text at all goes through the properties.
using CsCheck;
using Papo.Chat;
using Papo.Output;

namespace Papo.Tests.Program;

public class HarmlessTests
{
    private const string Dangerous = "\e\u009b\u202e\u2066\u2028\u0085\r\n\t\ud83d";

    // Any UTF-16 units, unpaired surrogates included, with the dangerous ones frequent.
    private static readonly Gen<string> Anything = Gen.OneOf(
        Gen.Char,
        Gen.Int[0, 0x9F].Select(static code => (char)code),
        Gen.Int[0, Dangerous.Length - 1].Select(static at => Dangerous[at])).Array[0, 60].Select(static chars => new string(chars));

    [Fact]
    public void One_line_holds_no_control_character_and_no_line_break() =>
        Anything.Sample(static text => Harmless.Line(text).All(static c => !IsDangerous(c)));

    [Fact]
    public void Several_lines_hold_no_control_character_but_their_line_breaks() =>
        Anything.Sample(static text => Harmless.Lines(text).All(static c => c == '\n' || !IsDangerous(c)));

    [Fact]
    public void A_name_is_one_short_harmless_line() =>
        Anything.Sample(static text => Harmless.Name(text) is { Length: > 0 and < 200 } name && name.All(static c => !IsDangerous(c)));

    [Fact]
    public void A_message_never_brings_a_line_to_the_left_edge_or_a_control_character() =>
        Gen.Select(Anything, Anything).Sample(static (name, text) =>
        {
            var message = TestMessages.Said(TestMessages.Bia with { Name = name }, text) with { Quote = (name, text) };
            var lines = TestMessages.Plain(MessageLines.Of(message, TestMessages.En));
            return lines.All(static line => line.All(static c => !IsDangerous(c))) && lines.Skip(1).All(static line => line.StartsWith("      ", StringComparison.Ordinal));
        });

    [Fact]
    public void Replacements_are_visible() =>
        Assert.Equal("a␛[31mb␡c⏎d�e", Harmless.Line("a\e[31mb\u007fc\r\nd\u202ee"));

    [Fact]
    public void Emoji_joiners_and_combining_marks_stay() =>
        Assert.Equal("👩‍💻 é नि", Harmless.Line("👩‍💻 é नि"));

    private static bool IsDangerous(char c) =>
        c is < ' ' or (>= '\u007f' and <= '\u009f') or '\u2028' or '\u2029' or (>= '\u202a' and <= '\u202e') or (>= '\u2066' and <= '\u2069');
}
