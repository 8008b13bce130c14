// Owns: what an index of words can be asked; each kind of database has its own.
// Must never: decide which entries are indexed.
namespace Papo.Client.Store;

/// <summary>The words of lines by entry pos. Case and accents make no difference.</summary>
internal interface IWordTable
{
    /// <summary>Adds a text.</summary>
    void Add(long pos, long room, string text);

    /// <summary>Takes a text out; some indexes need it for that.</summary>
    void Forget(long pos, long room, string text);

    /// <summary>Entries with all words, the last of them as the beginning of one; those that came last first. Columns as <see cref="EntryTable.Line"/> reads them.</summary>
    Rows Search(IReadOnlyList<string> words, long? room, int most);
}
