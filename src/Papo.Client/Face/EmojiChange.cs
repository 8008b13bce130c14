// Owns: what the library tells of comparing by emoji.
// Must never: say that they are equal; only the two people see that.
using Papo.Protocol;

namespace Papo.Client;

/// <summary>Somebody wants to compare keys by emoji: it begins once this user wants it too.</summary>
public sealed record EmojiAsked(Author Who) : ChatChange;

/// <summary>Both wanted it: what is to be compared, as places in <see cref="EmojiCode.Symbols"/>.</summary>
public sealed record EmojiShown(Author Who, IReadOnlyList<int> Emoji) : ChatChange;

/// <summary>A comparison came to nothing; it has to be begun anew.</summary>
public sealed record EmojiEnded(Author Who, EmojiEnd Why) : ChatChange;

/// <summary>Why a comparison by emoji came to nothing.</summary>
public enum EmojiEnd
{
    /// <summary>The other did not want it in time.</summary>
    NoAnswer,

    /// <summary>The other's device fell silent, or began anew.</summary>
    Interrupted,

    /// <summary>What came does not fit what was promised: a faulty program, or somebody in between.</summary>
    Doubtful,

    /// <summary>This user has begun to compare with somebody else.</summary>
    Replaced,

    /// <summary>The other's program does not know of comparing by emoji, at any computer that is here.</summary>
    TooOld,
}

/// <summary>A comparison by emoji was begun here.</summary>
/// <param name="Who">With whom.</param>
/// <param name="IsAsked">The other wants it already.</param>
public sealed record EmojiBegun(Author Who, bool IsAsked);
