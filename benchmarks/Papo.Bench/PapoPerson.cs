// Owns: one ChatClient with a home of its own, and what it is told.
// Must never: read anything but the public face.
using Papo.Client;
using Papo.Protocol;

namespace Papo.Bench;

/// <summary>A person with Papo's library.</summary>
internal sealed class PapoPerson : IAsyncDisposable
{
    private readonly Profile _profile;
    private readonly DirectoryInfo _home;
    private readonly Task _listening;
    private readonly TaskCompletionSource _caughtUp = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private PapoPerson(Profile profile, ChatClient client, DirectoryInfo home)
    {
        (_profile, Client, _home) = (profile, client, home);
        _listening = ListenAsync();
    }

    public ChatClient Client { get; }

    /// <summary>Hears every message of others.</summary>
    public Action<ChatMessage> Heard { get; set; } = static _ => { };

    /// <summary>The most that was told to be missing.</summary>
    public int MostMissing { get; set; }

    public static async Task<PapoPerson> ArriveAsync(string name, string root, Broker broker, Disk disk)
    {
        var home = disk.MakeFolder();
        DisplayName.TryParse(name, out var display);
        var profile = new Home(home.FullName).Open(display!);
        var client = await ChatClient.OpenAsync(new ChatOptions { Profile = profile, Broker = broker.Address, Root = root }, CancellationToken.None);
        var person = new PapoPerson(profile, client, home);
        await person._caughtUp.Task.WaitAsync(TimeSpan.FromSeconds(30), TimeProvider.System);
        return person;
    }

    public Task<SendReceipt> SayAsync(string text) => Client.SendAsync(Room.General, new Draft(text), CancellationToken.None);

    public async ValueTask DisposeAsync()
    {
        await Client.DisposeAsync();
        await _listening;
        _profile.Dispose();
        _home.Delete(recursive: true);
    }

    private async Task ListenAsync()
    {
        await foreach (var change in Client.Changes.ReadAllAsync())
        {
            switch (change)
            {
                case MessageArrived { Message.Mine: false } arrived:
                    Heard(arrived.Message);
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
