// Owns: walking over what a statement yields, whatever the database.
// Must never: outlive its statement, or be read by two at a time.
namespace Papo.Client.Store;

/// <summary>The rows of one reading; values are valid until the next <see cref="Read"/>. Disposing ends the reading: the statement may then be used again.</summary>
internal abstract class Rows : IDisposable
{
    /// <summary>Goes to the next row; false at the end.</summary>
    public abstract bool Read();

    public abstract bool IsDBNull(int column);

    public abstract long GetInt64(int column);

    public int GetInt32(int column) => (int)GetInt64(column);

    /// <summary>The answer to a condition, which is a number in one database and a kind of its own in another.</summary>
    public virtual bool IsTrue(int column) => GetInt64(column) != 0;

    public abstract string GetString(int column);

    /// <summary>A blob in place, valid until the next <see cref="Read"/>.</summary>
    public abstract ReadOnlySpan<byte> Span(int column);

    /// <summary>A copy of a blob.</summary>
    public virtual byte[] Bytes(int column) => Span(column).ToArray();

    /// <inheritdoc/>
    public abstract void Dispose();
}
