// Owns: the SQLite file of one space: opening, migrating, its batch, and wiping what was deleted.
// Must never: open a file that a newer program made.
using System.Data.Common;
using System.Globalization;
using System.Reflection;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Papo.Client.Store;

/// <summary>WAL, synchronous = FULL: committed means on the disk.</summary>
internal sealed class SqliteDatabase : Database
{
    /// <summary>The schema this program knows.</summary>
    public const int Version = 6;

    private const int ApplicationId = 0x5061706F; // "Papo"

    /// <summary>Memory for pages of an archive, in KiB. Ids are random: in a large store each new one lands on a page of its own, and with less memory such pages are read and written again for each batch.</summary>
    public const int ArchiveCache = 32_768;

    /// <summary>Memory for pages of one person's store, in KiB: a terminal program is small, and the system keeps the file in its own cache.</summary>
    public const int PersonCache = 2_048;

    private const string Log = "PRAGMA wal_autocheckpoint = 4096;"; // pages; with fewer the pages of a large store are written again for each batch
    private readonly SqliteConnection _connection;
    private readonly Statement _begin;
    private readonly Statement _commit;
    private readonly Statement _rollback;
    private readonly string _path;
    private bool _scrub;

    private SqliteDatabase(SqliteConnection connection, string path)
    {
        _path = path;
        _connection = connection;
        _begin = Prepare("BEGIN IMMEDIATE", 0);
        _commit = Prepare("COMMIT", 0);
        _rollback = Prepare("ROLLBACK", 0);
    }

    /// <summary>Opens or makes the file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="cache">Memory for its pages, in KiB.</param>
    /// <exception cref="ProfileException">Damaged, newer, read-only, or no space.</exception>
    public static SqliteDatabase Open(string path, int cache)
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Pooling = false, DefaultTimeout = 10 }.ToString());
        try
        {
            connection.Open();
            Execute(connection, "PRAGMA busy_timeout = 10000; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA temp_store = MEMORY; PRAGMA secure_delete = ON;" + Log + string.Create(CultureInfo.InvariantCulture, $"PRAGMA cache_size = -{cache};"));
            Migrate(connection, path);
            return new SqliteDatabase(connection, path);
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

    /// <summary>Writes what is committed now into a new file, while other processes go on writing. The file is as it is, also where another version made it.</summary>
    /// <exception cref="ProfileException">It cannot be read, or the copy cannot be written.</exception>
    public static void CopyTo(string path, string copy)
    {
        try
        {
            using var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Mode = SqliteOpenMode.ReadWrite, Pooling = false, DefaultTimeout = 10 }.ToString());
            connection.Open();
            VacuumInto(connection, copy);
        }
        catch (SqliteException failure)
        {
            throw Unusable(failure, path);
        }
    }

    /// <inheritdoc/>
    public override IWordTable Words() => new SqliteWords(this);

    /// <inheritdoc/>
    public override ProfileException Unusable(DbException failure) => failure is SqliteException sqlite ? Unusable(sqlite, _path) : new(ProfileProblem.Damaged, _path, failure.Message, failure);

    /// <inheritdoc/>
    public override void ScrubAfterCommit() => _scrub = true;

    /// <inheritdoc/>
    public override long Size() => Number(_connection, "PRAGMA page_count") * Number(_connection, "PRAGMA page_size");

    /// <inheritdoc/>
    protected override Statement Make(string sql, int parameters) => new SqliteStatement(this, _connection, sql, parameters);

    /// <inheritdoc/>
    protected override void BeginBatch() => _begin.Run();

    /// <inheritdoc/>
    protected override void CommitBatch() => _commit.Run();

    /// <inheritdoc/>
    protected override void RollbackBatch()
    {
        // After some failures SQLite has rolled back by itself.
        if (raw.sqlite3_get_autocommit(_connection.Handle) == 0)
        {
            _rollback.Run();
        }
    }

    // Secure delete wipes the pages; the log keeps their old content until it is emptied. Another process that reads just now puts it off to the next commit.
    /// <inheritdoc/>
    protected override void AfterCommit()
    {
        if (_scrub)
        {
            Execute(_connection, "PRAGMA busy_timeout = 100");
            _scrub = Number(_connection, "PRAGMA wal_checkpoint(TRUNCATE)") != 0;
            Execute(_connection, "PRAGMA busy_timeout = 10000");
        }
    }

    /// <inheritdoc/>
    protected override void Close() => _connection.Dispose();

    private static ProfileException Unusable(SqliteException failure, string path) => new(
        failure.SqliteErrorCode switch
        {
            raw.SQLITE_FULL => ProfileProblem.DiskFull,
            raw.SQLITE_READONLY or raw.SQLITE_CANTOPEN or raw.SQLITE_PERM or raw.SQLITE_IOERR => ProfileProblem.ReadOnly,
            _ => ProfileProblem.Damaged,
        },
        path,
        failure.Message,
        failure);

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

        if (version > 0)
        {
            KeepCopy(connection, $"{path}.v{version}");
        }

        using var transaction = connection.BeginTransaction(deferred: false);
        for (var next = (int)Number(connection, "PRAGMA user_version", transaction) + 1; next <= Version; next++)
        {
            Execute(connection, Schema(next), transaction);
            Execute(connection, $"PRAGMA user_version = {next}; PRAGMA application_id = {ApplicationId};", transaction);
        }

        transaction.Commit();
    }

    // Whoever goes back to the older program, or finds the migration wrong, has the store as it was.
    private static void KeepCopy(SqliteConnection connection, string copy)
    {
        if (File.Exists(copy))
        {
            return;
        }

        var begun = copy + ".part";
        File.Delete(begun);
        VacuumInto(connection, begun);
        File.Move(begun, copy);
    }

    private static void VacuumInto(SqliteConnection connection, string copy)
    {
        using var command = connection.CreateCommand();
        command.CommandText = "VACUUM INTO $copy";
        command.Parameters.AddWithValue("$copy", copy);
        command.ExecuteNonQuery();
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
}
