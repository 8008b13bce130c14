// Owns: what a store asks of a database: prepared statements, and one batch at a time in which everything is written.
// Must never: know a table.
using System.Data.Common;

namespace Papo.Client.Store;

/// <summary>
/// A database of one store, used by one thread at a time. Writes join a batch that <see cref="Commit"/> makes durable: committed means on the
/// disk. Statements are written once, in the SQL that SQLite and PostgreSQL share. Any call may throw a <see cref="DbException"/>
/// when the disk or the server fails.
/// </summary>
internal abstract class Database : IDisposable
{
    private readonly List<Statement> _statements = [];
    private readonly Queue<(Action Write, Action Forget)> _later = [];
    private bool _isCatchingUp;
    private int _urgent; // writes put off that the next commit has to hold

    /// <summary>Whether a batch is open.</summary>
    public bool InBatch { get; private set; }

    /// <summary>Prepares a statement with parameters <c>?1 ?2 …</c>.</summary>
    public Statement Prepare(string sql, int parameters)
    {
        var statement = Make(sql, parameters);
        _statements.Add(statement);
        return statement;
    }

    /// <summary>The index of words, as this database can do it best.</summary>
    public abstract IWordTable Words();

    /// <summary>Opens the batch if none is open. A writer waits here for the other processes of the profile, not in the middle.</summary>
    public void Begin()
    {
        CatchUp();
        if (!InBatch)
        {
            BeginBatch();
            InBatch = true;
        }
    }

    /// <summary>Makes the batch durable; nothing to do when none is open.</summary>
    public void Commit()
    {
        CatchUp();
        if (InBatch)
        {
            CommitBatch();
            InBatch = false;
            AfterCommit();
        }
    }

    /// <summary>Forgets the batch.</summary>
    public void Rollback()
    {
        _urgent = 0;
        while (_later.TryDequeue(out var put))
        {
            put.Forget();
        }

        if (InBatch)
        {
            InBatch = false;
            RollbackBatch();
        }
    }

    /// <summary>Puts a write off until anything else is read or written here, or the batch is committed; one of the two is called once.</summary>
    /// <param name="write">Writes.</param>
    /// <param name="forget">The batch was given up instead.</param>
    /// <param name="lazily">Nobody has to wait until it is durable, see <see cref="MayWait"/>.</param>
    public void Later(Action write, Action forget, bool lazily = false)
    {
        _later.Enqueue((write, forget));
        _urgent += lazily ? 0 : 1;
    }

    /// <summary>Whether the batch holds something, but nothing that a commit is needed for now.</summary>
    public bool MayWait => !InBatch && _urgent == 0 && _later.Count > 0;

    /// <summary>Does what was put off.</summary>
    public void CatchUp()
    {
        if (_isCatchingUp)
        {
            return; // these writes are statements too
        }

        _isCatchingUp = true;
        try
        {
            _urgent = 0;
            while (_later.TryDequeue(out var put))
            {
                put.Write();
            }
        }
        finally
        {
            _isCatchingUp = false;
        }
    }

    /// <summary>Something was deleted for good: after the commit its bytes leave the log of writes too, as far as the database can do that.</summary>
    public abstract void ScrubAfterCommit();

    /// <summary>Says in the profile's terms why it failed.</summary>
    public abstract ProfileException Unusable(DbException failure);

    /// <summary>How many bytes it takes up.</summary>
    public abstract long Size();

    /// <inheritdoc/>
    public void Dispose()
    {
        Rollback();
        foreach (var statement in _statements)
        {
            statement.Dispose();
        }

        Close();
    }

    /// <summary>The statement of this kind of database.</summary>
    protected abstract Statement Make(string sql, int parameters);

    /// <summary>Takes the lock of the writer.</summary>
    protected abstract void BeginBatch();

    /// <summary>Makes durable.</summary>
    protected abstract void CommitBatch();

    /// <summary>Undoes; also after a failure that has undone it already.</summary>
    protected abstract void RollbackBatch();

    /// <summary>What is left to do once a batch is durable.</summary>
    protected abstract void AfterCommit();

    /// <summary>Ends the connection.</summary>
    protected abstract void Close();
}
