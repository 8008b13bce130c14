// Owns: the full-text index, filled behind the writes so that a message does not wait for it.
// Must never: answer a search before it has caught up, or keep the words of a deleted text.
using System.Text;

namespace Papo.Client.Store;

/// <summary>Words of lines and edits, by entry pos.</summary>
internal sealed class WordIndex(SpaceStore store)
{
    private const string IndexedKey = "indexed";
    private readonly Statement _new = store.Prepare(
        "SELECT pos, body FROM entries WHERE pos > ?1 AND kind IN (1, 2) AND body IS NOT NULL ORDER BY pos LIMIT ?2", 2);
    private readonly Statement _top = store.Prepare("SELECT coalesce(max(pos), 0) FROM entries", 0);
    private readonly Statement _add = store.Prepare("INSERT INTO lines (rowid, text) VALUES (?1, ?2)", 2);
    private readonly Statement _forget = store.Prepare("INSERT INTO lines (lines, rowid, text) VALUES ('delete', ?1, ?2)", 2);
    private readonly Statement _search = store.Prepare(
        "SELECT e.pos, e.id, e.room, e.device, e.seq, e.kind, e.sort, e.header, e.body, e.guest FROM lines JOIN entries e ON e.pos = lines.rowid "
        + "WHERE lines MATCH ?1 AND (?2 IS NULL OR e.room = ?2) ORDER BY e.sort DESC LIMIT ?3",
        3);

    /// <summary>Indexes up to <paramref name="most"/> entries that are not yet; true when more are left.</summary>
    public bool CatchUp(int most)
    {
        var from = store.Meta.Number(IndexedKey);
        var top = _top.Number();
        if (from >= top)
        {
            return false;
        }

        // The write lock comes first: another process of the profile may be indexing the same rows.
        store.Begin();
        from = store.Meta.Number(IndexedKey);
        var rows = new List<(long Pos, byte[] Body)>();
        using (var reader = _new.Read(from, most))
        {
            while (reader.Read())
            {
                rows.Add((reader.GetInt64(0), reader.Bytes(1)));
            }
        }

        foreach (var (pos, body) in rows)
        {
            _add.Run(pos, Encoding.UTF8.GetString(body));
        }

        store.Meta.SetNumber(IndexedKey, rows.Count == most ? rows[^1].Pos : top);
        return rows.Count == most;
    }

    /// <summary>Takes a text out of the index. A contentless index needs the old text for that.</summary>
    public void Forget(long pos, ReadOnlyMemory<byte> body)
    {
        store.Begin();
        if (pos <= store.Meta.Number(IndexedKey))
        {
            _forget.Run(pos, Encoding.UTF8.GetString(body.Span));
        }
    }

    /// <summary>Entries with all words (the last as a prefix), newest first. Catches up before it looks.</summary>
    public IReadOnlyList<StoredLine> Search(string words, long? room, int most)
    {
        var query = Query(words);
        if (query.Length == 0)
        {
            return [];
        }

        while (CatchUp(1_000))
        {
            store.Commit();
        }

        store.Commit();
        var lines = new List<StoredLine>();
        using var reader = _search.Read(query, room, most);
        while (reader.Read())
        {
            lines.Add(EntryTable.Line(reader));
        }

        return lines;
    }

    // Each word becomes a quoted FTS5 string, so that no character of it is an operator.
    private static string Query(string words)
    {
        var list = words.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Where(static word => word.Any(char.IsLetterOrDigit)).ToList();
        return string.Join(' ', list.Select((word, at) => $"\"{word.Replace("\"", "\"\"", StringComparison.Ordinal)}\"{(at == list.Count - 1 ? "*" : "")}"));
    }
}
