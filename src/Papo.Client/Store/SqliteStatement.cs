// Owns: one prepared statement of SQLite and the rows it yields.
// Must never: be used by two readings at a time.
using System.Buffers.Binary;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Papo.Client.Store;

/// <summary>
/// It speaks to SQLite directly: a message needs several statements, and the provider's command and reader cost more than the statement itself.
/// Prepared when first used.
/// </summary>
internal sealed class SqliteStatement(Database owner, SqliteConnection connection, string sql, int parameters) : Statement(owner, sql, parameters)
{
    private readonly sqlite3 _database = connection.Handle ?? throw new InvalidOperationException("the store is not open");
    private readonly string _sql = sql;
    private sqlite3_stmt? _statement;
    private SqliteRows? _rows;

    /// <inheritdoc/>
    public override void Dispose() => _statement?.Dispose();

    /// <inheritdoc/>
    protected override int Execute(ReadOnlySpan<Value> values)
    {
        using var rows = Open(values);
        while (rows.Read())
        {
        }

        return raw.sqlite3_changes(_database);
    }

    /// <inheritdoc/>
    protected override void Gather(ReadOnlySpan<Value> values) => Execute(values);

    /// <inheritdoc/>
    protected override Rows Open(ReadOnlySpan<Value> values)
    {
        var statement = _statement ??= Prepare();
        _rows ??= new SqliteRows(_database, statement);
        _rows.Open(_sql);
        for (var i = 0; i < values.Length; i++)
        {
            SqliteException.ThrowExceptionForRC(Bind(statement, i + 1, values[i]), _database);
        }

        return _rows;
    }

    // SQLite takes a copy of what is bound.
    private static int Bind(sqlite3_stmt statement, int place, in Value value) => value.Kind switch
    {
        _ when value.IsNull => raw.sqlite3_bind_null(statement, place),
        ValueKind.Number => raw.sqlite3_bind_int64(statement, place, value.Number),
        ValueKind.Text when value.Text is null => raw.sqlite3_bind_text(statement, place, value.Bytes.Span),
        ValueKind.Text => raw.sqlite3_bind_text(statement, place, value.Text),
        ValueKind.Id => BindId(statement, place, value.IdNumber),
        _ when value.Bytes.IsEmpty => raw.sqlite3_bind_zeroblob(statement, place, 0), // An empty span would be NULL.
        _ => raw.sqlite3_bind_blob(statement, place, value.Bytes.Span),
    };

    private static int BindId(sqlite3_stmt statement, int place, UInt128 id)
    {
        Span<byte> bytes = stackalloc byte[16];
        BinaryPrimitives.WriteUInt128BigEndian(bytes, id);
        return raw.sqlite3_bind_blob(statement, place, bytes);
    }

    private sqlite3_stmt Prepare()
    {
        SqliteException.ThrowExceptionForRC(raw.sqlite3_prepare_v3(_database, _sql, raw.SQLITE_PREPARE_PERSISTENT, out var statement), _database);
        return statement;
    }
}
