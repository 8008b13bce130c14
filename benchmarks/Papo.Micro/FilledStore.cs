// Owns: a store of its own on the tmpfs, with what a crowd said in five rooms.
// Must never: leave its folder behind.
using Papo.Bench;
using Papo.Client.Store;
using Papo.Protocol;

namespace Papo.Micro;

/// <summary>Words indexed, everything committed.</summary>
internal sealed class FilledStore : IDisposable
{
    private const int Batch = 5_000;
    private readonly DirectoryInfo _home = Disk.All[0].MakeFolder();

    public FilledStore(int texts)
    {
        Store = SpaceStore.Open(Path.Combine(_home.FullName, "store.db"));
        var load = SignedLoad.Make(Space, devices: 20, rooms: 5, texts);
        Rooms = [.. load.Births.Select(static birth => birth.Room).Distinct()];
        Numbers = [.. Rooms.Select(room => Store.Rooms.Get(room).No)];
        foreach (var (entry, at) in load.Births.Concat(load.Texts).Select(static (entry, at) => (entry, at)))
        {
            Store.Entries.AddLater(Number(entry.Room), entry, entry.Header.Hlc, entry.Header.Hlc.Milliseconds);
            if (at % Batch == Batch - 1)
            {
                Store.Commit();
            }
        }

        Store.Commit();
        while (Store.Words.CatchUp(Batch))
        {
            Store.Commit();
        }

        Store.Commit();
    }

    public static SpaceId Space { get; } = new(new UInt128(1, 2));

    public SpaceStore Store { get; }

    public IReadOnlyList<Room> Rooms { get; }

    /// <summary>Their numbers in the store.</summary>
    public IReadOnlyList<long> Numbers { get; }

    public void Dispose()
    {
        Store.Dispose();
        _home.Delete(recursive: true);
    }

    private long Number(Room room) => Numbers[Rooms.ToList().IndexOf(room)];
}
