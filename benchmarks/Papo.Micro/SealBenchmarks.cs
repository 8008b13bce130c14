// Owns: what it costs to hand a room's secret to one device, and to take it.
// Must never: use an ephemeral pair twice; making it is part of the price.
using System.Security.Cryptography;
using BenchmarkDotNet.Attributes;
using Papo.Protocol;

namespace Papo.Micro;

/// <summary>HPKE as commits use it: 32 bytes.</summary>
public class SealBenchmarks
{
    private readonly ExchangeKeyPair _recipient = ExchangeKeyPair.Generate();
    private readonly byte[] _info = RandomNumberGenerator.GetBytes(100);
    private readonly byte[] _secret = RandomNumberGenerator.GetBytes(EpochSecret.Size);
    private readonly byte[] _sealed;

    /// <summary>Makes what is opened.</summary>
    public SealBenchmarks() => _sealed = Wrap();

    /// <summary>For each device of a commit.</summary>
    [Benchmark(Description = "HPKE: wrap a secret, fresh pair included")]
    public byte[] Wrap() => Hpke.Seal(_recipient.Public, _info, [], _secret, ExchangeKeyPair.Generate());

    /// <summary>Once a commit and device.</summary>
    [Benchmark(Description = "HPKE: open a secret")]
    public byte[]? Open() => Hpke.Open(_recipient, _info, [], _sealed);
}
