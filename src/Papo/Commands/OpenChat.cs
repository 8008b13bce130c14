// Owns: an open profile with its connected or connecting client, for one command.
// Must never: leave changes unread: the library waits for its reader.
using System.Threading.Channels;
using Papo.Client;
using Papo.Client.Wire;
using Papo.Output;
using Papo.Protocol;
using Papo.Texts;

namespace Papo.Commands;

/// <summary>A client and what it was opened with.</summary>
internal sealed class OpenChat : IAsyncDisposable
{
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(100);
    private readonly Profile _profile;
    private readonly Surroundings _around;
    private readonly Channel<ChatChange>? _kept;
    private readonly Task _reading;

    /// <summary>Takes over profile and client.</summary>
    /// <param name="profile">Disposed with this.</param>
    /// <param name="client">Disposed with this.</param>
    /// <param name="broker">Where the chat is.</param>
    /// <param name="around">Where it is logged, and said if it concerns everybody.</param>
    /// <param name="keepMessages">Whether messages are wanted; else changes are read and dropped.</param>
    public OpenChat(Profile profile, ChatClient client, BrokerAddress broker, Surroundings around, bool keepMessages)
    {
        (_profile, Client, Broker, _around) = (profile, client, broker, around);
        // Unbounded while the past is fetched (seconds); afterwards the command reads as fast as its output takes.
        _kept = keepMessages ? Channel.CreateUnbounded<ChatChange>() : null;
        _reading = ReadAsync();
    }

    /// <summary>The client.</summary>
    public ChatClient Client { get; }

    /// <summary>Where the chat is.</summary>
    public BrokerAddress Broker { get; }

    /// <summary>Messages and amendments, when kept.</summary>
    public ChannelReader<ChatChange> Messages => _kept?.Reader ?? throw new InvalidOperationException("not kept");

    /// <summary>Why there is no connection, in words.</summary>
    public string WhyNot(Words words) => Client.Connection.Failure is { } failure
        ? words.Connect(failure.Kind, Harmless.Line(failure.Detail))
        : words.Connect(ConnectFailureKind.TimedOut, "");

    /// <summary>Whether the broker said no rather than nothing.</summary>
    public bool IsRefused => Client.Connection.Failure is { Kind: ConnectFailureKind.BadCredentials or ConnectFailureKind.NotAuthorized };

    /// <summary>Joins a room unless joined; true when it was new.</summary>
    public async Task<bool> JoinAsync(Room room, CancellationToken cancellation)
    {
        if (Client.Joined.Contains(room))
        {
            return false;
        }

        await Client.JoinAsync(room, cancellation);
        return true;
    }

    /// <summary>The room that a target means, joined; with whether it is new here. A person who is not known yet is waited for until the connection shows who is there, and a room's name until its keys have come.</summary>
    /// <exception cref="CommandFailedException">Nobody has this name, or no private room this title.</exception>
    public async Task<(Room Room, bool IsNew)> EnterAsync(Target target, TimeSpan limit, CancellationToken cancellation)
    {
        if (target.Room is { } open)
        {
            return (open, await JoinAsync(open, cancellation));
        }

        var found = await FindAsync(target.Label!, cancellation);
        if (found is null && (target.Label![0] == '@' || IsUnnamed()) && await Client.WaitConnectedAsync(limit, cancellation))
        {
            for (var begun = _around.Time.GetTimestamp(); (found = await FindAsync(target.Label, cancellation)) is null && IsUnnamed() && _around.Time.GetElapsedTime(begun) < limit;)
            {
                await Task.Delay(Look, _around.Time, cancellation);
            }
        }

        return (found ?? throw new CommandFailedException(ExitCode.Failed, _around.Words.NobodyCalled(Harmless.Line(target.Label!))), false);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await Client.DisposeAsync();
        await _reading.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _profile.Dispose();
    }

    private bool IsUnnamed() => Client.Joined.Any(static room => room is { IsPrivate: true, Label: null });

    private async Task<Room?> FindAsync(string label, CancellationToken cancellation) => label[0] == '@'
        ? await Client.OpenDirectAsync(label[1..], cancellation)
        : Client.Joined.FirstOrDefault(room => room.IsPrivate && (string.Equals(room.Label, label, StringComparison.OrdinalIgnoreCase) || room.Name == label));

    private async Task ReadAsync()
    {
        await foreach (var change in Client.Changes.ReadAllAsync())
        {
            if (change is ConnectionChanged { Connection: var connection })
            {
                _around.Log.Connection(Broker.ToString(), connection.Up ? "up" : "down", $"{connection.Failure?.Kind} {connection.Failure?.Detail}");
            }
            else if (change is Noticed { Notice: var notice })
            {
                _around.Log.Notice(notice.Kind.ToString(), notice.Count);
                if (notice.Kind == NoticeKind.KeyPinned)
                {
                    _around.Say(_around.Words.Notice(notice, "", Harmless.Line(notice.Text ?? "")));
                }
            }
            else if (change is MessageArrived or MessageAmended)
            {
                _kept?.Writer.TryWrite(change);
            }
        }

        _kept?.Writer.TryComplete();
    }
}
