// Owns: what the devices of two people say to each other to compare keys by emoji.
// Must never: hold a secret half of a key.
using System.Formats.Cbor;

namespace Papo.Protocol;

/// <summary>Which of the messages.</summary>
public enum CompareStep
{
    /// <summary>My user wants to compare. Value: 16 random bytes, others for each time that he says so.</summary>
    Ask = 0,

    /// <summary>The first side promises a key. Value: <see cref="EmojiCode.Commit"/>. The answer is the second side's key.</summary>
    Commit = 1,

    /// <summary>The first side shows the key that it promised. Value: an <see cref="ExchangeKey"/>.</summary>
    Reveal = 2,
}

/// <summary>One of them.</summary>
public sealed record CompareRequest(CompareStep Step, ReadOnlyMemory<byte> Value) : RequestBody
{
    /// <summary>Size of the value of <see cref="CompareStep.Ask"/>.</summary>
    public const int AskSize = 16;

    internal void Write(CborWriter writer)
    {
        writer.WriteStartArray(2);
        writer.WriteInt32((int)Step);
        writer.WriteByteString(Value.Span);
        writer.WriteEndArray();
    }

    internal static CompareRequest? Read(CborReader reader)
    {
        reader.ReadArray(2, 16);
        var step = (CompareStep)reader.ReadInt32();
        var value = reader.ReadByteString();
        reader.SkipToEndArray();
        int? size = step switch
        {
            CompareStep.Ask => AskSize,
            CompareStep.Commit => EmojiCode.CommitmentSize,
            CompareStep.Reveal => ExchangeKey.Size,
            _ => null,
        };
        return value.Length == size ? new CompareRequest(step, value) : null;
    }
}
