// Owns: walking over what a statement of SQLite yields.
// Must never: outlive its statement, or be read by two at a time.
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Papo.Client.Store;

/// <summary>The rows of one reading of SQLite.</summary>
internal sealed class SqliteRows(sqlite3 database, sqlite3_stmt statement) : Rows
{
    private bool _isOpen;
    private bool _isDone;

    /// <inheritdoc/>
    public override bool Read()
    {
        if (_isDone)
        {
            return false;
        }

        var code = raw.sqlite3_step(statement);
        if (code == raw.SQLITE_ROW)
        {
            return true;
        }

        _isDone = true;
        return code == raw.SQLITE_DONE ? false : throw Failure(code);
    }

    /// <inheritdoc/>
    public override bool IsDBNull(int column) => raw.sqlite3_column_type(statement, column) == raw.SQLITE_NULL;

    /// <inheritdoc/>
    public override long GetInt64(int column) => raw.sqlite3_column_int64(statement, column);

    /// <inheritdoc/>
    public override string GetString(int column) => raw.sqlite3_column_text(statement, column).utf8_to_string();

    /// <inheritdoc/>
    public override ReadOnlySpan<byte> Span(int column) => raw.sqlite3_column_blob(statement, column);

    /// <inheritdoc/>
    public override void Dispose()
    {
        _isOpen = false;
        _isDone = true;
        _ = raw.sqlite3_reset(statement); // Answers with the failure of the last step, which was thrown there.
    }

    internal void Open(string sql)
    {
        if (_isOpen)
        {
            throw new InvalidOperationException($"read twice at a time: {sql}");
        }

        _isOpen = true;
        _isDone = false;
    }

    private SqliteException Failure(int code)
    {
        var extended = raw.sqlite3_extended_errcode(database);
        return new SqliteException($"SQLite Error {code}: '{raw.sqlite3_errmsg(database).utf8_to_string()}'.", code, extended);
    }
}
