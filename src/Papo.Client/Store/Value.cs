// Owns: one value on its way into a statement, without a box.
// Must never: be kept; it may point into memory of the caller.
namespace Papo.Client.Store;

/// <summary>What a value is; a NULL has a kind too, for databases that want to know.</summary>
internal enum ValueKind : byte
{
    Number,
    Text,
    Bytes,

    /// <summary>The 16 bytes of an id.</summary>
    Id,
}

/// <summary>A number, a text or bytes, or NULL in the place of one.</summary>
internal readonly struct Value
{
    private Value(long? number) => (Kind, Number, IsNull) = (ValueKind.Number, number ?? 0, number is null);

    private Value(string? text) => (Kind, Text, IsNull) = (ValueKind.Text, text, text is null);

    private Value(ReadOnlyMemory<byte> bytes, bool isNull) => (Kind, Bytes, IsNull) = (ValueKind.Bytes, bytes, isNull);

    private Value(ValueKind kind, ReadOnlyMemory<byte> bytes, UInt128 number) => (Kind, Bytes, IdNumber) = (kind, bytes, number);

    public ValueKind Kind { get; }

    public bool IsNull { get; }

    public long Number { get; }

    public string? Text { get; }

    /// <summary>Bytes, or the UTF-8 of a text whose <see cref="Text"/> is null.</summary>
    public ReadOnlyMemory<byte> Bytes { get; }

    public UInt128 IdNumber { get; }

    /// <summary>An id as its 16 bytes, big-endian.</summary>
    public static Value Id(UInt128 id) => new(ValueKind.Id, default, id);

    /// <summary>A text that is UTF-8 already.</summary>
    public static Value Utf8(ReadOnlyMemory<byte> text) => new(ValueKind.Text, text, default);

    public static implicit operator Value(long number) => new(number);

    public static implicit operator Value(long? number) => new(number);

    public static implicit operator Value(string? text) => new(text);

    public static implicit operator Value(byte[]? bytes) => new(bytes, bytes is null);

    public static implicit operator Value(ReadOnlyMemory<byte> bytes) => new(bytes, isNull: false);

    public static implicit operator Value(ReadOnlyMemory<byte>? bytes) => new(bytes ?? default, bytes is null);
}
