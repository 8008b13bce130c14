// Owns: one prepared SQL statement and its positional parameters.
// Must never: build SQL from values.
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Papo.Client.Store;

/// <summary>
/// A prepared statement; parameters are bound in order as <c>?1 ?2 …</c>. It speaks to SQLite directly: a message needs several statements, and
/// the provider's command and reader cost more than the statement itself. Prepared when first used.
/// </summary>
internal sealed class Statement(SpaceStore store, SqliteConnection connection, string sql, int parameters) : IDisposable
{
    private readonly sqlite3 _database = connection.Handle ?? throw new InvalidOperationException("the store is not open");
    private sqlite3_stmt? _statement;
    private Rows? _rows;

    /// <summary>Runs it to the end; how many rows it changed.</summary>
    public int Run(params ReadOnlySpan<Value> values)
    {
        using var rows = Read(values);
        while (rows.Read())
        {
        }

        return raw.sqlite3_changes(_database);
    }

    /// <summary>The rows it yields; one reading at a time, to be disposed.</summary>
    public Rows Read(params ReadOnlySpan<Value> values)
    {
        if (values.Length != parameters)
        {
            throw new ArgumentException($"{parameters} parameters expected: {sql}");
        }

        store.CatchUp();
        var statement = _statement ??= Prepare();
        _rows ??= new Rows(_database, statement);
        _rows.Open(sql);
        for (var i = 0; i < values.Length; i++)
        {
            SqliteException.ThrowExceptionForRC(values[i].Bind(statement, i + 1), _database);
        }

        return _rows;
    }

    /// <summary>The number in the first column of the first row; 0 when there is none or it is NULL.</summary>
    public long Number(params ReadOnlySpan<Value> values)
    {
        using var rows = Read(values);
        var number = rows.Read() ? rows.GetInt64(0) : 0;
        while (rows.Read())
        {
            // A statement that writes is done only at its end.
        }

        return number;
    }

    /// <summary>The bytes in the first column of the first row; null when there is none or it is NULL.</summary>
    public byte[]? Bytes(params ReadOnlySpan<Value> values)
    {
        using var rows = Read(values);
        return rows.Read() && !rows.IsDBNull(0) ? rows.Bytes(0) : null;
    }

    public void Dispose() => _statement?.Dispose();

    private sqlite3_stmt Prepare()
    {
        SqliteException.ThrowExceptionForRC(raw.sqlite3_prepare_v3(_database, sql, raw.SQLITE_PREPARE_PERSISTENT, out var statement), _database);
        return statement;
    }
}
