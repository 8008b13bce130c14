// Owns: the open-ended map at the end of a header: what an entry is about, whom it names, how it was meant.
// Must never: refuse a key it does not know.
using System.Formats.Cbor;

namespace Papo.Protocol;

/// <summary>The header's extension map.</summary>
public sealed record EntryExtension
{
    private const int TargetKey = 1;
    private const int ThreadKey = 2;
    private const int MentionsKey = 3;
    private const int ActionKey = 4;
    private const int OffKey = 5;

    /// <summary>An empty map, which is not written.</summary>
    public static EntryExtension None { get; } = new();

    /// <summary>The entry this one is about: answered, edited, deleted or reacted to. Key 1.</summary>
    public EntryId? Target { get; init; }

    /// <summary>The first entry of the thread. Key 2.</summary>
    public EntryId? Thread { get; init; }

    /// <summary>Accounts named in the text, at most <see cref="Limits.Mentions"/>. Key 3.</summary>
    public IReadOnlyList<AccountId> Mentions { get; init; } = [];

    /// <summary>Written with <c>/me</c>. Key 4.</summary>
    public bool IsAction { get; init; }

    /// <summary>Takes the reaction back instead of giving it. Key 5.</summary>
    public bool Off { get; init; }

    /// <inheritdoc/>
    public bool Equals(EntryExtension? other) =>
        other is not null && Target == other.Target && Thread == other.Thread && IsAction == other.IsAction && Off == other.Off
        && Mentions.SequenceEqual(other.Mentions);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Target, Thread, IsAction, Off, Mentions.Count);

    internal void Write(CborWriter writer)
    {
        writer.WriteStartMap((Target is null ? 0 : 1) + (Thread is null ? 0 : 1) + (Mentions.Count == 0 ? 0 : 1) + (IsAction ? 1 : 0) + (Off ? 1 : 0));
        WriteId(writer, TargetKey, Target);
        WriteId(writer, ThreadKey, Thread);
        if (Mentions.Count > 0)
        {
            writer.WriteInt32(MentionsKey);
            writer.WriteStartArray(Mentions.Count);
            foreach (var account in Mentions)
            {
                writer.WriteId(account.Value);
            }

            writer.WriteEndArray();
        }

        WriteFlag(writer, ActionKey, IsAction);
        WriteFlag(writer, OffKey, Off);
        writer.WriteEndMap();
    }

    internal static EntryExtension Read(CborReader reader)
    {
        var extension = None;
        reader.ReadStartMap();
        while (reader.PeekState() != CborReaderState.EndMap)
        {
            if (reader.PeekState() != CborReaderState.UnsignedInteger)
            {
                reader.SkipValue();
                reader.SkipValue();
                continue;
            }

            extension = reader.ReadUInt64() switch
            {
                TargetKey => extension with { Target = new EntryId(reader.ReadId()) },
                ThreadKey => extension with { Thread = new EntryId(reader.ReadId()) },
                MentionsKey => extension with { Mentions = ReadMentions(reader) },
                ActionKey => extension with { IsAction = reader.ReadBoolean() },
                OffKey => extension with { Off = reader.ReadBoolean() },
                _ => Skip(reader, extension),
            };
        }

        reader.ReadEndMap();
        return extension;
    }

    private static AccountId[] ReadMentions(CborReader reader)
    {
        var mentions = new AccountId[reader.ReadArray(0, Limits.Mentions)];
        for (var i = 0; i < mentions.Length; i++)
        {
            mentions[i] = new(reader.ReadId());
        }

        reader.ReadEndArray();
        return mentions;
    }

    private static EntryExtension Skip(CborReader reader, EntryExtension extension)
    {
        reader.SkipValue();
        return extension;
    }

    private static void WriteId(CborWriter writer, int key, EntryId? id)
    {
        if (id is { } present)
        {
            writer.WriteInt32(key);
            writer.WriteId(present.Value);
        }
    }

    private static void WriteFlag(CborWriter writer, int key, bool set)
    {
        if (set)
        {
            writer.WriteInt32(key);
            writer.WriteBoolean(true);
        }
    }
}
