// Owns: the English of comparing keys.
// Must never: decide when something is said.
using Papo.Client;

namespace Papo.Texts;

internal sealed partial class English
{
    public override (string Arguments, string About) SlashVerify => ("NAME [emoji|yes|no]", "compare keys, by digits or emoji; yes: they are the same, no: take that back");

    public override string VerifiedWord => "verified";

    public override string SafetyNumberWith(string name) => $"Your safety number with {name}:";

    public override string HowToVerify(string name) =>
        $"{name} sees the same digits with /verify and your name. Compare them by another way: face to face, or in a call where you know the voice. All the same: /verify {name} yes. Any difference: somebody stands between you; write nothing private. Quicker where both of you are there: /verify @{name} emoji";

    public override string VerifiedSince(string name, string day) => $"✓ {name} is verified, since {day}. /verify {name} no takes it back.";

    public override string VerifiedNamesakes(string name, string others, string other) =>
        $"The same name is also used by {others}, with another key. It may be a new computer of {name}, or somebody else. Ask {name} by another way. Still the one you know: /verify {name} yes. It is the new one: compare with /verify {other} and then /verify {name} no.";

    public override string Verified(string name) => $"✓ {name} is verified. Whoever else comes under this name is shown apart, and you are told.";

    public override string NoLongerVerified(string name) => $"{name} is no longer verified.";

    public override IReadOnlyList<string> ComparedEmoji { get; } =
    [
        "elephant", "turtle", "octopus", "bee", "penguin", "fish", "butterfly", "snail", "rooster", "rabbit", "crab", "snake", "lion", "horse", "pig", "frog",
        "cactus", "sunflower", "mushroom", "palm tree", "apple", "banana", "grapes", "strawberry", "lemon", "pineapple", "corn", "carrot", "bread", "cheese", "pizza", "cake",
        "moon", "star", "rainbow", "fire", "lightning", "snowman", "wave", "globe", "rocket", "bicycle", "train", "sailboat", "helicopter", "tractor", "anchor", "house",
        "key", "bell", "balloon", "guitar", "drum", "top hat", "glasses", "shoe", "umbrella", "alarm clock", "camera", "book", "football", "light bulb", "hammer", "gift",
    ];

    public override string EmojiBegun(string name, bool isAsked) => isAsked
        ? $"{name} wants it too; the emoji come in a moment."
        : $"{name} is told. The emoji come to both of you once {name} types /verify and your name and emoji, within ten minutes. Meet, or call each other.";

    public override string EmojiWanted(string name) => $"{name} wants to compare keys with you. When you are in a call or side by side, within ten minutes: /verify @{name} emoji";

    public override string EmojiWith(string name) => $"Seven emoji, for {name} and you:";

    public override string HowToCompareEmoji(string name) =>
        $"Tell them to each other, face to face or in a call where you know the voice. The same seven in the same order on both screens: /verify @{name} yes. Any difference: somebody stands between you; write no secrets.";

    public override string EmojiEnded(EmojiEnd why, string name) => why switch
    {
        EmojiEnd.NoAnswer => $"{name} did not want to compare emoji within ten minutes. Nothing was changed. To try again: /verify @{name} emoji",
        EmojiEnd.Doubtful => $"The comparison with {name} was broken off: what came does not fit what was promised. Somebody may stand between you; write no secrets. Compare the digits: /verify {name}",
        EmojiEnd.TooOld => $"The Papo of {name} is too old to compare emoji. Nothing was changed. Compare the digits: /verify {name}",
        EmojiEnd.Replaced => $"The comparison with {name} has ended, as you compare with somebody else now.",
        _ => $"The comparison with {name} was interrupted. Nothing was changed. Begin anew, both of you: /verify @{name} emoji",
    };
}
