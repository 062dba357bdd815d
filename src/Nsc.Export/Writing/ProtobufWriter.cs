// The part of the Protocol Buffers encoding that an ONNX file needs: varints, strings, bytes and nested messages. Forty lines; a library would
// bring a compiler for onnx.proto and its generated code.

using System.Buffers;
using System.Text;

namespace Nsc.Export.Writing;

internal sealed class ProtobufWriter
{
    private const int Varint = 0, Bytes = 2;
    private readonly ArrayBufferWriter<byte> _bytes = new();

    public ProtobufWriter Number(int field, long value)
    {
        WriteVarint((ulong)((field << 3) | Varint));
        WriteVarint((ulong)value);
        return this;
    }

    public ProtobufWriter Text(int field, string value) => Raw(field, Encoding.UTF8.GetBytes(value));

    public ProtobufWriter Message(int field, ProtobufWriter message) => Raw(field, message.ToArray());

    public ProtobufWriter Raw(int field, ReadOnlySpan<byte> bytes)
    {
        WriteVarint((ulong)((field << 3) | Bytes));
        WriteVarint((ulong)bytes.Length);
        _bytes.Write(bytes);
        return this;
    }

    public byte[] ToArray() => _bytes.WrittenSpan.ToArray();

    private void WriteVarint(ulong value)
    {
        for (; value >= 0x80; value >>= 7)
        {
            _bytes.Write([(byte)(value | 0x80)]);
        }

        _bytes.Write([(byte)value]);
    }
}
