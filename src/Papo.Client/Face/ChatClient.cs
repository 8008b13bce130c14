// Owns: the public face of the library: one person on one broker, whatever the connection does.
// Must never: know a screen or a console, or put anything in words.
using System.Threading.Channels;
using Papo.Client.Engine;
using Papo.Client.Store;
using Papo.Protocol;

namespace Papo.Client;

/// <summary>
/// One person on one broker. What one says oneself is durable before it is told, what others say is told once verified and acknowledged once durable; the client goes on by itself when the connection does not.
/// Members may be called from any thread; after the end they answer with <see cref="SendProblem.Ending"/> or nothing.
/// </summary>
public sealed class ChatClient : IAsyncDisposable
{
    private const int ChangesBound = 8_192;
    private static readonly TimeSpan ChangeLimit = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan TypingPause = TimeSpan.FromSeconds(1);
    private readonly Channel<ChatChange> _changes;
    private readonly ChatOptions _options;
    private readonly Supervisor _supervisor;
    private readonly Calls _calls;
    private readonly Task _running;
    private volatile TypingIn? _typing; // last told to the engine

    private ChatClient(ChatOptions options)
    {
        _options = options;
        _changes = Channel.CreateBounded<ChatChange>(new BoundedChannelOptions(ChangesBound) { SingleReader = true, AllowSynchronousContinuations = options.Inline });
        _supervisor = new Supervisor(options, _changes.Writer);
        _calls = _supervisor.Calls;
        _running = _supervisor.RunAsync();
    }

    /// <summary>Opens the profile's store and starts connecting; does not wait for the broker.</summary>
    /// <exception cref="ProfileException">The profile cannot be used: damaged, made by a newer program, read-only, disk full.</exception>
    public static Task<ChatClient> OpenAsync(ChatOptions options, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(options);
        cancellation.ThrowIfCancellationRequested();
        return Task.FromResult(new ChatClient(options));
    }

    /// <summary>Everything that happens, in order. One reader. Bounded: a reader that stops reading stops the client.</summary>
    public ChannelReader<ChatChange> Changes => _changes.Reader;

    /// <summary>Who I am here.</summary>
    public Author Me => _supervisor.Me;

    /// <summary>The connection now.</summary>
    public Connection Connection => _supervisor.Connection;

    /// <summary>Rooms joined, in the order joined.</summary>
    public IReadOnlyList<Room> Joined => _supervisor.Joined;

    /// <summary>Waits until connected (true) or until the first failed try or <paramref name="limit"/> (false; see <see cref="Connection"/>).</summary>
    public Task<bool> WaitConnectedAsync(TimeSpan limit, CancellationToken cancellation) => _supervisor.WaitConnectedAsync(limit, cancellation);

    /// <summary>Waits until the joined rooms (or one) are caught up; returns entries still missing.</summary>
    public async Task<int> CatchUpAsync(Room? room, TimeSpan limit, CancellationToken cancellation)
    {
        var done = new TaskCompletionSource<int>(TaskCreationOptions.RunContinuationsAsynchronously);
        _calls.Post(engine => engine.Context.CatchingUp.Wait(room, done));
        try
        {
            return await done.Task.WaitAsync(limit, _options.Time, cancellation).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            done.TrySetCanceled(cancellation);
            return await _calls.AskAsync(engine => (int)engine.Context.Rooms.Joined.Where(state => room is null || state.Room == room).Sum(engine.Context.Healing.Missing), cancellation).ConfigureAwait(false);
        }
    }

    /// <summary>Takes a draft; completes when it is on disk (or refused). Sends when connected.</summary>
    public Task<SendReceipt> SendAsync(Room room, Draft draft, CancellationToken cancellation) => _calls.SendAsync(room, draft, cancellation);

    /// <summary>Waits until a message is safe, as <c>papo send</c> means it.</summary>
    public async Task<SafeResult> WaitSafeAsync(long number, TimeSpan limit, CancellationToken cancellation)
    {
        var done = new TaskCompletionSource<SafeResult>(TaskCreationOptions.RunContinuationsAsynchronously);
        _calls.Post(engine => engine.Context.Outbox.HeldCheck.Wait(number, done));
        try
        {
            return await done.Task.WaitAsync(limit, _options.Time, cancellation).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            _calls.Post(engine => engine.Context.Outbox.HeldCheck.Forget(done));
            var row = await FindRowAsync(number, cancellation).ConfigureAwait(false);
            var connected = Connection.Up || row?.State == MessageState.Sent;
            return new SafeResult(connected ? SafeOutcome.NotConfirmed : SafeOutcome.NotConnected, row?.Entry, row?.Problem);
        }
    }

    // Null also while the store cannot be read.
    private async Task<OutboxRow?> FindRowAsync(long number, CancellationToken cancellation)
    {
        try
        {
            return await _calls.AskAsync(engine => engine.Context.Outbox.Find(number), cancellation).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return null;
        }
    }

    /// <summary>Tries a failed message again.</summary>
    public Task RetryAsync(long number, CancellationToken cancellation) => _calls.AskAsync(
        engine =>
        {
            engine.Context.Outbox.Retry(number);
            return true;
        },
        cancellation);

    /// <summary>Outbox numbers of own messages of this process that are not yet held.</summary>
    public Task<IReadOnlyList<long>> UnsafeAsync(CancellationToken cancellation) => _calls.AskAsync<IReadOnlyList<long>>(
        engine => [.. engine.Context.Outbox.Rows.Where(static row => row.Kind != EntryKind.Card).Select(static row => row.No)], cancellation);

    /// <summary>Joins a room; its recent past follows as history, not as changes.</summary>
    public Task JoinAsync(Room room, CancellationToken cancellation) => _calls.DoAsync(engine => engine.Join(room), cancellation);

    /// <summary>Leaves a room; what is held of it stays on disk.</summary>
    public Task LeaveAsync(Room room, CancellationToken cancellation) => _calls.DoAsync(engine => engine.Leave(room), cancellation);

    /// <summary>The room of direct messages with somebody, begun where it was not; null where nobody else is known here under this name.</summary>
    public Task<Room?> OpenDirectAsync(string name, CancellationToken cancellation) => _calls.AskAsync(engine => Opening.Direct(engine, name), cancellation);

    /// <summary>What there is to compare with somebody; null where nobody else is known here under this name.</summary>
    public Task<SafetyCheck?> SafetyAsync(string name, CancellationToken cancellation) => _calls.AskAsync(engine => Comparing.Check(engine, name), cancellation);

    /// <summary>Notes that the key of somebody was compared (so whoever else uses the name is somebody else), or takes that back; null where nobody else is known here under this name.</summary>
    public async Task<SafetyCheck?> DecideAsync(string name, bool isVerified, CancellationToken cancellation)
    {
        SafetyCheck? check = null;
        await _calls.DoAsync(engine => check = Comparing.Decide(engine, name, isVerified), cancellation).ConfigureAwait(false);
        return check;
    }

    /// <summary>Begins to compare keys with somebody by emoji, for ten minutes; null where nobody else is known here under this name. <see cref="EmojiShown"/> or <see cref="EmojiEnded"/> follows.</summary>
    public Task<EmojiBegun?> CompareEmojiAsync(string name, CancellationToken cancellation) => _calls.AskAsync(engine => engine.Context.EmojiComparing.Begin(name), cancellation);

    /// <summary>
    /// Makes a private room and joins it; null while the space is not known. Nobody outside sees its <paramref name="title"/>; where it
    /// <paramref name="sharesPast"/> those who come later may read what was said before.
    /// </summary>
    public Task<Room?> CreateRoomAsync(DisplayName title, bool sharesPast, CancellationToken cancellation) => _calls.AskAsync(engine => Opening.Create(engine, title, sharesPast), cancellation);

    /// <summary>Takes somebody into a private room.</summary>
    public Task<MemberResult> InviteAsync(Room room, string name, CancellationToken cancellation) => ChangeAsync(room, name, isIn: true, cancellation);

    /// <summary>Takes somebody out of a private room: he reads nothing that is said from then on.</summary>
    public Task<MemberResult> RemoveAsync(Room room, string name, CancellationToken cancellation) => ChangeAsync(room, name, isIn: false, cancellation);

    // What the others have committed meanwhile comes first.
    private async Task<MemberResult> ChangeAsync(Room room, string name, bool isIn, CancellationToken cancellation)
    {
        await CatchUpAsync(room, ChangeLimit, cancellation).ConfigureAwait(false);
        var expected = await _calls.AskAsync(engine => Opening.ExpectAsync(engine, name), cancellation).ConfigureAwait(false);
        await expected.WaitAsync(ChangeLimit, _options.Time, cancellation).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing); // without his keys he asks for the secret himself
        cancellation.ThrowIfCancellationRequested();
        return await _calls.AskAsync(engine => Opening.Change(engine, room, name, isIn), cancellation).ConfigureAwait(false);
    }

    /// <summary>A link to a room: of an open one for whoever gets it, of a private one for whoever presents it first, within a time; null where this account may let nobody in, or the space is not known.</summary>
    public Task<InviteLink?> LinkAsync(Room room, TimeSpan validFor, CancellationToken cancellation) => new Links(_calls, _options).MakeAsync(room, validFor, cancellation);

    /// <summary>The links into private rooms that this profile made.</summary>
    public Task<IReadOnlyList<RoomLink>> LinksAsync(CancellationToken cancellation) => _calls.AskAsync(static engine => engine.Context.Links.All(), cancellation);

    /// <summary>Takes a link back; false where there is none.</summary>
    public async Task<bool> RevokeLinkAsync(TokenId id, CancellationToken cancellation)
    {
        var isKnown = false;
        await _calls.DoAsync(engine => isKnown = engine.Context.Links.Revoke(id), cancellation).ConfigureAwait(false);
        return isKnown;
    }

    /// <summary>Goes where a link to this broker leads. Done means joined, and in a private room that what is said there can be read.</summary>
    public Task<EnterResult> EnterAsync(InviteLink link, TimeSpan limit, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(link);
        return new Links(_calls, _options).EnterAsync(this, link, limit, cancellation);
    }

    /// <summary>Copies of this account, as its newest list has them.</summary>
    public Task<IReadOnlyList<AccountCopy>> CopiesAsync(CancellationToken cancellation) => _calls.AskAsync(static engine => engine.Context.OwnCopies.All(), cancellation);

    /// <summary>Gives a copy a name; false where it is not listed, or this copy does not hold the account's key.</summary>
    public Task<bool> NameCopyAsync(CopyId copy, DisplayName name, CancellationToken cancellation) => ChangeCopyAsync(engine => engine.Context.OwnCopies.Name(copy, name), cancellation);

    /// <summary>Takes a linked copy off this account for good: it reads nothing that is sealed from then on, and what it says is marked. False where it is not a linked one, or this copy does not hold the account's key.</summary>
    public Task<bool> RemoveCopyAsync(CopyId copy, CancellationToken cancellation) => ChangeCopyAsync(engine => engine.Context.OwnCopies.Remove(copy), cancellation);

    /// <summary>Opens this account for one more copy, for ten minutes: a link for it; null where this copy does not hold the account's key, or the space is not known.</summary>
    public Task<InviteLink?> OpenLinkingAsync(CancellationToken cancellation) => _calls.AskAsync(engine => Links.Open(engine.Context, _options), cancellation);

    /// <summary>How the linking stands.</summary>
    public Task<LinkingState> LinkingAsync(CancellationToken cancellation) => _calls.AskAsync(static engine => engine.Context.Linking.State, cancellation);

    /// <summary>A person says which code the new copy shows. The right one links it; the third wrong one ends it.</summary>
    public Task<LinkingState> ConfirmLinkingAsync(string code, CancellationToken cancellation) => _calls.AskAsync(engine => engine.Context.Linking.Confirm(code), cancellation);

    /// <summary>No copy is to be linked any more.</summary>
    public Task<LinkingState> RefuseLinkingAsync(CancellationToken cancellation) => _calls.AskAsync(static engine => engine.Context.Linking.Refuse(), cancellation);

    /// <summary>The mark of the space, once it is known.</summary>
    internal SpaceCard? Space => _supervisor.Space;

    /// <summary>Asks once to be linked.</summary>
    internal async Task<LinkReply> AskLinkAsync(NewCopy copy, CancellationToken cancellation)
    {
        var answer = new TaskCompletionSource<LinkReply>(TaskCreationOptions.RunContinuationsAsynchronously);
        _calls.Post(engine => copy.Ask(engine.Context, reply => answer.TrySetResult(reply)));
        return await answer.Task.WaitAsync(cancellation).ConfigureAwait(false);
    }

    private async Task<bool> ChangeCopyAsync(Func<Engine.Engine, bool> change, CancellationToken cancellation)
    {
        var isDone = false;
        await _calls.DoAsync(
            engine =>
            {
                isDone = change(engine);
                engine.Presence.Publish();
            },
            cancellation).ConfigureAwait(false);
        return isDone;
    }

    /// <summary>A part of the past: from this computer, and from other members for what lies before it.</summary>
    public Task<HistoryPage> HistoryAsync(Room room, HistoryQuery query, TimeSpan limit, CancellationToken cancellation) =>
        new Past(_calls, _options.Time).ReadAsync(room, query, limit, cancellation);

    /// <summary>The message with this id, folded, or null. <paramref name="prefix"/> is 1 to 26 characters of the base32 id; null also when ambiguous.</summary>
    public Task<ChatMessage?> FindAsync(string prefix, CancellationToken cancellation) => _calls.AskAsync(engine => Past.Find(engine.Context, prefix), cancellation);

    /// <summary>The thread of a message, oldest first: what it answers, and everything that answers any of these; as far as it is held on this computer.</summary>
    public Task<IReadOnlyList<ChatMessage>> ThreadAsync(EntryId id, CancellationToken cancellation) => _calls.AskAsync(engine => Past.Thread(engine.Context, id), cancellation);

    /// <summary>Full-text search: every word (prefix match on the last), accents ignored; newest first. In what is held on this computer and, within the limit, in a hub's archive (the joined rooms).</summary>
    public Task<SearchPage> SearchAsync(string words, Room? room, string? from, int count, TimeSpan limit, CancellationToken cancellation) =>
        new Past(_calls, _options.Time).SearchAsync(words, room, from, count, limit, cancellation);

    /// <summary>Rooms joined here and rooms that people who are online are in.</summary>
    public Task<IReadOnlyList<RoomSummary>> RoomsAsync(CancellationToken cancellation) => _calls.AskAsync(engine => Past.Rooms(engine.Context), cancellation);

    /// <summary>The space this broker carries, null until it is known.</summary>
    public Task<SpaceId?> SpaceAsync(CancellationToken cancellation) => _calls.AskAsync(static engine => engine.Context.Self?.Space, cancellation);

    /// <summary>Broker and hub as they are now.</summary>
    public Task<Venue> VenueAsync(CancellationToken cancellation) => _calls.AskAsync(static engine => new Venue(engine.Context.Hubs.Title, engine.Context.Session.RoundTrip), cancellation);

    /// <summary>What this client has stored.</summary>
    public Task<Held> HeldAsync(CancellationToken cancellation) => _calls.AskAsync(static engine => new Held(engine.Context.Store.Size, engine.Context.Store.Entries.Top), cancellation);

    /// <summary>People known by presence, online ones first, optionally only those in a room.</summary>
    public Task<IReadOnlyList<Person>> WhoAsync(Room? room, CancellationToken cancellation) => _calls.AskAsync(engine => engine.Context.Roster.People(room), cancellation);

    /// <summary>Says that the user is typing in a room; call it at each key, it limits itself.</summary>
    public void Typing(Room room)
    {
        var now = _options.Time.GetTimestamp();
        if (_typing is var (last, at) && last == room && _options.Time.GetElapsedTime(at, now) < TypingPause)
        {
            return; // the engine is not woken at every key
        }

        _typing = new TypingIn(room, now);
        _calls.Post(engine =>
        {
            if (engine.Context.Rooms.TryGet(room, out var state))
            {
                engine.Context.Beacons.Typing(state);
            }
        });
    }

    /// <summary>Sets the status text (at most 80 code points); away or not.</summary>
    public Task SetStatusAsync(bool away, string status, CancellationToken cancellation) => _calls.DoAsync(engine => engine.Presence.Say(away, status), cancellation);

    /// <summary>Changes the display name in every room from now on.</summary>
    /// <exception cref="ProfileException">The name could not be kept on disk.</exception>
    public Task RenameAsync(DisplayName name, CancellationToken cancellation) => _supervisor.RenameAsync(name, cancellation);

    /// <summary>Says goodbye (offline presence, no will), commits, and stops; also done by dispose.</summary>
    public async Task EndAsync(CancellationToken cancellation)
    {
        _supervisor.Close();
        await _running.WaitAsync(cancellation).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        _supervisor.Close();
        await _running.ConfigureAwait(false);
        _supervisor.Dispose();
    }

    private sealed record TypingIn(Room Room, long At);
}
