// Owns: the index of words in PostgreSQL.
// Must never: let a character of a search act as an operator.
using System.Buffers;
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
    private readonly Statement _find = database.Prepare(
        "SELECT pos FROM words WHERE text @@ CAST(?1 AS tsquery) AND room = ANY (CAST(?2 AS bigint[])) ORDER BY pos DESC LIMIT ?3", 3);
    private readonly Statement _load = database.Prepare($"SELECT {EntryTable.Columns} FROM entries WHERE pos = ANY (CAST(?1 AS bigint[]))", 1);

    /// <inheritdoc/>
    public void Add(long pos, long room, ReadOnlySpan<byte> text)
    {
        var words = new ArrayBufferWriter<byte>();
        FoldedWords.Write(text, words, "'"u8, "' "u8);
        _add.Put(pos, room, Value.Utf8(words.WrittenMemory));
    }

    /// <inheritdoc/>
    public void Forget(long pos, long room, ReadOnlySpan<byte> text) => _forget.Run(pos);

    /// <inheritdoc/>
    public IReadOnlyList<long> Find(IReadOnlyList<string> words, IReadOnlyList<long> rooms, bool most, int count)
    {
        var query = new StringBuilder();
        for (var at = 0; at < words.Count; at++)
        {
            query.Append(at == 0 ? "" : " & ").Append('\'').Append(words[at]).Append('\'').Append(at == words.Count - 1 ? ":*" : "");
        }

        var hits = new List<long>();
        using var reader = _find.Read(query.ToString(), Array(rooms), count);
        while (reader.Read())
        {
            hits.Add(reader.GetInt64(0));
        }

        return hits;
    }

    /// <inheritdoc/>
    public Rows Load(IReadOnlyList<long> entries) => _load.Read(Array(entries));

    private static string Array(IReadOnlyList<long> numbers) => $"{{{string.Join(',', numbers)}}}";
}
