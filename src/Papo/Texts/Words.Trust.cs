// Owns: the list of texts about comparing keys.
// Must never: hold text of one language.
using Papo.Client;

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

    /// <summary>What the emoji are called, in the order of <see cref="Protocol.EmojiCode.Symbols"/>.</summary>
    public abstract IReadOnlyList<string> ComparedEmoji { get; }

    public abstract string EmojiBegun(string name, bool isAsked);

    public abstract string EmojiWanted(string name);

    public abstract string EmojiWith(string name);

    public abstract string HowToCompareEmoji(string name);

    public abstract string EmojiEnded(EmojiEnd why, string name);
}
