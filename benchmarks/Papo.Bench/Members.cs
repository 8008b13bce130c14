// Owns: many people with Papo's whole library in this one process, and how many of the others each of them shows.
// Must never: share anything among them but the process.
using System.Diagnostics;
using System.Globalization;
using Papo.Client.Wire;
using Papo.Protocol;

namespace Papo.Bench;

/// <summary>They come all at once; their stores are on the tmpfs.</summary>
internal sealed class Members : IAsyncDisposable
{
    private static readonly TimeSpan Glance = TimeSpan.FromMilliseconds(20);
    private readonly DirectoryInfo _home;

    private Members(IReadOnlyList<PapoPerson> people, DirectoryInfo home) => (People, _home) = (people, home);

    public IReadOnlyList<PapoPerson> People { get; }

    /// <summary>Opens them all; does not wait for the broker.</summary>
    public static async Task<Members> ComeAsync(BrokerAddress broker, int count, Func<int, IEnumerable<Room>> rooms)
    {
        var home = Disk.All[0].MakeFolder();
        return new Members(await Task.WhenAll(Enumerable.Range(0, count).Select(at => Task.Run(() => ComeAsync(broker, home, at, rooms(at))))), home);
    }

    /// <summary>How many people this one shows as being here, himself included.</summary>
    public static async Task<int> ShownAsync(PapoPerson person) => (await person.Client.WhoAsync(null, CancellationToken.None)).Count(static who => who.Online);

    /// <summary>Returns when everybody shows everybody, or at the deadline; one is asked at a time, so that asking costs next to nothing.</summary>
    public async Task<bool> UntilAllShowAllAsync(TimeSpan patience)
    {
        var began = Stopwatch.GetTimestamp();
        foreach (var person in People)
        {
            while (await ShownAsync(person) < People.Count)
            {
                if (Stopwatch.GetElapsedTime(began) > patience)
                {
                    return false;
                }

                await Task.Delay(Glance, TimeProvider.System);
            }
        }

        return true;
    }

    public async ValueTask DisposeAsync()
    {
        await Task.WhenAll(People.Select(static person => person.DisposeAsync().AsTask()));
        _home.Delete(recursive: true);
    }

    private static async Task<PapoPerson> ComeAsync(BrokerAddress broker, DirectoryInfo home, int at, IEnumerable<Room> rooms)
    {
        var name = string.Create(CultureInfo.InvariantCulture, $"pessoa{at}");
        var person = await PapoPerson.OpenAsync(name, "chat", broker, home.CreateSubdirectory(name));
        await Task.WhenAll(rooms.Select(room => person.Client.JoinAsync(room, CancellationToken.None)));
        return person;
    }
}
