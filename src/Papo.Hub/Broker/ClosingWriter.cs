// Owns: a transport output that always closes after what was written, never instead of it: MQTTnet completes it with the exception
// that ended the connection, and a last DISCONNECT would be lost.
// Must never: buffer by itself.
using System.IO.Pipelines;

namespace Papo.Hub;

internal sealed class ClosingWriter(PipeWriter inner) : PipeWriter
{
    public override void Advance(int bytes) => inner.Advance(bytes);

    public override Memory<byte> GetMemory(int sizeHint = 0) => inner.GetMemory(sizeHint);

    public override Span<byte> GetSpan(int sizeHint = 0) => inner.GetSpan(sizeHint);

    public override ValueTask<FlushResult> FlushAsync(CancellationToken cancellationToken = default) => inner.FlushAsync(cancellationToken);

    public override ValueTask<FlushResult> WriteAsync(ReadOnlyMemory<byte> source, CancellationToken cancellationToken = default) =>
        inner.WriteAsync(source, cancellationToken);

    public override void CancelPendingFlush() => inner.CancelPendingFlush();

    public override void Complete(Exception? exception = null) => inner.Complete();
}

internal sealed record GuardedTransport(PipeReader Input, PipeWriter Output) : IDuplexPipe;
