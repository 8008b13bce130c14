// Owns: the moments of linking, naming and removing at which a world kills one of the two computers.
// Must never: be known to the library; they lie between its calls.
namespace Papo.Torture.Plan;

/// <summary>Where a process dies once it was told to, beside the steps of a message (<see cref="Client.FaultPoints"/>).</summary>
internal static class LinkingPoints
{
    /// <summary>The old computer: a new one has come with the link.</summary>
    public const string Asked = "asked";

    /// <summary>The old computer: the right code was typed; nobody was told yet.</summary>
    public const string Confirmed = "confirmed";

    /// <summary>The old computer: the new one stands in the account's list.</summary>
    public const string Listed = "listed";

    /// <summary>The new computer: it has shown the code.</summary>
    public const string Shown = "shown";

    /// <summary>The new computer: its profile is there, nobody has listed it.</summary>
    public const string Made = "made";

    /// <summary>The old computer: it has taken the new one off; nobody was told yet.</summary>
    public const string TakenOff = "taken-off";

    /// <summary>Whether it is the new computer that dies there.</summary>
    public static bool IsOfTheNew(string point) => point is Shown or Made;
}
