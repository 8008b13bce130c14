// Owns: the list of texts about links.
// Must never: hold text of one language.
using Papo.Client;

namespace Papo.Texts;

internal abstract partial class Words
{
    public abstract string AboutInvite { get; }

    public abstract string AboutJoin { get; }

    public abstract string OptionValid { get; }

    public abstract string OptionList { get; }

    public abstract string OptionRevoke { get; }

    /// <summary>What was given is no link, or not a whole one.</summary>
    public abstract string UsageLink { get; }

    public abstract string UsageLinkId(string given);

    public abstract string UsageValid(string given);

    public abstract string UsageInvitePerson { get; }

    /// <summary>What to do with a link; <paramref name="until"/> is null where everybody may use it for good.</summary>
    public abstract string LinkHow(string room, string? until);

    public abstract string LinkOnlyHere(string broker);

    public abstract string LinkUsed(string name);

    public abstract string LinkOver { get; }

    public abstract string LinkUntil(string time);

    public abstract string LinkUnknown { get; }

    public abstract string LinkEntered(string room);

    public abstract string LinkRefused(EnterResult result);
}
