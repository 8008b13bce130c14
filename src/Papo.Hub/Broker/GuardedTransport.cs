// Owns: a transport output that MQTTnet can write but not close: it closes with the exception that ended the connection, and a last
// DISCONNECT would be lost. The endpoint closes instead, after what was written.
// Must never: buffer by itself.
using System.IO.Pipelines;

namespace Papo.Hub;

internal sealed class UnclosableWriter(PipeWriter inner) : PipeWriter
{
    public override void Advance(int bytes) => inner.Advance(bytes);

    public override Memory<byte> GetMemory(int sizeHint = 0) => inner.GetMemory(sizeHint);

    public override Span<byte> GetSpan(int sizeHint = 0) => inner.GetSpan(sizeHint);

    public override ValueTask<FlushResult> FlushAsync(CancellationToken cancellationToken = default) => inner.FlushAsync(cancellationToken);

    public override ValueTask<FlushResult> WriteAsync(ReadOnlyMemory<byte> source, CancellationToken cancellationToken = default) =>
        inner.WriteAsync(source, cancellationToken);

    public override void CancelPendingFlush() => inner.CancelPendingFlush();

    public override void Complete(Exception? exception = null)
    {
    }
}

internal sealed record GuardedTransport(PipeReader Input, PipeWriter Output) : IDuplexPipe;
