// Owns: what it costs to keep one entry, a hundred a commit, the index of words apart.
// Must never: verify or sign; only the signature is made up, which the store does not look at.
using System.Security.Cryptography;
using System.Text;
using BenchmarkDotNet.Attributes;
using Papo.Protocol;

namespace Papo.Micro;

/// <summary>On the tmpfs, so that the price is the processor's.</summary>
public class AppendBenchmarks : IDisposable
{
    private const int Batch = 100;
    private readonly byte[] _signature = RandomNumberGenerator.GetBytes(64);
    private readonly byte[] _body = Encoding.UTF8.GetBytes(new string('.', 60));
    private FilledStore _filled = null!;
    private EntryId _last = new(1);
    private long _count;

    /// <summary>Something is there already.</summary>
    [GlobalSetup]
    public void Fill() => _filled = new FilledStore(10_000);

    /// <summary>Removes it.</summary>
    [GlobalCleanup]
    public void Dispose()
    {
        _filled.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>Header, hashes, row.</summary>
    [Benchmark(Description = "store: append, 100 a commit", OperationsPerInvoke = Batch)]
    public void Append()
    {
        for (var i = 0; i < Batch; i++)
        {
            var hlc = Hlc.At(1_700_000_000_000 + _count);
            var header = new EntryHeader { Kind = EntryKind.Text, Account = new AccountId(9), Device = new DeviceId(9), Seq = ++_count, Back = _last, Hlc = hlc };
            if (!Entry.TryRead(FilledStore.Space, _filled.Rooms[0], header.Encode(), _signature, _body, out var entry) || !_filled.Store.Entries.Add(_filled.Numbers[0], entry, hlc, _count))
            {
                throw new InvalidOperationException("not kept");
            }

            _last = entry.Id;
        }

        _filled.Store.Commit();
    }
}
