// A stream whose beginning can be looked at before it is read, for what comes through a pipe: how it is packed, encoded and separated shows there.

namespace Nsc.CommandLine.Data;

/// <summary>Reads another stream, which it owns.</summary>
internal sealed class PeekableStream(Stream inner) : Stream
{
    private byte[] _head = [];
    private int _at;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <summary>The first bytes, fewer where the stream is shorter; before anything is read.</summary>
    public ReadOnlySpan<byte> Peek(int count)
    {
        if (_head.Length == 0)
        {
            byte[] head = new byte[count];
            _head = head[..inner.ReadAtLeast(head, count, throwOnEndOfStream: false)];
        }

        return _head;
    }

    public override int Read(Span<byte> buffer)
    {
        if (_at == _head.Length)
        {
            return inner.Read(buffer);
        }

        int count = Math.Min(buffer.Length, _head.Length - _at);
        _head.AsSpan(_at, count).CopyTo(buffer);
        _at += count;
        return count;
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            inner.Dispose();
        }

        base.Dispose(disposing);
    }
}
