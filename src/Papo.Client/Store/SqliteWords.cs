// Owns: the full-text index of SQLite (FTS5, contentless: the words only).
// Must never: let a character of a search act as an operator.
using System.Buffers;
using System.Globalization;
using System.Text.Unicode;

namespace Papo.Client.Store;

/// <summary>
/// Words in FTS5, each alone and together with its room: a search in a few rooms reads nothing of the others, one in most of them does not
/// look up each word in each room. Hits come by pos, because sorting all hits of a common word by time would take seconds in a large archive.
/// </summary>
internal sealed class SqliteWords(Database database) : IWordTable
{
    // FTS5 collects everything that begins alike before it yields the first: of a word that so many have, its own hits are enough.
    private const int VeryMany = 10_000;
    private readonly ArrayBufferWriter<byte> _text = new(1_024);
    private readonly Statement _add = database.Prepare("INSERT INTO lines (rowid, text) VALUES (?1, ?2)", 2);
    private readonly Statement _forget = database.Prepare("INSERT INTO lines (lines, rowid, text) VALUES ('delete', ?1, ?2)", 2);
    private readonly Statement _find = database.Prepare(
        "SELECT hit FROM (SELECT rowid AS hit FROM lines WHERE lines MATCH ?1 ORDER BY rowid DESC) JOIN entries ON pos = hit "
        + "WHERE room IN (SELECT value FROM json_each(?2)) ORDER BY hit DESC LIMIT ?3",
        3);
    private readonly Statement _count = database.Prepare("SELECT count(*) FROM (SELECT 1 FROM lines WHERE lines MATCH ?1 LIMIT ?2)", 2);
    private readonly Statement _load = database.Prepare($"SELECT {EntryTable.Columns} FROM entries WHERE pos IN (SELECT value FROM json_each(?1))", 1);

    /// <inheritdoc/>
    public void Add(long pos, long room, ReadOnlySpan<byte> text) => _add.Put(pos, Words(room, text));

    /// <inheritdoc/>
    public void Forget(long pos, long room, ReadOnlySpan<byte> text) => _forget.Run(pos, Words(room, text));

    /// <inheritdoc/>
    public IReadOnlyList<long> Find(IReadOnlyList<string> words, IReadOnlyList<long> rooms, bool most, int count)
    {
        // What is found in other rooms is left out; where most rooms are asked that is not much.
        Func<string, string> query = most ? after => All(words, after) : after => string.Join(" OR ", rooms.Select(room => $"({All(words.Select(word => Token(room, word)), after)})"));
        var last = most ? All([words[^1]], "") : string.Join(" OR ", rooms.Select(room => All([Token(room, words[^1])], "")));
        var exact = Hits(query(""), rooms, count);
        return exact.Count == count || Count(last) == VeryMany ? exact : Hits(query(" *"), rooms, count);
    }

    /// <inheritdoc/>
    public Rows Load(IReadOnlyList<long> entries) => _load.Read(List(entries));

    private List<long> Hits(string query, IReadOnlyList<long> rooms, int count)
    {
        var hits = new List<long>();
        using var reader = _find.Read(query, List(rooms), count);
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
    private static string All(IEnumerable<string> words, string afterLast) => $"\"{string.Join("\" AND \"", words)}\"{afterLast}";

    private static string List(IReadOnlyList<long> numbers) => $"[{string.Join(',', numbers)}]";

    // Valid until the next text.
    private Value Words(long room, ReadOnlySpan<byte> text)
    {
        Span<byte> before = stackalloc byte[24];
        Utf8.TryWrite(before, CultureInfo.InvariantCulture, $"{room}·", out var written);
        _text.ResetWrittenCount();
        FoldedWords.Write(text, _text, before[..written], " "u8);
        FoldedWords.Write(text, _text, [], " "u8);
        return Value.Utf8(_text.WrittenMemory);
    }

    // The dot is no letter and no digit, and a part of a word to the tokenizer "ascii", like everything outside ASCII.
    private static string Token(long room, string word) => string.Create(CultureInfo.InvariantCulture, $"{room}·{word}");
}
