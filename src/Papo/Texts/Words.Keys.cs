// Owns: the list of texts about keys: what each action does, what is wrong with a setting.
// Must never: hold text of one language, or the name of a key.
using Papo.Terminal;

namespace Papo.Texts;

internal abstract partial class Words
{
    /// <summary>What an action does, for the help; a language without a text for one does not compile.</summary>
    public abstract string About(KeyAction action);

    public abstract string ActionUnknown(string given);

    public abstract string KeyUnknown(string given);

    public abstract string KeyIsText(string key);
}
