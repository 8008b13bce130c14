// Owns: the copies of an account, and how linking one more stands, as the face of the library shows them.
// Must never: carry a key or a token.
using Papo.Protocol;

namespace Papo.Client;

/// <summary>A copy of this account: one installation of its profile.</summary>
/// <param name="Copy">Which.</param>
/// <param name="Name">What it is called; empty where nobody has said.</param>
/// <param name="IsThis">It is this one.</param>
/// <param name="IsLinked">It was linked, and can be removed; else it holds the account's key.</param>
/// <param name="Since">When it last made a key (UTC): within a week where it is in use.</param>
public sealed record AccountCopy(CopyId Copy, string Name, bool IsThis, bool IsLinked, DateTimeOffset Since);

/// <summary>Where linking one more copy stands.</summary>
public enum LinkingStage
{
    /// <summary>Nobody is to be linked.</summary>
    None,

    /// <summary>The link was made; nobody has used it.</summary>
    Open,

    /// <summary>A copy asks; a person has to type the code that it shows.</summary>
    Asked,

    /// <summary>That was not the code; it can be tried again.</summary>
    WrongCode,

    /// <summary>It was the code; the copy has not come with its certificates yet.</summary>
    Confirmed,

    /// <summary>It was the code, and nothing was heard of the copy since: it is listed when it comes with its certificates, and if it has none a new link is needed.</summary>
    Silent,

    /// <summary>The copy is linked and listed.</summary>
    Linked,

    /// <summary>A person said no, the time is over, or there were too many wrong codes: the link is good no more.</summary>
    Ended,
}

/// <summary>How linking stands.</summary>
/// <param name="Stage">Where it is.</param>
/// <param name="Name">What the copy is called, once one has asked.</param>
public sealed record LinkingState(LinkingStage Stage, string? Name);
