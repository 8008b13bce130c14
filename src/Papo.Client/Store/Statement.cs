// Owns: what a prepared statement can be asked, whatever the database.
// Must never: build SQL from values.
namespace Papo.Client.Store;

/// <summary>A prepared statement; parameters are bound in order as <c>?1 ?2 …</c>.</summary>
internal abstract class Statement(Database database, string sql, int parameters) : IDisposable
{
    /// <summary>Runs it to the end; how many rows it changed.</summary>
    public int Run(params ReadOnlySpan<Value> values)
    {
        Check(values);
        return Execute(values);
    }

    /// <summary>Runs it with this batch, where nobody asks what it changed; a database across a network may gather such writes.</summary>
    public void Put(params ReadOnlySpan<Value> values)
    {
        Check(values);
        Gather(values);
    }

    /// <summary>The rows it yields; one reading at a time, to be disposed.</summary>
    public Rows Read(params ReadOnlySpan<Value> values)
    {
        Check(values);
        return Open(values);
    }

    /// <summary>The number in the first column of the first row; 0 when there is none or it is NULL.</summary>
    public long Number(params ReadOnlySpan<Value> values)
    {
        using var rows = Read(values);
        var number = rows.Read() && !rows.IsDBNull(0) ? rows.GetInt64(0) : 0;
        while (rows.Read())
        {
            // A statement that writes is done only at its end.
        }

        return number;
    }

    /// <summary>The bytes in the first column of the first row; null when there is none or it is NULL.</summary>
    public byte[]? Bytes(params ReadOnlySpan<Value> values)
    {
        using var rows = Read(values);
        return rows.Read() && !rows.IsDBNull(0) ? rows.Bytes(0) : null;
    }

    /// <inheritdoc/>
    public abstract void Dispose();

    /// <summary>Runs it; the rows changed.</summary>
    protected abstract int Execute(ReadOnlySpan<Value> values);

    /// <summary>Runs it now or together with others of the batch.</summary>
    protected abstract void Gather(ReadOnlySpan<Value> values);

    /// <summary>Begins a reading.</summary>
    protected abstract Rows Open(ReadOnlySpan<Value> values);

    private void Check(ReadOnlySpan<Value> values)
    {
        if (values.Length != parameters)
        {
            throw new ArgumentException($"{parameters} parameters expected: {sql}");
        }

        database.CatchUp();
    }
}
