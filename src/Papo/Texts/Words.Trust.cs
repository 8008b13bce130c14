// Owns: the list of texts about comparing keys.
// Must never: hold text of one language.
namespace Papo.Texts;

internal abstract partial class Words
{
    public abstract string VerifiedWord { get; }

    public abstract string SafetyNumberWith(string name);

    public abstract string HowToVerify(string name);

    public abstract string VerifiedSince(string name, string day);

    public abstract string VerifiedNamesakes(string name, string others, string other);

    public abstract string Verified(string name);

    public abstract string NoLongerVerified(string name);
}
