// Owns: the index of words in PostgreSQL.
// Must never: let a character of a search act as an operator.
using System.Text;
using Papo.Client.Store;

namespace Papo.Hub;

/// <summary>
/// Words as <c>tsvector</c>, cut and folded here and not by a dictionary of the server: a search finds the same with either database, in any
/// language, and without an extension.
/// </summary>
internal sealed class PostgresWords(Database database) : IWordTable
{
    private readonly Statement _add = database.Prepare("INSERT INTO words (pos, room, text) VALUES (?1, ?2, CAST(?3 AS tsvector)) ON CONFLICT DO NOTHING", 3);
    private readonly Statement _forget = database.Prepare("DELETE FROM words WHERE pos = ?1", 1);
    private readonly Statement _search = database.Prepare(Search("true"), 2);
    private readonly Statement _searchRoom = database.Prepare(Search("room = ?3"), 3);

    /// <inheritdoc/>
    public void Add(long pos, long room, string text) => _add.Put(pos, room, string.Join(' ', FoldedWords.Of(text).Distinct().Select(static word => $"'{word}'")));

    /// <inheritdoc/>
    public void Forget(long pos, long room, string text) => _forget.Run(pos);

    /// <inheritdoc/>
    public Rows Search(IReadOnlyList<string> words, long? room, int most)
    {
        var folded = words.SelectMany(FoldedWords.Of).ToList();
        var query = new StringBuilder();
        for (var at = 0; at < folded.Count; at++)
        {
            query.Append(at == 0 ? "" : " & ").Append('\'').Append(folded[at]).Append('\'').Append(at == folded.Count - 1 ? ":*" : "");
        }

        return room is { } no ? _searchRoom.Read(query.ToString(), most, no) : _search.Read(query.ToString(), most);
    }

    private static string Search(string where) =>
        $"SELECT {EntryTable.Columns} FROM entries JOIN (SELECT pos AS hit FROM words WHERE text @@ CAST(?1 AS tsquery) AND {where} ORDER BY pos DESC LIMIT ?2) AS hits ON pos = hit ORDER BY pos DESC";
}
