// Owns: one value on its way into a statement, without a box.
// Must never: be kept; it may point into memory of the caller.
using SQLitePCL;

namespace Papo.Client.Store;

/// <summary>NULL, a number, a text or bytes.</summary>
internal readonly struct Value
{
    private readonly ReadOnlyMemory<byte> _bytes;
    private readonly string? _text;
    private readonly long _number;
    private readonly Kind _kind;

    private Value(long number) => (_number, _kind) = (number, Kind.Number);

    private Value(string text) => (_text, _kind) = (text, Kind.Text);

    private Value(ReadOnlyMemory<byte> bytes) => (_bytes, _kind) = (bytes, Kind.Bytes);

    private enum Kind : byte
    {
        Null,
        Number,
        Text,
        Bytes,
    }

    public static implicit operator Value(long number) => new(number);

    public static implicit operator Value(long? number) => number is { } value ? new(value) : default;

    public static implicit operator Value(string? text) => text is null ? default : new(text);

    public static implicit operator Value(byte[]? bytes) => bytes is null ? default : new(bytes);

    public static implicit operator Value(ReadOnlyMemory<byte> bytes) => new(bytes);

    public static implicit operator Value(ReadOnlyMemory<byte>? bytes) => bytes is { } value ? new(value) : default;

    /// <summary>Binds it; SQLite takes a copy.</summary>
    public int Bind(sqlite3_stmt statement, int place) => _kind switch
    {
        Kind.Number => raw.sqlite3_bind_int64(statement, place, _number),
        Kind.Text => raw.sqlite3_bind_text(statement, place, _text),
        Kind.Bytes when _bytes.IsEmpty => raw.sqlite3_bind_zeroblob(statement, place, 0), // An empty span would be NULL.
        Kind.Bytes => raw.sqlite3_bind_blob(statement, place, _bytes.Span),
        _ => raw.sqlite3_bind_null(statement, place),
    };
}
