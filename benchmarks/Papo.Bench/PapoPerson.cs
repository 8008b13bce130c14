// Owns: one ChatClient with a home of its own, and what it is told.
// Must never: read anything but the public face.
using Papo.Client;
using Papo.Client.Wire;
using Papo.Protocol;

namespace Papo.Bench;

/// <summary>A person with Papo's library.</summary>
internal sealed class PapoPerson : IAsyncDisposable
{
    private readonly Profile _profile;
    private readonly DirectoryInfo _home;
    private readonly Task _listening;
    private readonly Action<Notice> _noticed;
    private readonly Action<ChatChange> _changed;
    private readonly TaskCompletionSource _caughtUp = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private readonly bool _ownsHome;

    private PapoPerson(Profile profile, ChatClient client, DirectoryInfo home, bool ownsHome, Action<ChatMessage>? heard, Action<Notice>? noticed, Action<ChatChange>? changed)
    {
        _changed = changed ?? (static _ => { });
        (_profile, Client, _home, _ownsHome, Heard, _noticed) = (profile, client, home, ownsHome, heard ?? Heard, noticed ?? (static _ => { }));
        _listening = ListenAsync();
    }

    public ChatClient Client { get; }

    /// <summary>Connected, and the past of the room is here.</summary>
    public Task Arrived => _caughtUp.Task;

    /// <summary>Hears every message of others.</summary>
    public Action<ChatMessage> Heard { get; set; } = static _ => { };

    /// <summary>The most that was told to be missing.</summary>
    public int MostMissing { get; set; }

    public static async Task<PapoPerson> ArriveAsync(
        string name, string root, Broker broker, Disk disk, Func<ChatOptions, ChatOptions>? change = null, DirectoryInfo? home = null, Action<ChatMessage>? heard = null, Action<Notice>? noticed = null)
    {
        var person = await OpenAsync(name, root, broker.Address, home ?? disk.MakeFolder(), Knowing(broker, change), home is null, heard, noticed);
        await person.Arrived.WaitAsync(TimeSpan.FromSeconds(30), TimeProvider.System);
        return person;
    }

    /// <summary>Does not wait for the broker.</summary>
    public static async Task<PapoPerson> OpenAsync(
        string name, string root, BrokerAddress broker, DirectoryInfo home, Func<ChatOptions, ChatOptions>? change = null, bool ownsHome = false, Action<ChatMessage>? heard = null, Action<Notice>? noticed = null, Action<ChatChange>? changed = null)
    {
        DisplayName.TryParse(name, out var display);
        var profile = new Home(home.FullName).Open(display!);
        var options = new ChatOptions { Profile = profile, Broker = broker, Root = root };
        var client = await ChatClient.OpenAsync(change?.Invoke(options) ?? options, CancellationToken.None);
        return new PapoPerson(profile, client, home, ownsHome, heard, noticed, changed);
    }

    public Task<SendReceipt> SayAsync(string text) => Client.SendAsync(Room.General, new Draft(text), CancellationToken.None);

    public async ValueTask DisposeAsync()
    {
        await Client.DisposeAsync();
        await _listening;
        _profile.Dispose();
        if (_ownsHome)
        {
            _home.Delete(recursive: true);
        }
    }

    private static Func<ChatOptions, ChatOptions>? Knowing(Broker broker, Func<ChatOptions, ChatOptions>? change) => broker.Password is null
        ? change
        : options => (change?.Invoke(options) ?? options) with { Credentials = new Credentials { User = broker.User, Password = broker.Password } };

    private async Task ListenAsync()
    {
        await foreach (var change in Client.Changes.ReadAllAsync())
        {
            _changed(change);
            switch (change)
            {
                case MessageArrived { Message.Mine: false } arrived:
                    Heard(arrived.Message);
                    break;
                case Noticed noticed:
                    _noticed(noticed.Notice);
                    break;
                case CaughtUp:
                    _caughtUp.TrySetResult();
                    break;
                case MissingChanged missing:
                    MostMissing = Math.Max(MostMissing, missing.Missing);
                    break;
            }
        }
    }
}
