// Owns: what a page of the past and a search cost in a store of 50,000 messages.
// Must never: ask twice for the same place in a row.
using BenchmarkDotNet.Attributes;
using Papo.Bench;
using Papo.Client.Store;
using Papo.Protocol;

namespace Papo.Micro;

/// <summary>What scrolling and `/search` ask the store for.</summary>
public class PastBenchmarks : IDisposable
{
    private const int Texts = 50_000;
    private const int Page = 50;
    private const int Hits = 20;
    private static readonly string[] Questions = ["obra café", "porto chuva", "teste rede", "barco", "festa praia"];
    private readonly Dice _dice = new(3);
    private FilledStore _filled = null!;
    private long _from;
    private int _asked;

    /// <summary>Fills the store.</summary>
    [GlobalSetup]
    public void Fill()
    {
        _from = TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds() - Texts - 600_000;
        _filled = new FilledStore(Texts);
    }

    /// <summary>Removes it.</summary>
    [GlobalCleanup]
    public void Dispose()
    {
        _filled.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>Anywhere in the past of one of the rooms.</summary>
    [Benchmark(Description = "store: history page of 50")]
    public object HistoryPage()
    {
        var at = _asked++ % _filled.Rooms.Count;
        var place = Place.Lowest with { Sort = Hlc.At(_from + _dice.Next(Texts)) };
        return _filled.Store.Entries.Page(FilledStore.Space, _filled.Numbers[at], _filled.Rooms[at], place, Page, after: false);
    }

    /// <summary>In all rooms, the newest 20.</summary>
    [Benchmark(Description = "store: search of one or two words")]
    public object Search() => _filled.Store.Words.Search(Questions[_asked++ % Questions.Length], _filled.Numbers, Hits);
}
