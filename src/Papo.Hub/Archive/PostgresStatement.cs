// Owns: one statement of PostgreSQL and its parameters.
// Must never: build SQL from values.
using System.Text;
using System.Text.RegularExpressions;
using Npgsql;
using NpgsqlTypes;
using Papo.Client.Store;
using Papo.Protocol;

namespace Papo.Hub;

/// <summary>A statement; the server keeps it prepared once it was used a few times.</summary>
internal sealed partial class PostgresStatement(PostgresDatabase database, NpgsqlConnection connection, string sql, int parameters) : Statement(database, sql, parameters)
{
    private readonly string _sql = Place().Replace(sql, "$$$1");
    private readonly PostgresRows _rows = new(sql);

    /// <inheritdoc/>
    public override void Dispose() => _rows.Dispose();

    /// <inheritdoc/>
    protected override int Execute(ReadOnlySpan<Value> values)
    {
        database.Flush();
        using var command = Command(values);
        return command.ExecuteNonQuery();
    }

    /// <inheritdoc/>
    protected override void Gather(ReadOnlySpan<Value> values)
    {
        var command = new NpgsqlBatchCommand(_sql);
        Bind(command.Parameters, values);
        database.Gather(command);
    }

    /// <inheritdoc/>
    protected override Rows Open(ReadOnlySpan<Value> values)
    {
        database.Flush();
        _rows.Open(Command(values));
        return _rows;
    }

    [GeneratedRegex(@"\?(\d+)")]
    private static partial Regex Place();

    private static void Bind(NpgsqlParameterCollection place, ReadOnlySpan<Value> values)
    {
        foreach (var value in values)
        {
            place.Add(new NpgsqlParameter { NpgsqlDbType = TypeOf(value.Kind), Value = Boxed(value) });
        }
    }

    private static NpgsqlDbType TypeOf(ValueKind kind) => kind switch
    {
        ValueKind.Number => NpgsqlDbType.Bigint,
        ValueKind.Text => NpgsqlDbType.Text,
        _ => NpgsqlDbType.Bytea,
    };

    private static object Boxed(Value value) => value.Kind switch
    {
        _ when value.IsNull => DBNull.Value,
        ValueKind.Number => value.Number,
        ValueKind.Text => value.Text ?? Encoding.UTF8.GetString(value.Bytes.Span),
        ValueKind.Id => new EntryId(value.IdNumber).ToBytes(),
        _ => value.Bytes,
    };

    private NpgsqlCommand Command(ReadOnlySpan<Value> values)
    {
        var command = new NpgsqlCommand(_sql, connection);
        Bind(command.Parameters, values);
        return command;
    }
}
