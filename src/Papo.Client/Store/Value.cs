// Owns: one value on its way into a statement, without a box.
// Must never: be kept; it may point into memory of the caller.
namespace Papo.Client.Store;

/// <summary>What a value is; a NULL has a kind too, for databases that want to know.</summary>
internal enum ValueKind : byte
{
    Number,
    Text,
    Bytes,
}

/// <summary>A number, a text or bytes, or NULL in the place of one.</summary>
internal readonly struct Value
{
    private Value(long? number) => (Kind, Number, IsNull) = (ValueKind.Number, number ?? 0, number is null);

    private Value(string? text) => (Kind, Text, IsNull) = (ValueKind.Text, text, text is null);

    private Value(ReadOnlyMemory<byte> bytes, bool isNull) => (Kind, Bytes, IsNull) = (ValueKind.Bytes, bytes, isNull);

    public ValueKind Kind { get; }

    public bool IsNull { get; }

    public long Number { get; }

    public string? Text { get; }

    public ReadOnlyMemory<byte> Bytes { get; }

    public static implicit operator Value(long number) => new(number);

    public static implicit operator Value(long? number) => new(number);

    public static implicit operator Value(string? text) => new(text);

    public static implicit operator Value(byte[]? bytes) => new(bytes, bytes is null);

    public static implicit operator Value(ReadOnlyMemory<byte> bytes) => new(bytes, isNull: false);

    public static implicit operator Value(ReadOnlyMemory<byte>? bytes) => new(bytes ?? default, bytes is null);
}
