// Owns: what an index of words can be asked; each kind of database has its own.
// Must never: decide which entries are indexed.
namespace Papo.Client.Store;

/// <summary>The words of lines by entry pos, as <see cref="FoldedWords"/> cuts and folds them.</summary>
internal interface IWordTable
{
    /// <summary>Adds a text (UTF-8).</summary>
    void Add(long pos, long room, ReadOnlySpan<byte> text);

    /// <summary>Takes a text out; some indexes need it for that.</summary>
    void Forget(long pos, long room, ReadOnlySpan<byte> text);

    /// <summary>
    /// At most <paramref name="count"/> entries of some rooms with all words, the last of them also as the beginning of one, except where it is
    /// itself a word of very many; those that came last first, where there are more with the very words than asked for only these.
    /// </summary>
    /// <param name="words">Folded.</param>
    /// <param name="rooms">At least one.</param>
    /// <param name="most">Whether these are more than half of all rooms.</param>
    /// <param name="count">At most so many.</param>
    IReadOnlyList<long> Find(IReadOnlyList<string> words, IReadOnlyList<long> rooms, bool most, int count);

    /// <summary>These entries, in any order. Columns as <see cref="EntryTable.Line"/> reads them.</summary>
    Rows Load(IReadOnlyList<long> entries);
}
