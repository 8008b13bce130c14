// Owns: the English of comparing keys.
// Must never: decide when something is said.
namespace Papo.Texts;

internal sealed partial class English
{
    public override (string Arguments, string About) SlashVerify => ("NAME [yes|no]", "compare keys with somebody; yes: the digits are the same, no: take that back");

    public override string VerifiedWord => "verified";

    public override string SafetyNumberWith(string name) => $"Your safety number with {name}:";

    public override string HowToVerify(string name) =>
        $"{name} sees the same digits with /verify and your name. Compare them by another way: face to face, or in a call where you know the voice. All the same: /verify {name} yes. Any difference: somebody stands between you; write nothing private.";

    public override string VerifiedSince(string name, string day) => $"✓ {name} is verified, since {day}. /verify {name} no takes it back.";

    public override string VerifiedNamesakes(string name, string others, string other) =>
        $"The same name is also used by {others}, with another key. It may be a new computer of {name}, or somebody else. Ask {name} by another way. Still the one you know: /verify {name} yes. It is the new one: compare with /verify {other} and then /verify {name} no.";

    public override string Verified(string name) => $"✓ {name} is verified. Whoever else comes under this name is shown apart, and you are told.";

    public override string NoLongerVerified(string name) => $"{name} is no longer verified.";
}
