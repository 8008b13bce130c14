// Owns: the public face of the library: one person on one broker, whatever the connection does.
// Must never: know a screen or a console, or put anything in words.
using System.Threading.Channels;
using Papo.Client.Wire;
using Papo.Protocol;

namespace Papo.Client;

/// <summary>How a client takes part.</summary>
public sealed record ChatOptions
{
    /// <summary>Who this is; see <see cref="Client.Profile"/>.</summary>
    public required Profile Profile { get; init; }

    /// <summary>Where the chat is.</summary>
    public required BrokerAddress Broker { get; init; }

    /// <summary>User name, password and certificates for the broker.</summary>
    public Credentials Credentials { get; init; } = new();

    /// <summary>Root of all topics; no slash.</summary>
    public string Root { get; init; } = "chat";

    /// <summary>A command that comes and goes (no presence, nothing queued for it while it is away).</summary>
    public bool OneShot { get; init; }

    /// <summary>Time source.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;
}

/// <summary>What the broker asks for before it lets anybody in.</summary>
public sealed record Credentials
{
    /// <summary>User name, or null.</summary>
    public string? User { get; init; }

    /// <summary>Password, or null.</summary>
    public string? Password { get; init; }

    /// <summary>PEM file of certificate authorities to trust instead of the system's, or null.</summary>
    public string? CaFile { get; init; }

    /// <summary>PEM file of the client certificate, or null.</summary>
    public string? CertFile { get; init; }

    /// <summary>PEM file of the client certificate's key, or null.</summary>
    public string? KeyFile { get; init; }
}

/// <summary>What became of a draft when it was handed over.</summary>
/// <param name="Number">Its outbox number when it is on disk.</param>
/// <param name="Problem">Why it was not taken; nothing is kept then.</param>
public sealed record SendReceipt(long? Number, SendProblem? Problem);

/// <summary>How waiting for a message ended.</summary>
public enum SafeOutcome
{
    /// <summary>Another member holds it or a hub stored it.</summary>
    Held,

    /// <summary>The broker has it and nobody else is there; it stays in the outbox.</summary>
    WithBrokerOnly,

    /// <summary>Time ran out; it stays in the outbox.</summary>
    NotConfirmed,

    /// <summary>Never connected in that time; it stays in the outbox.</summary>
    NotConnected,

    /// <summary>Refused; see the state change's reason.</summary>
    Failed,
}

/// <summary>How a message stands after <see cref="ChatClient.WaitSafeAsync"/>.</summary>
public sealed record SafeResult(SafeOutcome Outcome, EntryId? Id, SendProblem? Problem);

/// <summary>
/// One person on one broker. Everything is durable before it is told, and the client goes on by itself when the connection does not.
/// </summary>
public sealed class ChatClient : IAsyncDisposable
{
    /// <summary>Opens the profile's store and starts connecting; does not wait for the broker.</summary>
    /// <exception cref="ProfileException">The profile cannot be used: damaged, made by a newer program, read-only, disk full.</exception>
    public static Task<ChatClient> OpenAsync(ChatOptions options, CancellationToken cancellation) => throw new NotImplementedException();

    /// <summary>Everything that happens, in order. One reader. Bounded: a reader that stops reading stops the client.</summary>
    public ChannelReader<ChatChange> Changes => throw new NotImplementedException();

    /// <summary>Who I am here.</summary>
    public Author Me => throw new NotImplementedException();

    /// <summary>The connection now.</summary>
    public Connection Connection => throw new NotImplementedException();

    /// <summary>Rooms joined, in the order joined.</summary>
    public IReadOnlyList<Room> Joined => throw new NotImplementedException();

    /// <summary>Waits until connected (true) or until the first failed try or <paramref name="limit"/> (false; see <see cref="Connection"/>).</summary>
    public Task<bool> WaitConnectedAsync(TimeSpan limit, CancellationToken cancellation) => throw new NotImplementedException();

    /// <summary>Waits until the joined rooms (or one) are caught up; returns entries still missing.</summary>
    public Task<int> CatchUpAsync(Room? room, TimeSpan limit, CancellationToken cancellation) => throw new NotImplementedException();

    /// <summary>Takes a draft; completes when it is on disk (or refused). Sends when connected.</summary>
    public Task<SendReceipt> SendAsync(Room room, Draft draft, CancellationToken cancellation) => throw new NotImplementedException();

    /// <summary>Waits until a message is safe, as <c>papo send</c> means it.</summary>
    public Task<SafeResult> WaitSafeAsync(long number, TimeSpan limit, CancellationToken cancellation) => throw new NotImplementedException();

    /// <summary>Tries a failed message again.</summary>
    public Task RetryAsync(long number, CancellationToken cancellation) => throw new NotImplementedException();

    /// <summary>Outbox numbers of own messages of this profile that are not yet held.</summary>
    public Task<IReadOnlyList<long>> UnsafeAsync(CancellationToken cancellation) => throw new NotImplementedException();

    /// <summary>Joins a room; its recent past follows as history, not as changes.</summary>
    public Task JoinAsync(Room room, CancellationToken cancellation) => throw new NotImplementedException();

    /// <summary>Leaves a room; what is held of it stays on disk.</summary>
    public Task LeaveAsync(Room room, CancellationToken cancellation) => throw new NotImplementedException();

    /// <summary>A part of the past: from this computer, and from other members for what lies before it.</summary>
    public Task<HistoryPage> HistoryAsync(Room room, HistoryQuery query, TimeSpan limit, CancellationToken cancellation) => throw new NotImplementedException();

    /// <summary>The message with this id, folded, or null. <paramref name="prefix"/> is 1 to 26 characters of the base32 id; null also when ambiguous.</summary>
    public Task<ChatMessage?> FindAsync(string prefix, CancellationToken cancellation) => throw new NotImplementedException();

    /// <summary>Full-text search in what is held on this computer: every word (prefix match on the last), accents ignored; newest first.</summary>
    public Task<IReadOnlyList<ChatMessage>> SearchAsync(string words, Room? room, string? from, int count, CancellationToken cancellation) => throw new NotImplementedException();

    /// <summary>Rooms joined here and rooms that people who are online are in.</summary>
    public Task<IReadOnlyList<RoomSummary>> RoomsAsync(CancellationToken cancellation) => throw new NotImplementedException();

    /// <summary>People known by presence, online ones first, optionally only those in a room. Waits for the retained presences after a connection.</summary>
    public Task<IReadOnlyList<Person>> WhoAsync(Room? room, CancellationToken cancellation) => throw new NotImplementedException();

    /// <summary>Says that the user is typing in a room; call it at each key, it limits itself.</summary>
    public void Typing(Room room) => throw new NotImplementedException();

    /// <summary>Sets the status text; away or not.</summary>
    public Task SetStatusAsync(bool away, string status, CancellationToken cancellation) => throw new NotImplementedException();

    /// <summary>Changes the display name in every room from now on.</summary>
    public Task RenameAsync(DisplayName name, CancellationToken cancellation) => throw new NotImplementedException();

    /// <summary>Says goodbye (offline presence, no will), commits, and stops; also done by dispose, with less patience.</summary>
    public Task EndAsync(CancellationToken cancellation) => throw new NotImplementedException();

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => throw new NotImplementedException();
}
