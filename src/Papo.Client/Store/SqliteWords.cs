// Owns: the full-text index of SQLite (FTS5, contentless: the words only).
// Must never: let a character of a search act as an operator.
namespace Papo.Client.Store;

/// <summary>
/// Words in FTS5. The room is a column of the index, so that a search in one room does not walk through the hits of all; hits come by pos, because
/// sorting all hits of a common word by time would take seconds in a large archive.
/// </summary>
internal sealed class SqliteWords(Database database) : IWordTable
{
    private readonly Statement _add = database.Prepare("INSERT INTO lines (rowid, text, room) VALUES (?1, ?2, ?3)", 3);
    private readonly Statement _forget = database.Prepare("INSERT INTO lines (lines, rowid, text, room) VALUES ('delete', ?1, ?2, ?3)", 3);
    private readonly Statement _search = database.Prepare(
        $"SELECT {EntryTable.Columns} FROM (SELECT rowid AS hit FROM lines WHERE lines MATCH ?1 ORDER BY rowid DESC LIMIT ?2) JOIN entries ON pos = hit ORDER BY pos DESC", 2);

    /// <inheritdoc/>
    public void Add(long pos, long room, string text) => _add.Put(pos, text, Token(room));

    /// <inheritdoc/>
    public void Forget(long pos, long room, string text) => _forget.Run(pos, text, Token(room));

    /// <inheritdoc/>
    public Rows Search(IReadOnlyList<string> words, long? room, int most)
    {
        // Each word becomes a quoted string, so that no character of it is an operator.
        var quoted = words.Select((word, at) => $"\"{word.Replace("\"", "\"\"", StringComparison.Ordinal)}\"{(at == words.Count - 1 ? " *" : "")}");
        var query = $"text : ({string.Join(" AND ", quoted)})";
        return _search.Read(room is { } no ? $"{query} AND room : {Token(no)}" : query, most);
    }

    private static string Token(long room) => $"r{room}";
}
