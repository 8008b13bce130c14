// Owns: walking over what a statement of PostgreSQL yields.
// Must never: stay open: a connection serves one reading at a time.
using Npgsql;
using Papo.Client.Store;

namespace Papo.Hub;

/// <summary>The rows of one reading of PostgreSQL.</summary>
internal sealed class PostgresRows(string sql) : Rows
{
    private NpgsqlCommand? _command;
    private NpgsqlDataReader? _reader;

    /// <inheritdoc/>
    public override bool Read() => _reader?.Read() ?? false;

    /// <inheritdoc/>
    public override bool IsDBNull(int column) => Open().IsDBNull(column);

    /// <inheritdoc/>
    public override long GetInt64(int column) => Open().GetInt64(column);

    /// <inheritdoc/>
    public override bool IsTrue(int column) => Open().GetBoolean(column);

    /// <inheritdoc/>
    public override string GetString(int column) => Open().GetString(column);

    /// <inheritdoc/>
    public override ReadOnlySpan<byte> Span(int column) => Bytes(column);

    /// <inheritdoc/>
    public override byte[] Bytes(int column) => Open().GetFieldValue<byte[]>(column);

    /// <inheritdoc/>
    public override void Dispose()
    {
        _reader?.Dispose();
        _command?.Dispose();
        _reader = null;
        _command = null;
    }

    internal void Open(NpgsqlCommand command)
    {
        if (_reader is not null)
        {
            throw new InvalidOperationException($"read twice at a time: {sql}");
        }

        _command = command;
        _reader = command.ExecuteReader();
    }

    private NpgsqlDataReader Open() => _reader ?? throw new InvalidOperationException($"not being read: {sql}");
}
