// Owns: what one signature and one verification take at the pace of the talks, when the caches have forgotten them in between.
// Must never: send anything.
using System.Diagnostics;
using System.Text;
using Papo.Protocol;

namespace Papo.Bench;

/// <summary>Somebody who signs and verifies what the others say, and says nothing: the part of a message's time that is the price of proving its author.</summary>
internal sealed class SignatureTalk : ITalk
{
    public const string Name = "one signature, one verification";
    private readonly KeyPair _device = KeyPair.Generate();

    public string Kind => Name;

    public async Task<IReadOnlyList<double>> SayAsync(int count, bool back)
    {
        var times = new double[count];
        for (var i = 0; i < count; i++)
        {
            var list = new SignedList("papo/1 entry").Add(new byte[Pace.PlainSize - Pace.TextSize]).Add(Encoding.UTF8.GetBytes(new string('.', Pace.TextSize)));
            var began = Stopwatch.GetTimestamp();
            if (!_device.Public.Verifies(list, _device.Sign(list)))
            {
                throw new InvalidOperationException("a signature of one's own does not verify");
            }

            times[i] = Stopwatch.GetElapsedTime(began).TotalMicroseconds;
            await Pace.PauseAsync(i);
        }

        return times;
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
