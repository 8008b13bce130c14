// Owns: Papo's own sentences on a narrow terminal.
// Must never: break what people wrote.
using Papo.Output;

namespace Papo.Tests.Program;

public sealed class NoteTests
{
    private const string Sentence = "Connection lost: the broker stopped answering. Trying again by itself.";

    [Fact]
    public void A_note_breaks_between_words_and_stands_in() =>
        Assert.Equal(["· Connection lost: the", "  broker stopped", "  answering. Trying", "  again by itself."], Lines(StyledLine.Note(Sentence, Ink.Quiet), 22));

    [Fact]
    public void A_note_that_fits_is_one_line() =>
        Assert.Equal(["· " + Sentence], Lines(StyledLine.Note(Sentence, Ink.Quiet), Sentence.Length + 2));

    [Fact]
    public void A_word_longer_than_the_screen_is_not_lost() =>
        Assert.Equal(["· see", "  mqtt://a-very-long-name.local:1883", "  there"], Lines(StyledLine.Note("see mqtt://a-very-long-name.local:1883 there", Ink.Quiet), 20));

    [Fact]
    public void What_somebody_wrote_stays_whole() =>
        Assert.Equal([Sentence], Lines(StyledLine.Of(Sentence), 20));

    [Fact]
    public void Wide_letters_count_double() =>
        Assert.Equal(["· 世界", "  世界"], Lines(StyledLine.Note("世界 世界", Ink.Quiet), 8));

    private static IEnumerable<string> Lines(StyledLine line, int columns) => line.Wrapped(columns).Select(static part => part.Plain);
}
