// Owns: the list of texts about the computers of one account.
// Must never: hold text of one language.
using Papo.Client;

namespace Papo.Texts;

internal abstract partial class Words
{
    public abstract string AboutDevices { get; }

    public abstract string AboutDevicesLink { get; }

    public abstract string AboutDevicesName { get; }

    public abstract string AboutDevicesRemove { get; }

    public abstract (string Arguments, string About) SlashDevices { get; }

    public abstract string BadgeRemoved { get; }

    /// <summary>A computer that was not given a name.</summary>
    public abstract string DeviceUnnamed { get; }

    /// <summary>One copy of the account: what is known about it.</summary>
    public abstract string DeviceRow(bool isThis, bool isLinked);

    public abstract string DeviceUnknown(string given);

    /// <summary>A copy that holds the account's key cannot be removed.</summary>
    public abstract string DeviceHolds { get; }

    /// <summary>Only a copy that holds the account's key can do that.</summary>
    public abstract string DeviceNotHere { get; }

    /// <summary>What taking a computer off means, and how to say yes.</summary>
    public abstract string DeviceRemoveAsked(string name, string given);

    public abstract string DeviceTakenOff(string name);

    public abstract string DeviceNamed(string name);

    public abstract string LinkingHow { get; }

    public abstract string LinkingPrompt(string name);

    public abstract string LinkingWrong(string name);

    public abstract string LinkingWrongCode { get; }

    public abstract string LinkingNobody { get; }

    public abstract string LinkingConfirmed { get; }

    /// <summary>The code was right, and the new computer has not been heard of since.</summary>
    public abstract string LinkingSilent(string name);

    public abstract string LinkingDone(string name);

    public abstract string LinkingOver { get; }

    public abstract string LinkingCode(string account);

    public abstract string LinkingEnded(LinkingResult result, string name);

    public abstract string NameElsewhere { get; }
}
