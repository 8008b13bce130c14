// Owns: a home folder of a test, and looking into the store files in it.
// Must never: write into a store; the library is the only one that does.
using Microsoft.Data.Sqlite;
using Papo.Client;
using Papo.Client.Store;
using Papo.Protocol;

namespace Papo.Tests.World;

/// <summary>A folder that is gone at the end of the test.</summary>
internal sealed class TestHome : IDisposable
{
    public string Path { get; } = Conscience.NewFolder();

    /// <summary>The store files in it.</summary>
    public IReadOnlyList<string> Stores => [.. Directory.EnumerateFiles(Path, "store.db", SearchOption.AllDirectories)];

    /// <summary>The profile of a name.</summary>
    public Profile Open(string name)
    {
        Assert.Equal(NameProblem.None, DisplayName.TryParse(name, out var display));
        return new Home(Path).Open(display!);
    }

    /// <summary>The first column of a query over every store.</summary>
    public IReadOnlyList<string> Query(string sql) => [.. Stores.SelectMany(store => Query(store, sql))];

    /// <summary>How many rows wait in the outboxes; cards do not count.</summary>
    public int Waiting => Query("SELECT no FROM outbox WHERE kind > 0").Count;

    /// <summary>Texts held, oldest first.</summary>
    public IReadOnlyList<string> Texts => Query("SELECT CAST(body AS TEXT) FROM entries WHERE shown = 1 ORDER BY sort, device, seq");

    /// <summary>Whether a text is in a file of own messages that are ahead of the store.</summary>
    public bool IsAhead(string text) => Directory.EnumerateFiles(Path, "slot-*.ahead", SearchOption.AllDirectories)
        .Any(file => AheadFile.Read(file).Any(record => record.Span.IndexOf(System.Text.Encoding.UTF8.GetBytes(text)) >= 0));

    /// <summary>Whether a store, or any other file, contains this text.</summary>
    public bool Contains(string text)
    {
        var wanted = System.Text.Encoding.UTF8.GetBytes(text);
        return Directory.EnumerateFiles(Path, "*", SearchOption.AllDirectories).Where(static file => !file.EndsWith(".lock", StringComparison.Ordinal)).Any(file => ReadShared(file).AsSpan().IndexOf(wanted) >= 0);
    }

    public void Dispose() => Directory.Delete(Path, recursive: true);

    internal static List<string> Query(string store, string sql)
    {
        using var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = store, Mode = SqliteOpenMode.ReadOnly, Pooling = false }.ToString());
        connection.Open();
        using var command = connection.CreateCommand();
#pragma warning disable CA2100 // queries of tests
        command.CommandText = sql;
#pragma warning restore CA2100
        var rows = new List<string>();
        using var reader = command.ExecuteReader();
        while (reader.Read())
        {
            rows.Add(reader.IsDBNull(0) ? "" : reader.GetString(0));
        }

        return rows;
    }

    private static byte[] ReadShared(string file)
    {
        using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        using var copy = new MemoryStream();
        stream.CopyTo(copy);
        return copy.ToArray();
    }
}
