// Owns: one named person of a test: a home folder, a client, and everything the client told.
// Must never: wait by sleeping; whoever waits is woken by the change he waits for.
using Papo.Client;
using Papo.Client.Wire;
using Papo.Protocol;

namespace Papo.Tests.World;

/// <summary>ana, bia or caio at a computer of their own.</summary>
internal sealed class Member : IAsyncDisposable
{
    public static readonly TimeSpan Soon = TimeSpan.FromSeconds(30);
    private readonly Lock _gate = new();
    private readonly List<ChatChange> _told = [];
    private readonly List<(Func<bool> Met, TaskCompletionSource Done)> _waiters = [];
    private readonly bool _ownsHome;
    private readonly Task _listening;
    private readonly Profile _profile;

    private Member(string name, string home, bool ownsHome, Profile profile, ChatClient client)
    {
        (Name, Home, _ownsHome, _profile, Client) = (name, home, ownsHome, profile, client);
        _listening = ListenAsync();
    }

    public string Name { get; }

    public string Home { get; }

    public ChatClient Client { get; }

    public int Slot => _profile.Slot;

    /// <summary>Everything told so far.</summary>
    public IReadOnlyList<ChatChange> Told
    {
        get
        {
            lock (_gate)
            {
                return [.. _told];
            }
        }
    }

    /// <summary>Messages told, own ones included, in the order told.</summary>
    public IReadOnlyList<ChatMessage> Messages => [.. Told.OfType<MessageArrived>().Select(static change => change.Message)];

    /// <summary>Their texts.</summary>
    public IReadOnlyList<string?> Lines => [.. Messages.Select(static message => message.Text)];

    /// <summary>Opens a client; a new home unless one is given.</summary>
    public static async Task<Member> OpenAsync(string name, BrokerAddress broker, string? home = null, Func<ChatOptions, ChatOptions>? change = null)
    {
        var folder = home ?? Conscience.NewFolder();
        Assert.Equal(NameProblem.None, DisplayName.TryParse(name, out var display));
        var profile = new Home(folder).Open(display!);
        var options = new ChatOptions { Profile = profile, Broker = broker };
        try
        {
            var client = await ChatClient.OpenAsync(change?.Invoke(options) ?? options, TestContext.Current.CancellationToken);
            return new Member(name, folder, home is null, profile, client);
        }
        catch
        {
            profile.Dispose();
            throw;
        }
    }

    /// <summary>Opens a client and waits until it is connected and caught up.</summary>
    public static async Task<Member> ArriveAsync(string name, BrokerAddress broker, string? home = null, Func<ChatOptions, ChatOptions>? change = null)
    {
        var member = await OpenAsync(name, broker, home, change);
        await member.UntilAsync<CaughtUp>();
        return member;
    }

    /// <summary>Says something in #general; the outbox number.</summary>
    public async Task<long> SayAsync(string text, Room? room = null)
    {
        var receipt = await Client.SendAsync(room ?? Room.General, new Draft(text), TestContext.Current.CancellationToken);
        Assert.Null(receipt.Problem);
        return receipt.Number!.Value;
    }

    /// <summary>Says something and waits until another member holds it.</summary>
    public async Task<ChatMessage> SayAndHoldAsync(string text, Room? room = null)
    {
        var number = await SayAsync(text, room);
        var held = await UntilAsync<StateChanged>(change => change.Number == number && change.State == MessageState.Held);
        return Messages.First(message => message.Number == number) with { Id = held.Id };
    }

    /// <summary>Waits for a change, told before or yet to come.</summary>
    public async Task<T> UntilAsync<T>(Predicate<T>? which = null)
        where T : ChatChange
    {
        T? found = null;
        await UntilAsync(() => (found = _told.OfType<T>().FirstOrDefault(change => which?.Invoke(change) ?? true)) is not null, typeof(T).Name);
        return found!;
    }

    /// <summary>Waits until this many messages were told.</summary>
    public Task UntilLinesAsync(int count) => UntilAsync(() => _told.Count(static change => change is MessageArrived) >= count, $"{count} lines");

    /// <summary>Waits until a message with this text was told.</summary>
    public async Task<ChatMessage> UntilSaidAsync(string text) => (await UntilAsync<MessageArrived>(change => change.Message.Text == text)).Message;

    public async ValueTask DisposeAsync()
    {
        await Client.DisposeAsync();
        await _listening;
        _profile.Dispose();
        if (_ownsHome)
        {
            Directory.Delete(Home, recursive: true);
        }
    }

    /// <summary>What was told, in short: for the words of a failed test.</summary>
    public string Summary()
    {
        var authors = Messages.GroupBy(static message => message.From.Name).Select(static group => $"{group.Key} {group.Count()}");
        var states = Told.OfType<StateChanged>().GroupBy(static change => change.Number).Select(static group => group.Last().State).GroupBy(static state => state).Select(static group => $"{group.Key} {group.Count()}");
        var rest = Told.Where(static change => change is not (MessageArrived or StateChanged)).TakeLast(8);
        return $"{Name}: {Messages.Count} messages ({string.Join(", ", authors)}); own: {string.Join(", ", states)}; last:\n  {string.Join("\n  ", rest)}";
    }

    private async Task UntilAsync(Func<bool> met, string what)
    {
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_gate)
        {
            if (met())
            {
                return;
            }

            _waiters.Add((met, done));
        }

        try
        {
            await done.Task.WaitAsync(Soon, TestContext.Current.CancellationToken);
        }
        catch (TimeoutException)
        {
            throw new TimeoutException($"{Name} waited in vain for {what}. {Summary()}");
        }
    }

    private async Task ListenAsync()
    {
        await foreach (var change in Client.Changes.ReadAllAsync())
        {
            lock (_gate)
            {
                _told.Add(change);
                for (var i = _waiters.Count - 1; i >= 0; i--)
                {
                    if (_waiters[i].Met())
                    {
                        _waiters[i].Done.TrySetResult();
                        _waiters.RemoveAt(i);
                    }
                }
            }
        }
    }
}
