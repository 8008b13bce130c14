// Owns: what a room may be called, on the wire and for people.
// Must never: hold a name that could act as an MQTT wildcard or level separator.
using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace Papo.Protocol;

/// <summary>
/// A room: an open one, named <c>[a-z0-9-]{1,40}</c>, or a private one, whose id is <c>~</c> and 22 base64url characters.
/// The text is also one level of its MQTT topics.
/// </summary>
public sealed record Room
{
    /// <summary>The longest name of an open room, in characters.</summary>
    public const int MaxLength = 40;

    private static readonly SearchValues<char> OpenCharacters = SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789-");
    private static readonly SearchValues<char> PrivateCharacters = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_");

    private Room(string name, string? label = null) => (Name, Label) = (name, label);

    /// <summary>The room that everybody joins at first.</summary>
    public static Room General { get; } = new("general");

    /// <summary>The name without <c>#</c>.</summary>
    public string Name { get; }

    /// <summary>What people call a private room on this computer: <c>@bia</c> for direct messages, else <c>~</c> and its title; null for open rooms, and while it is not known. No part of what the room is.</summary>
    public string? Label { get; }

    /// <summary>Whether the name is the id of a private room.</summary>
    public bool IsPrivate => Name[0] == '~';

    /// <summary>Takes a room as people write it: with or without <c>#</c>. Upper-case ASCII letters are folded.</summary>
    public static bool TryParse(string? text, [NotNullWhen(true)] out Room? room)
    {
        room = null;
        var name = text?.Trim() ?? "";
        name = (name.StartsWith('#') ? name[1..] : name).ToLowerInvariant();
        return IsOpenName(name) && Ascii.IsValid(text) && TryTake(name, out room);
    }

    /// <summary>Takes a room from a topic or a stored row: exactly as on the wire.</summary>
    public static bool TryFromWire(string? name, [NotNullWhen(true)] out Room? room)
    {
        room = null;
        return name is not null && (IsOpenName(name) || IsPrivateId(name)) && TryTake(name, out room);
    }

    /// <summary>The same room under another label.</summary>
    public Room Called(string? label) => new(Name, label);

    /// <inheritdoc/>
    public bool Equals(Room? other) => other is not null && Name == other.Name;

    /// <inheritdoc/>
    public override int GetHashCode() => string.GetHashCode(Name, StringComparison.Ordinal);

    /// <summary>As people read it: the name with <c>#</c>, of a private room its label.</summary>
    public override string ToString() => Label ?? (IsPrivate ? Name : "#" + Name);

    private static bool TryTake(string name, out Room room)
    {
        room = name == General.Name ? General : new Room(name);
        return true;
    }

    private static bool IsOpenName(string name) =>
        name.Length is > 0 and <= MaxLength && !name.AsSpan().ContainsAnyExcept(OpenCharacters);

    private static bool IsPrivateId(string name) =>
        name.Length == 23 && name[0] == '~' && !name.AsSpan(1).ContainsAnyExcept(PrivateCharacters);
}
