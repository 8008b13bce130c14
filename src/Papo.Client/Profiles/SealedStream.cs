// Owns: a sealed file as a stream, one way: what is written is sealed frame by frame, what is read was found whole.
// Must never: end quietly where the file ends too early.
namespace Papo.Client;

/// <summary>Frames as a stream; see <see cref="SealedFile"/>.</summary>
internal sealed class SealedStream : Stream
{
    private readonly Stream _file;
    private readonly SealedFile _frames;
    private readonly string _path;
    private readonly bool _writes;
    private byte[] _buffer;
    private int _position;
    private int _length;
    private int _ahead = -1;
    private bool _ended;

    private SealedStream(Stream file, SealedFile frames, string path, bool writes)
    {
        (_file, _frames, _path, _writes) = (file, frames, path, writes);
        _buffer = writes ? new byte[SealedFile.FrameSize] : [];
    }

    /// <inheritdoc/>
    public override bool CanRead => !_writes;

    /// <inheritdoc/>
    public override bool CanSeek => false;

    /// <inheritdoc/>
    public override bool CanWrite => _writes;

    /// <inheritdoc/>
    public override long Length => throw new NotSupportedException();

    /// <inheritdoc/>
    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <summary>Writes; only <see cref="Finish"/> makes the file a whole one.</summary>
    public static SealedStream Write(Stream file, SealedFile frames, string path) => new(file, frames, path, writes: true);

    /// <summary>Reads.</summary>
    public static SealedStream Read(Stream file, SealedFile frames, string path) => new(file, frames, path, writes: false);

    /// <summary>Writes the last frame.</summary>
    public void Finish() => _file.Write(_frames.Seal(_buffer.AsSpan(0, _length), isLast: true));

    /// <inheritdoc/>
    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    /// <inheritdoc/>
    public override void Write(ReadOnlySpan<byte> buffer)
    {
        while (buffer.Length > 0)
        {
            if (_length == _buffer.Length)
            {
                _file.Write(_frames.Seal(_buffer, isLast: false));
                _length = 0;
            }

            var count = Math.Min(buffer.Length, _buffer.Length - _length);
            buffer[..count].CopyTo(_buffer.AsSpan(_length));
            _length += count;
            buffer = buffer[count..];
        }
    }

    /// <inheritdoc/>
    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    /// <inheritdoc/>
    public override int Read(Span<byte> buffer)
    {
        while (_position == _length && !_ended)
        {
            ReadFrame();
        }

        var count = Math.Min(buffer.Length, _length - _position);
        _buffer.AsSpan(_position, count).CopyTo(buffer);
        _position += count;
        return count;
    }

    /// <summary>Reads on to the end, so that what was read is known to be all there was.</summary>
    public void ReadToEnd()
    {
        while (!_ended)
        {
            ReadFrame();
        }
    }

    /// <inheritdoc/>
    public override void Flush()
    {
        // Frames go out when they are full, and with the end.
    }

    /// <inheritdoc/>
    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void SetLength(long value) => throw new NotSupportedException();

    // A frame is the last one exactly when nothing follows it: one byte is read ahead.
    private void ReadFrame()
    {
        var frame = new byte[SealedFile.FrameSize + Papo.Protocol.FileKey.TagSize];
        var begun = 0;
        if (_ahead >= 0)
        {
            frame[0] = (byte)_ahead;
            begun = 1;
        }

        var length = begun + _file.ReadAtLeast(frame.AsSpan(begun), frame.Length - begun, throwOnEndOfStream: false);
        _ahead = length == frame.Length ? _file.ReadByte() : -1;
        _ended = _ahead < 0;
        _buffer = _frames.OpenNext(frame.AsSpan(0, length), _ended) ?? throw new ProfileException(ProfileProblem.BadBackup, _path, "a part of it is damaged or missing");
        (_position, _length) = (0, _buffer.Length);
    }
}
