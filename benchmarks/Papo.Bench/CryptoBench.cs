// Owns: the price of one signature and of one verification apart: every message costs one of each, on one core each.
// Must never: measure anything else.
using System.Diagnostics;
using System.Text;
using Papo.Protocol;

namespace Papo.Bench;

/// <summary>Signing and verifying an entry of 60 characters.</summary>
internal static class CryptoBench
{
    private const int Batch = 500;

    public static CryptoRow Run(Size size)
    {
        var device = KeyPair.Generate();
        var space = new SpaceId(1);
        var header = new EntryHeader
        {
            Kind = EntryKind.Text,
            Account = new AccountId(device.Public.Fingerprint),
            Device = new DeviceId(device.Public.Fingerprint),
            Seq = 1_000,
            Back = new EntryId(2),
            Hlc = Hlc.At(1_700_000_000_000),
        };
        var body = Encoding.UTF8.GetBytes(new string('.', Pace.TextSize));
        var list = new SignedList("papo/1 entry").Add(header.Encode()).Add(body);
        var signature = device.Sign(list);
        var sign = new List<double>();
        var verify = new List<double>();
        var entry = new List<double>();
        for (var round = 0; round < size.Rounds * 5; round++)
        {
            sign.Add(Time(() => device.Sign(list)));
            verify.Add(Time(() => device.Public.Verifies(list, signature)));
            entry.Add(Time(() => Entry.Sign(space, Room.General, header, body, device)));
        }

        return new CryptoRow(Quantiles.Of(sign).P50, Quantiles.Of(verify).P50, Quantiles.Of(entry).P50);
    }

    private static double Time(Action action)
    {
        var began = Stopwatch.GetTimestamp();
        for (var i = 0; i < Batch; i++)
        {
            action();
        }

        return Stopwatch.GetElapsedTime(began).TotalMicroseconds / Batch;
    }
}
