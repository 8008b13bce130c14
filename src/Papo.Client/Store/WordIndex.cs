// Owns: which texts are indexed: filled behind the writes, so that a message does not wait for it.
// Must never: answer a search before it has caught up, or keep the words of a deleted text.
using Papo.Protocol;

namespace Papo.Client.Store;

/// <summary>Words of lines and edits, by entry pos.</summary>
internal sealed class WordIndex(Database database, SpaceStore store)
{
    private const string IndexedKey = "indexed";
    private readonly IWordTable _words = database.Words();
    private readonly List<(long Pos, long Room, byte[] Body)> _rows = [];
    private readonly Statement _new = database.Prepare(
        "SELECT pos, room, body, opened FROM entries WHERE pos > ?1 AND kind IN (1, 2, 8) AND body IS NOT NULL AND sealed = 0 ORDER BY pos LIMIT ?2", 2);
    private readonly Statement _top = database.Prepare("SELECT max(pos) FROM entries", 0);

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
        database.Begin();
        from = store.Meta.Number(IndexedKey);
        _rows.Clear();
        using (var reader = _new.Read(from, most))
        {
            while (reader.Read())
            {
                _rows.Add((reader.GetInt64(0), reader.GetInt64(1), Words(reader)));
            }
        }

        foreach (var (pos, room, body) in _rows)
        {
            _words.Add(pos, room, body);
        }

        store.Meta.SetNumber(IndexedKey, _rows.Count == most ? _rows[^1].Pos : top);
        return _rows.Count == most;
    }

    /// <summary>A text was opened; where it came before what is indexed it is indexed now.</summary>
    public void Opened(StoredLine line)
    {
        database.Begin();
        if (line is { Kind: EntryKind.Text or EntryKind.Edit, Said: { } said } && line.Pos <= store.Meta.Number(IndexedKey))
        {
            _words.Add(line.Pos, line.Room, said.ToArray());
        }
    }

    /// <summary>Takes a text out of the index.</summary>
    public void Forget(StoredLine line, ReadOnlyMemory<byte> body)
    {
        database.Begin();
        if (line.Pos <= store.Meta.Number(IndexedKey))
        {
            _words.Forget(line.Pos, line.Room, body.Span);
        }
    }

    /// <summary>A row has gone for good: if it was the last one, the next to come gets its pos, and is not indexed yet.</summary>
    public void Dropped()
    {
        if (_top.Number() is var top && top < store.Meta.Number(IndexedKey))
        {
            store.Meta.SetNumber(IndexedKey, top);
        }
    }

    /// <summary>
    /// At most <paramref name="most"/> of the entries of some rooms with all words (the last also as the beginning of one), newest first.
    /// Catches up before it looks.
    /// </summary>
    public IReadOnlyList<StoredLine> Search(string words, IReadOnlyList<long> rooms, int most)
    {
        var list = FoldedWords.Of(words);
        if (list.Count == 0 || rooms.Count == 0)
        {
            return [];
        }

        while (CatchUp(1_000))
        {
            store.Commit();
        }

        store.Commit();
        var lines = new List<StoredLine>();
        using (var reader = _words.Load(_words.Find(list, rooms, rooms.Count * 2 > store.Rooms.All().Count, most)))
        {
            while (reader.Read())
            {
                lines.Add(EntryTable.Line(reader));
            }
        }

        lines.Sort(static (one, other) => other.Sort.CompareTo(one.Sort));
        return lines;
    }

    private static byte[] Words(Rows reader) => !reader.IsDBNull(3) && SealedContent.TryRead(reader.Bytes(3), out var opened) ? opened.Body.ToArray() : reader.Bytes(2);
}
