// Owns: the full-text index of SQLite (FTS5, contentless: the words only).
// Must never: let a character of a search act as an operator.
using System.Globalization;

namespace Papo.Client.Store;

/// <summary>
/// Words in FTS5, each together with its room, so that a search in a room reads nothing of the others. Hits come by pos, because sorting all
/// hits of a common word by time would take seconds in a large archive.
/// </summary>
internal sealed class SqliteWords(Database database) : IWordTable
{
    // FTS5 collects everything that begins alike before it yields the first: of a word that so many have, its own hits are enough.
    private const int VeryMany = 10_000;
    private const int RoomsAtATime = 64;
    private readonly Statement _add = database.Prepare("INSERT INTO lines (rowid, text) VALUES (?1, ?2)", 2);
    private readonly Statement _forget = database.Prepare("INSERT INTO lines (lines, rowid, text) VALUES ('delete', ?1, ?2)", 2);
    private readonly Statement _find = database.Prepare("SELECT rowid FROM lines WHERE lines MATCH ?1 ORDER BY rowid DESC LIMIT ?2", 2);
    private readonly Statement _count = database.Prepare("SELECT count(*) FROM (SELECT 1 FROM lines WHERE lines MATCH ?1 LIMIT ?2)", 2);
    private readonly Statement _load = database.Prepare($"SELECT {EntryTable.Columns} FROM entries WHERE pos IN (SELECT value FROM json_each(?1))", 1);

    /// <inheritdoc/>
    public void Add(long pos, long room, IReadOnlyList<string> words) => _add.Put(pos, Text(room, words));

    /// <inheritdoc/>
    public void Forget(long pos, long room, IReadOnlyList<string> words) => _forget.Run(pos, Text(room, words));

    /// <inheritdoc/>
    public IReadOnlyList<long> Find(IReadOnlyList<string> words, IReadOnlyList<long> rooms, int most) =>
        [.. rooms.Chunk(RoomsAtATime).SelectMany(some => FindIn(some, words, most)).OrderDescending().Take(most)];

    /// <inheritdoc/>
    public Rows Load(IReadOnlyList<long> entries) => _load.Read($"[{string.Join(',', entries)}]");

    private List<long> FindIn(long[] rooms, IReadOnlyList<string> words, int most)
    {
        var exact = Hits(Query(rooms, words, ""), most);
        return exact.Count == most || Count(Query(rooms, [words[^1]], "")) == VeryMany ? exact : Hits(Query(rooms, words, " *"), most);
    }

    private List<long> Hits(string query, int most)
    {
        var hits = new List<long>();
        using var reader = _find.Read(query, most);
        while (reader.Read())
        {
            hits.Add(reader.GetInt64(0));
        }

        return hits;
    }

    private long Count(string query)
    {
        using var reader = _count.Read(query, VeryMany);
        return reader.Read() ? reader.GetInt64(0) : 0;
    }

    // Words are letters and digits, and quoted: no character of them is an operator.
    private static string Query(long[] rooms, IReadOnlyList<string> words, string afterLast) =>
        string.Join(" OR ", rooms.Select(room => $"({string.Join(" AND ", words.Select(word => $"\"{Token(room, word)}\""))}{afterLast})"));

    private static string Text(long room, IReadOnlyList<string> words) => string.Join(' ', words.Distinct().Select(word => Token(room, word)));

    // The dot is no letter and no digit, and a part of a word to the tokenizer "ascii", like everything outside ASCII.
    private static string Token(long room, string word) => string.Create(CultureInfo.InvariantCulture, $"{room}·{word}");
}
