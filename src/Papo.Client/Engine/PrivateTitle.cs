// Owns: what a private room may be called.
// Must never: let a title look like an open room or a person, or act on a screen.
using System.Diagnostics.CodeAnalysis;
using System.Text;
using Papo.Protocol;

namespace Papo.Client.Engine;

/// <summary>Names of private rooms: what is a name for people is one for rooms (docs/PROTOCOL.md 3.4).</summary>
internal static class PrivateTitle
{
    /// <summary>Reads one that came sealed with a commit.</summary>
    public static bool TryRead(ReadOnlySpan<byte> bytes, [NotNullWhen(true)] out string? title)
    {
        title = bytes.Length <= 4 * Limits.TitleCodePoints && DisplayName.TryParse(Encoding.UTF8.GetString(bytes), out var name) == NameProblem.None ? name!.Text : null;
        return title is not null;
    }
}
