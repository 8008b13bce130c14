// Owns: the numbers of the entry kinds.
// Must never: be an exhaustive list to a reader; unknown kinds are kept, healed and shown as unsupported.
namespace Papo.Protocol;

/// <summary>What an entry is. Other numbers are kinds of later versions.</summary>
public enum EntryKind
{
    /// <summary>Body: a device card. Entry 0 of every log, and each later change of name.</summary>
    Card = 0,

    /// <summary>Body: UTF-8 text.</summary>
    Text = 1,

    /// <summary>Body: the new UTF-8 text of the target.</summary>
    Edit = 2,

    /// <summary>No body: the target is taken back.</summary>
    Delete = 3,

    /// <summary>Body: the reaction's UTF-8 text, for the target.</summary>
    Reaction = 4,

    /// <summary>Reserved for files.</summary>
    File = 5,

    /// <summary>Reserved for room state.</summary>
    State = 6,

    /// <summary>Reserved for key commits of private rooms.</summary>
    Commit = 7,

    /// <summary>Body: a <see cref="GuestLine"/>, archived by a hub in its own log.</summary>
    Guest = 8,
}
