// Owns: the durable memory of one space: its tables, and the database they are in.
// Must never: report something as kept before the batch that holds it was committed.
using System.Data.Common;
using Papo.Protocol;

namespace Papo.Client.Store;

/// <summary>The durable memory of one space. Used by one thread at a time; see <see cref="Database"/>.</summary>
internal sealed class SpaceStore : IDisposable
{
    private readonly Database _database;

    public SpaceStore(Database database, StoreSecrets? secrets = null)
    {
        _database = database;
        Meta = new MetaTable(database);
        Rooms = new RoomTable(database);
        People = new PeopleTable(database);
        Verdicts = new VerdictTable(database);
        Logs = new LogTable(database, this);
        Entries = new EntryTable(database, this);
        Guests = new GuestTable(database, this);
        Outbox = new OutboxTable(database);
        Words = new WordIndex(database, this);
        Private = new PrivateTable(database, secrets ?? StoreSecrets.Plain);
        Sealed = new SealedTable(database);
        Prekeys = new PrekeyTable(database, secrets ?? StoreSecrets.Plain);
        Links = new RoomLinkTable(database);
    }

    public MetaTable Meta { get; }

    public RoomTable Rooms { get; }

    public PeopleTable People { get; }

    public VerdictTable Verdicts { get; }

    public LogTable Logs { get; }

    public EntryTable Entries { get; }

    public GuestTable Guests { get; }

    public OutboxTable Outbox { get; }

    public WordIndex Words { get; }

    public PrivateTable Private { get; }

    public SealedTable Sealed { get; }

    public PrekeyTable Prekeys { get; }

    public RoomLinkTable Links { get; }

    /// <summary>Where own messages are durable before this store has them; null where everything waits for its batch.</summary>
    public Ahead? Ahead { get; init; }

    /// <inheritdoc cref="Database.Size"/>
    public long Size => _database.Size();

    /// <summary>Opens or makes a store in a file.</summary>
    /// <exception cref="ProfileException">Damaged, newer, read-only, or no space.</exception>
    public static SpaceStore Open(string path, Vault? vault = null, Ahead? ahead = null)
    {
        var database = SqliteDatabase.Open(path, SqliteDatabase.PersonCache);
        try
        {
            return new SpaceStore(database, new StoreSecrets(vault)) { Ahead = ahead };
        }
        catch
        {
            database.Dispose();
            throw;
        }
    }

    /// <summary>Writes every secret anew, as it is or sealed, in one batch, and wipes what was there.</summary>
    public void Reseal(StoreSecrets to)
    {
        Private.Reseal(to);
        Prekeys.Reseal(to);
        _database.ScrubAfterCommit();
        Commit();
    }

    /// <inheritdoc cref="Database.Unusable"/>
    public ProfileException Unusable(DbException failure) => _database.Unusable(failure);

    /// <summary>
    /// Whether the batch can do without its commit for now: what it holds is durable ahead of it, or not worth a commit of its own. Makes own messages
    /// durable that may go ahead.
    /// </summary>
    /// <exception cref="IOException">They cannot be written.</exception>
    public bool MayWait() => _database.MayWait && (Ahead is not { Waiting: > 0 } ahead || ahead.TryFlush());

    /// <summary>Whether own entries of a kind go ahead.</summary>
    public bool GoesAhead(EntryKind kind) => kind == EntryKind.Text && Ahead is not null;

    /// <inheritdoc cref="Database.Commit"/>
    public void Commit()
    {
        _database.Commit();
        Ahead?.Settled();
    }

    /// <inheritdoc cref="Database.Rollback"/>
    public void Rollback()
    {
        _database.Rollback();
        Ahead?.Forget();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Ahead?.Dispose();
        _database.Dispose();
    }
}
