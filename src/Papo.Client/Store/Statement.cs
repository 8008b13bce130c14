// Owns: one prepared SQL statement and its positional parameters.
// Must never: build SQL from values.
using Microsoft.Data.Sqlite;

namespace Papo.Client.Store;

/// <summary>A prepared statement; parameters are bound in order as <c>?1 ?2 …</c>.</summary>
internal sealed class Statement : IDisposable
{
    private readonly SqliteCommand _command;

    public Statement(SqliteConnection connection, string sql, int parameters)
    {
        _command = connection.CreateCommand();
        _command.CommandText = sql;
        for (var i = 1; i <= parameters; i++)
        {
            _command.Parameters.Add(new SqliteParameter { ParameterName = "?" + i });
        }
    }

    /// <summary>Joins the running transaction, as the provider demands.</summary>
    public SqliteTransaction? Transaction
    {
        set => _command.Transaction = value;
    }

    public int Run(params ReadOnlySpan<object?> values)
    {
        Bind(values);
        return _command.ExecuteNonQuery();
    }

    public SqliteDataReader Read(params ReadOnlySpan<object?> values)
    {
        Bind(values);
        return _command.ExecuteReader();
    }

    /// <summary>The first column of the first row; null when there is none or it is NULL.</summary>
    public object? Scalar(params ReadOnlySpan<object?> values)
    {
        Bind(values);
        return _command.ExecuteScalar() is { } value and not DBNull ? value : null;
    }

    public long Number(params ReadOnlySpan<object?> values) => (long)(Scalar(values) ?? 0L);

    public void Dispose() => _command.Dispose();

    private void Bind(ReadOnlySpan<object?> values)
    {
        if (values.Length != _command.Parameters.Count)
        {
            throw new ArgumentException($"{_command.Parameters.Count} parameters expected: {_command.CommandText}");
        }

        for (var i = 0; i < values.Length; i++)
        {
            _command.Parameters[i].Value = values[i] ?? DBNull.Value;
        }
    }
}
