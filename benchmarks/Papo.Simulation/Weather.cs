// Owns: what the network does to a message: how long it takes, whether it is lost or comes twice, and who cannot hear whom.
// Must never: be random beyond its seed.
using Papo.Bench;

namespace Papo.Simulation;

/// <summary>The network between a broker and its devices.</summary>
internal sealed class Weather(ulong seed)
{
    private readonly Dice _dice = new(seed);

    /// <summary>The part of all deliveries that is lost: what a broker drops when a queue is full.</summary>
    public double Loss { get; set; }

    /// <summary>The part of all QoS 1 deliveries that comes twice.</summary>
    public double Doubles { get; set; }

    /// <summary>Mean of the time on one leg, to or from the broker, in milliseconds: one and an exponential part.</summary>
    public double MeanLeg { get; set; } = 6;

    /// <summary>While true, devices hear only those of their own side.</summary>
    public bool IsSplit { get; set; }

    public long Leg() => 1 + (long)Math.Round(-(MeanLeg - 1) * Math.Log(1 - _dice.Next()));

    public bool Loses() => Loss > 0 && _dice.Next() < Loss;

    public bool Repeats() => Doubles > 0 && _dice.Next() < Doubles;
}
