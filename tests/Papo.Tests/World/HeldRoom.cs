// Owns: what the store in a home folder holds of one private room, read from the disk with the protocol's types.
// Must never: write into a store, or take the client's word for what can be read.
using Microsoft.Data.Sqlite;
using Papo.Protocol;

namespace Papo.Tests.World;

/// <summary>A text of a private room as it lies in a store: null where it was not opened.</summary>
internal sealed record HeldText(EntryId Id, EntryHeader Header, string? Words);

/// <summary>The room in one store: its commits, and the texts.</summary>
internal sealed record HeldRoom(EpochGraph Graph, IReadOnlyList<HeldText> Texts)
{
    public static HeldRoom Read(string home, Room room)
    {
        var store = Directory.EnumerateFiles(home, "store.db", SearchOption.AllDirectories).Single();
        using var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = store, Mode = SqliteOpenMode.ReadOnly, Pooling = false }.ToString());
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT id, kind, header, body, opened FROM entries WHERE room = (SELECT no FROM rooms WHERE name = $room) ORDER BY pos";
        command.Parameters.AddWithValue("$room", room.Name);
        using var reader = command.ExecuteReader();
        var waiting = new List<(EntryId Id, EntryHeader Header, Commit Commit)>();
        var texts = new List<HeldText>();
        while (reader.Read())
        {
            Assert.True(EntryId.TryRead(reader.GetFieldValue<byte[]>(0), out var id));
            Assert.True(EntryHeader.TryRead(reader.GetFieldValue<byte[]>(2), out var header));
            if (header.Kind == EntryKind.Commit && Commit.TryRead(reader.GetFieldValue<byte[]>(3), out var commit))
            {
                waiting.Add((id, header, commit));
            }
            else if (header is { Kind: EntryKind.Text, Epoch: not null })
            {
                var words = !reader.IsDBNull(4) && SealedContent.TryRead(reader.GetFieldValue<byte[]>(4), out var content) ? System.Text.Encoding.UTF8.GetString(content.Body.Span) : null;
                texts.Add(new HeldText(id, header, words));
            }
        }

        var graph = new EpochGraph(room);
        while (waiting.RemoveAll(item => graph.Add(item.Id, item.Header.Account, item.Header.Device, item.Commit) == CommitVerdict.Taken) > 0)
        {
            // some came before those that they follow
        }

        return new HeldRoom(graph, texts);
    }

    /// <summary>Whether a text was sealed for an account.</summary>
    public bool IsFor(AccountId account, HeldText text) => Graph.OfEpoch(text.Header.Epoch!.Value).Any(node => node.Commit.Members.Contains(account));

    /// <summary>Whether it counts: its author was not removed before it.</summary>
    public bool Counts(HeldText text) => Graph.Allows(text.Header.Account, text.Header.Device, text.Header.Seq);
}
