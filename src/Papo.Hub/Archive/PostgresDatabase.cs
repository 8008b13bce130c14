// Owns: the archive of one space in PostgreSQL: connecting, its schema, its batch.
// Must never: share a space with a hub of another home; two archives of one space are two databases.
using System.Data.Common;
using System.Reflection;
using Npgsql;
using Papo.Client;
using Papo.Client.Store;
using Papo.Protocol;

namespace Papo.Hub;

/// <summary>
/// A store in PostgreSQL: one schema a space, one connection a process. Writes wait for the batch's lock as in a file, so that positions become
/// visible in their order. Committed means what the server's <c>synchronous_commit</c> means; it is set to <c>on</c> here.
/// </summary>
internal sealed class PostgresDatabase : Database
{
    private const int Version = 4;
    private const int MostGathered = 256;
    private const string WrongPassword = "28"; // SQLSTATE class: invalid authorization
    private readonly NpgsqlDataSource _source;
    private readonly NpgsqlConnection _connection;
    private readonly PostgresAddress _address;
    private readonly long _lock;
    private NpgsqlBatch? _gathered;

    private PostgresDatabase(NpgsqlDataSource source, NpgsqlConnection connection, PostgresAddress address, long writerLock) =>
        (_source, _connection, _address, _lock) = (source, connection, address, writerLock);

    /// <summary>Opens or makes the archive of a space.</summary>
    /// <exception cref="ProfileException">The server cannot be reached or refuses, a newer program made the archive, or another hub uses it.</exception>
    public static PostgresDatabase Open(PostgresAddress address, SpaceId space, int slot)
    {
        ArgumentNullException.ThrowIfNull(address);
        var source = new NpgsqlSlimDataSourceBuilder(address.ConnectionString).EnableTransportSecurity().Build();
        try
        {
            var connection = source.OpenConnection();
            var number = BitConverter.ToInt64(space.ToBytes(), 0);
            var database = new PostgresDatabase(source, connection, address, number);
            database.Arrange($"papo_{space}", slot);
            return database;
        }
        catch (NpgsqlException failure)
        {
            source.Dispose();
            throw Unusable(failure, address);
        }
        catch
        {
            source.Dispose();
            throw;
        }
    }

    /// <summary>Whether the server lets this hub in.</summary>
    /// <exception cref="ProfileException">It does not, or cannot be reached.</exception>
    public static void Check(PostgresAddress address)
    {
        ArgumentNullException.ThrowIfNull(address);
        using var source = new NpgsqlSlimDataSourceBuilder(address.ConnectionString).EnableTransportSecurity().Build();
        try
        {
            using var connection = source.OpenConnection();
        }
        catch (NpgsqlException failure)
        {
            throw Unusable(failure, address);
        }
    }

    /// <inheritdoc/>
    public override ProfileException Unusable(DbException failure) => Unusable(failure, _address);

    /// <inheritdoc/>
    public override IWordTable Words() => new PostgresWords(this);

    // A deleted text is taken out of table and index at once; its old version goes with a vacuum of the server.
    /// <inheritdoc/>
    public override void ScrubAfterCommit()
    {
    }

    /// <inheritdoc/>
    public override long Size()
    {
        Flush();
        using var command = _connection.CreateCommand();
        command.CommandText = "SELECT coalesce(sum(pg_total_relation_size(oid)), 0)::bigint FROM pg_class WHERE relnamespace = current_schema()::regnamespace AND relkind = 'r'";
        return (long)(command.ExecuteScalar() ?? 0L);
    }

    /// <summary>Adds a write to those that go to the server together.</summary>
    internal void Gather(NpgsqlBatchCommand command)
    {
        (_gathered ??= _connection.CreateBatch()).BatchCommands.Add(command);
        if (_gathered.BatchCommands.Count >= MostGathered)
        {
            Flush();
        }
    }

    /// <summary>Sends what was gathered: anything that is read has to see it.</summary>
    internal void Flush()
    {
        if (_gathered is { } batch)
        {
            _gathered = null;
            using (batch)
            {
                batch.ExecuteNonQuery();
            }
        }
    }

    /// <inheritdoc/>
    protected override Statement Make(string sql, int parameters) => new PostgresStatement(this, _connection, sql, parameters);

    /// <inheritdoc/>
    protected override void BeginBatch() => Execute($"BEGIN; SELECT pg_advisory_xact_lock({_lock})");

    /// <inheritdoc/>
    protected override void CommitBatch()
    {
        Flush();
        Execute("COMMIT");
    }

    /// <inheritdoc/>
    protected override void RollbackBatch()
    {
        _gathered?.Dispose();
        _gathered = null;
        if (_connection.State == System.Data.ConnectionState.Open)
        {
            Execute("ROLLBACK");
        }
    }

    /// <inheritdoc/>
    protected override void AfterCommit()
    {
    }

    /// <inheritdoc/>
    protected override void Close()
    {
        _connection.Dispose();
        _source.Dispose();
    }

    private static ProfileException Unusable(DbException failure, PostgresAddress address) => new(
        failure is PostgresException { SqlState: var state } && state.StartsWith(WrongPassword, StringComparison.Ordinal) ? ProfileProblem.ArchiveRefused : ProfileProblem.ArchiveAway,
        address.Shown,
        failure.InnerException?.Message ?? failure.Message,
        failure);

    // The lock of the connection tells another hub on the same archive from a restart of this one: it goes with the connection.
    private void Arrange(string schema, int slot)
    {
        Execute("SET synchronous_commit = on; SET client_min_messages = warning");
        if (!(bool)Scalar($"SELECT pg_try_advisory_lock({_lock ^ (slot + 1)})")!)
        {
            throw new ProfileException(ProfileProblem.ArchiveInUse, _address.Shown, $"schema {schema}");
        }

        Execute("BEGIN");
        Execute($"SELECT pg_advisory_xact_lock({_lock}); CREATE SCHEMA IF NOT EXISTS {schema}; SET search_path = {schema}; CREATE TABLE IF NOT EXISTS version (number bigint NOT NULL)");
        var version = (long)Scalar("SELECT coalesce(max(number), 0) FROM version")!;
        if (version > Version)
        {
            throw new ProfileException(ProfileProblem.Newer, _address.Shown, $"archive version {version}, this program knows {Version}");
        }

        for (var next = version + 1; next <= Version; next++)
        {
            Execute(Schema(next));
            Execute($"INSERT INTO version VALUES ({next})");
        }

        Execute("COMMIT");
    }

    private static string Schema(long version)
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream($"Papo.Hub.Archive.postgres-{version}.sql")
            ?? throw new InvalidOperationException($"schema {version} is not in the program");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }

    private void Execute(string sql)
    {
        using var command = _connection.CreateCommand();
#pragma warning disable CA2100 // only constants, numbers, our own schema files and the base32 of a space come here
        command.CommandText = sql;
#pragma warning restore CA2100
        command.ExecuteNonQuery();
    }

    private object? Scalar(string sql)
    {
        using var command = _connection.CreateCommand();
#pragma warning disable CA2100 // only constants and numbers come here
        command.CommandText = sql;
#pragma warning restore CA2100
        return command.ExecuteScalar();
    }
}
