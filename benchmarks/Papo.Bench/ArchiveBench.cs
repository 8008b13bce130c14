// Owns: how a hub answers out of a large archive: a page anywhere, a search of two words, its memory, its start.
// Must never: measure an archive that was not written by the store itself; only the signatures are made up, which nobody looks at here.
using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;
using Papo.Client;
using Papo.Client.Store;
using Papo.Protocol;

namespace Papo.Bench;

/// <summary>100 rooms, 1,000 logs, words as people use them (Zipf).</summary>
internal static class ArchiveBench
{
    private const int Rooms = 100;
    private const int Devices = 200;
    private const int RoomsOfDevice = 5;
    private static readonly string[] Syllables = [.. "bcdfglmnprstvzjx".SelectMany(static consonant => "aeiou".Select(vowel => $"{consonant}{vowel}"))];
    private const int Vocabulary = 20_000;
    private const int WordsOfText = 8;
    private const int Batch = 5_000;
    private const long Begin = 1_750_000_000_000;
    private const long Step = 500; // milliseconds between two messages

    public static async Task RunAsync(Size size, Report report)
    {
        var space = new SpaceCard(new SpaceId(new UInt128(3, 4)), 1_700_000_000_000);
        var home = Disk.All[^1].MakeFolder();
        try
        {
            await using var broker = new LoadBroker(space);
            await using (await OpenAsync(broker, home))
            {
                await broker.Subscribed;
            }

            var dice = new Dice(7);
            FillAside(Directory.EnumerateFiles(home.FullName, "store.db", SearchOption.AllDirectories).Single(), space.Space, size.Archive, dice);
            var began = Stopwatch.GetTimestamp();
            await using var hub = await OpenAsync(broker, home);
            await hub.Client.RoomsAsync(CancellationToken.None);
            var start = Stopwatch.GetElapsedTime(began);
            var pages = await PagesAsync(hub, size.Archive, dice);
            var searches = await SearchesAsync(hub, dice);
            report.Add(new ArchiveRow(size.Archive, start.TotalMilliseconds, pages, searches, Process.GetCurrentProcess().WorkingSet64 / 1e6));
        }
        finally
        {
            home.Delete(recursive: true);
        }
    }

    private static Task<PapoPerson> OpenAsync(LoadBroker broker, DirectoryInfo home) =>
        PapoPerson.OpenAsync("hub", "chat", broker.Address, home, static options => options with { Hub = new HubRole("bench") });

    // A large archive takes an hour on a disk, most of it waiting for each batch. What is measured is the file where a hub has it.
    private static void FillAside(string path, SpaceId space, int count, Dice dice)
    {
        var aside = Disk.All[0].MakeFolder();
        try
        {
            var file = Path.Combine(aside.FullName, Path.GetFileName(path));
            File.Copy(path, file);
            Fill(file, space, count, dice);
            File.Move(file, path, overwrite: true);
        }
        finally
        {
            aside.Delete(recursive: true);
        }
    }

    private static void Fill(string path, SpaceId space, int count, Dice dice)
    {
        using var store = new SpaceStore(SqliteDatabase.Open(path, SqliteDatabase.ArchiveCache));
        var rooms = Enumerable.Range(0, Rooms).Select(RoomAt).ToArray();
        var numbers = rooms.Select(room => store.Rooms.Get(room).No).ToArray();
        foreach (var no in numbers)
        {
            store.Rooms.Join(no);
            store.Rooms.SetBaseline(no, Hlc.At(1));
        }

        var heads = new Dictionary<(int Device, int Room), (long Seq, EntryId Id)>();
        var signature = RandomNumberGenerator.GetBytes(64);
        for (var at = 0; at < count; at++)
        {
            var device = at % Devices;
            var room = (device + (at / Devices % RoomsOfDevice * 20)) % Rooms;
            var (seq, back) = heads.TryGetValue((device, room), out var head) ? head : (-1, default);
            var ids = (Account: new AccountId((UInt128)device + 1), Device: new DeviceId(((UInt128)device << 100) + 7));
            var header = new EntryHeader { Kind = seq < 0 ? EntryKind.Card : EntryKind.Text, Account = ids.Account, Device = ids.Device, Seq = seq + 1, Back = back, Hlc = Hlc.At(Begin + (at * Step)) };
            Entry.TryRead(space, rooms[room], header.Encode(), signature, Text(dice), out var entry);
            store.Entries.AddLater(numbers[room], entry!, header.Hlc, Begin + (at * Step));
            heads[(device, room)] = (seq + 1, entry!.Id);
            if (seq < 0)
            {
                store.Logs.Keep(numbers[room], new Log(ids.Device, ids.Account, 0));
            }

            if (at % Batch == Batch - 1)
            {
                store.Words.CatchUp(Batch);
                store.Commit();
            }
        }

        store.Commit();
        while (store.Words.CatchUp(Batch))
        {
            store.Commit();
        }

        store.Commit();
    }

    private static Room RoomAt(int at) => Room.TryParse($"sala-{at}", out var room) ? room : throw new InvalidOperationException();

    private static byte[] Text(Dice dice)
    {
        var text = new StringBuilder();
        for (var i = 0; i < WordsOfText; i++)
        {
            text.Append(i == 0 ? "" : " ").Append(Word(dice));
        }

        return Encoding.UTF8.GetBytes(text.ToString());
    }

    // Rank r comes about as often as 1/r; its word has three syllables, so that few words begin alike.
    private static string Word(Dice dice)
    {
        var number = (int)Math.Pow(Vocabulary, dice.Next()) * 7_919 % (Syllables.Length * Syllables.Length * Syllables.Length);
        return string.Concat(Syllables[number % Syllables.Length], Syllables[number / Syllables.Length % Syllables.Length], Syllables[number / Syllables.Length / Syllables.Length]);
    }

    private static async Task<Quantiles> PagesAsync(PapoPerson hub, int count, Dice dice)
    {
        var taken = new List<double>();
        for (var i = 0; i < 1_000; i++)
        {
            var room = RoomAt(dice.Next(Rooms));
            var before = DateTimeOffset.FromUnixTimeMilliseconds(Begin + ((long)dice.Next(count) * Step));
            var began = Stopwatch.GetTimestamp();
            await hub.Client.HistoryAsync(room, new HistoryQuery(50) { BeforeTime = before }, TimeSpan.Zero, CancellationToken.None);
            taken.Add(Stopwatch.GetElapsedTime(began).TotalMicroseconds);
        }

        return Quantiles.Of(taken);
    }

    private static async Task<Quantiles> SearchesAsync(PapoPerson hub, Dice dice)
    {
        var taken = new List<double>();
        for (var i = 0; i < 500; i++)
        {
            var room = RoomAt(dice.Next(Rooms));
            var began = Stopwatch.GetTimestamp();
            await hub.Client.SearchAsync($"{Word(dice)} {Word(dice)}", i % 2 == 0 ? null : room, null, 20, TimeSpan.Zero, CancellationToken.None);
            taken.Add(Stopwatch.GetElapsedTime(began).TotalMicroseconds);
        }

        return Quantiles.Of(taken);
    }
}
