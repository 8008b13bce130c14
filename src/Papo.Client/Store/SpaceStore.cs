// Owns: the SQLite file of one space: opening, migrating, and the batch in which everything is written.
// Must never: report something as kept before the batch that holds it was committed.
using System.Reflection;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Papo.Client.Store;

/// <summary>
/// The durable memory of one space. Used by one thread at a time. Writes join a batch that <see cref="Commit"/> makes durable
/// (WAL, synchronous = FULL: committed means on the disk). Any call may throw <see cref="SqliteException"/> when the disk fails.
/// </summary>
internal sealed class SpaceStore : IDisposable
{
    public const int Version = 1;
    private const int ApplicationId = 0x5061706F; // "Papo"
    private readonly SqliteConnection _connection;
    private readonly List<Statement> _statements = [];
    private readonly Queue<Action> _later = [];
    private bool _scrub;
    private bool _isCatchingUp;
    private readonly Statement _begin;
    private readonly Statement _commit;
    private readonly Statement _rollback;

    private SpaceStore(SqliteConnection connection)
    {
        _connection = connection;
        _begin = Prepare("BEGIN IMMEDIATE", 0);
        _commit = Prepare("COMMIT", 0);
        _rollback = Prepare("ROLLBACK", 0);
        Meta = new MetaTable(this);
        Rooms = new RoomTable(this);
        People = new PeopleTable(this);
        Logs = new LogTable(this);
        Entries = new EntryTable(this);
        Outbox = new OutboxTable(this);
        Words = new WordIndex(this);
    }

    public MetaTable Meta { get; }

    public RoomTable Rooms { get; }

    public PeopleTable People { get; }

    public LogTable Logs { get; }

    public EntryTable Entries { get; }

    public OutboxTable Outbox { get; }

    public WordIndex Words { get; }

    /// <summary>Opens or makes the store.</summary>
    /// <exception cref="ProfileException">Damaged, newer, read-only, or no space.</exception>
    public static SpaceStore Open(string path)
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Pooling = false, DefaultTimeout = 10 }.ToString());
        try
        {
            connection.Open();
            Execute(connection, "PRAGMA busy_timeout = 10000; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA temp_store = MEMORY; PRAGMA secure_delete = ON;");
            Migrate(connection, path);
            return new SpaceStore(connection);
        }
        catch (SqliteException failure)
        {
            connection.Dispose();
            throw Unusable(failure, path);
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    /// <summary>Says in the profile's terms why SQLite failed.</summary>
    public static ProfileException Unusable(SqliteException failure, string path) => new(
        failure.SqliteErrorCode switch
        {
            raw.SQLITE_FULL => ProfileProblem.DiskFull,
            raw.SQLITE_READONLY or raw.SQLITE_CANTOPEN or raw.SQLITE_PERM or raw.SQLITE_IOERR => ProfileProblem.ReadOnly,
            _ => ProfileProblem.Damaged,
        },
        path,
        failure.Message,
        failure);

    /// <summary>Whether a batch is open.</summary>
    public bool InBatch { get; private set; }

    /// <summary>Makes the batch durable; nothing to do when none is open.</summary>
    public void Commit()
    {
        CatchUp();
        if (InBatch)
        {
            _commit.Run();
            InBatch = false;
            Scrub();
        }
    }

    /// <summary>Puts a write off until anything else is read or written here, or the batch is committed.</summary>
    internal void Later(Action write) => _later.Enqueue(write);

    /// <summary>Does what was put off.</summary>
    internal void CatchUp()
    {
        if (_isCatchingUp)
        {
            return; // these writes are statements too
        }

        _isCatchingUp = true;
        try
        {
            while (_later.TryDequeue(out var write))
            {
                write();
            }
        }
        finally
        {
            _isCatchingUp = false;
        }
    }

    /// <summary>Something was deleted for good: after the commit its bytes leave the write-ahead log too.</summary>
    internal void ScrubAfterCommit() => _scrub = true;

    /// <summary>Forgets the batch.</summary>
    public void Rollback()
    {
        _later.Clear();
        if (!InBatch)
        {
            return;
        }

        InBatch = false;

        // After some failures SQLite has rolled back by itself.
        if (raw.sqlite3_get_autocommit(_connection.Handle) == 0)
        {
            _rollback.Run();
        }
    }

    public void Dispose()
    {
        Rollback();
        foreach (var statement in _statements)
        {
            statement.Dispose();
        }

        _connection.Dispose();
    }

    internal Statement Prepare(string sql, int parameters)
    {
        var statement = new Statement(this, _connection, sql, parameters);
        _statements.Add(statement);
        return statement;
    }

    /// <summary>Opens the batch if none is open. Immediate: a writer waits here for the other processes of the profile, not in the middle.</summary>
    internal void Begin()
    {
        CatchUp();
        if (!InBatch)
        {
            _begin.Run();
            InBatch = true;
        }
    }

    private static void Migrate(SqliteConnection connection, string path)
    {
        var version = Number(connection, "PRAGMA user_version");
        if (version > Version)
        {
            throw new ProfileException(ProfileProblem.Newer, path, $"store version {version}, this program knows {Version}");
        }

        if (version == Version)
        {
            return;
        }

        using var transaction = connection.BeginTransaction(deferred: false);
        for (var next = (int)Number(connection, "PRAGMA user_version", transaction) + 1; next <= Version; next++)
        {
            Execute(connection, Schema(next), transaction);
            Execute(connection, $"PRAGMA user_version = {next}; PRAGMA application_id = {ApplicationId};", transaction);
        }

        transaction.Commit();
    }

    private static string Schema(int version)
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream($"Papo.Client.Store.schema-{version}.sql")
            ?? throw new InvalidOperationException($"schema {version} is not in the program");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }

    private static void Execute(SqliteConnection connection, string sql, SqliteTransaction? transaction = null)
    {
        using var command = connection.CreateCommand();
#pragma warning disable CA2100 // only constants and our own schema files come here
        command.CommandText = sql;
#pragma warning restore CA2100
        command.Transaction = transaction;
        command.ExecuteNonQuery();
    }

    private static long Number(SqliteConnection connection, string sql, SqliteTransaction? transaction = null)
    {
        using var command = connection.CreateCommand();
#pragma warning disable CA2100 // only constants come here
        command.CommandText = sql;
#pragma warning restore CA2100
        command.Transaction = transaction;
        return (long)(command.ExecuteScalar() ?? 0L);
    }

    // Secure delete wipes the pages; the log keeps their old content until it is emptied. Another process that reads just now puts it off to the next commit.
    private void Scrub()
    {
        if (_scrub)
        {
            Execute(_connection, "PRAGMA busy_timeout = 100");
            _scrub = Number(_connection, "PRAGMA wal_checkpoint(TRUNCATE)") != 0;
            Execute(_connection, "PRAGMA busy_timeout = 10000");
        }
    }
}
