// Owns: walking over what a statement yields.
// Must never: outlive its statement, or be read by two at a time.
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Papo.Client.Store;

/// <summary>The rows of one reading; values are valid until the next <see cref="Read"/>.</summary>
internal sealed class Rows(sqlite3 database, sqlite3_stmt statement) : IDisposable
{
    private bool _isOpen;
    private bool _isDone;

    /// <summary>Goes to the next row; false at the end.</summary>
    public bool Read()
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

    public bool IsDBNull(int column) => raw.sqlite3_column_type(statement, column) == raw.SQLITE_NULL;

    public long GetInt64(int column) => raw.sqlite3_column_int64(statement, column);

    public int GetInt32(int column) => raw.sqlite3_column_int(statement, column);

    public string GetString(int column) => raw.sqlite3_column_text(statement, column).utf8_to_string();

    /// <summary>A blob in place, valid until the next <see cref="Read"/>.</summary>
    public ReadOnlySpan<byte> Span(int column) => raw.sqlite3_column_blob(statement, column);

    /// <summary>A copy of a blob.</summary>
    public byte[] Bytes(int column) => Span(column).ToArray();

    /// <summary>Ends the reading; the statement may then be used again.</summary>
    public void Dispose()
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
