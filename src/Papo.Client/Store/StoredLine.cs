// Owns: an entry of the store as it is shown: with what was sealed in it, where that was opened.
// Must never: take sealed bytes for words.
using System.Diagnostics.CodeAnalysis;
using Papo.Protocol;

namespace Papo.Client.Store;

/// <summary>A stored entry as the views need it. <see cref="Guest"/> is the name of a guest, else null; then header and signature are there.</summary>
internal sealed record StoredLine(long Pos, EntryId Id, long Room, DeviceId Device, long Seq, EntryKind Kind, Hlc Sort, ReadOnlyMemory<byte> Header, ReadOnlyMemory<byte>? Body, string? Guest)
{
    /// <summary>What was sealed in it, once it was opened here.</summary>
    public SealedContent? Opened { get; init; }

    /// <summary>Its header where that was read already; then with what was sealed of it.</summary>
    public EntryHeader? Parsed { get; init; }

    /// <summary>Its words are under a key that is not here.</summary>
    public bool IsLocked { get; init; }

    /// <summary>What it says, as far as that can be read here; null too when it is gone.</summary>
    public ReadOnlyMemory<byte>? Said => IsLocked || Body is null ? null : Opened?.Body ?? Body;

    /// <summary>Its header, with what was sealed of it.</summary>
    public bool TryHeader([NotNullWhen(true)] out EntryHeader? header)
    {
        if (Parsed is not null)
        {
            header = Parsed;
            return true;
        }

        var valid = EntryHeader.TryRead(Header, out header);
        header = valid && Opened is { } opened ? header! with { Extension = opened.Extension } : header;
        return valid;
    }
}
