// The encoding of Protocol Buffers, by the examples of its specification and at the ends of a byte.

using Nsc.Export;
using Nsc.Export.Writing;

namespace Nsc.Tests.Export;

public class ProtobufWriterTests
{
    [Theory]
    [InlineData(0, new byte[] { 0x08, 0x00 })]
    [InlineData(127, new byte[] { 0x08, 0x7F })]
    [InlineData(128, new byte[] { 0x08, 0x80, 0x01 })]
    [InlineData(150, new byte[] { 0x08, 0x96, 0x01 })]
    [InlineData(-1, new byte[] { 0x08, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0x01 })]
    public void A_number_is_a_varint(long value, byte[] expected) => Assert.Equal(expected, new ProtobufWriter().Number(1, value).ToArray());

    [Fact]
    public void A_text_or_a_message_has_its_length_before_it()
    {
        Assert.Equal((byte[])[0x12, 0x07, .. "testing"u8], new ProtobufWriter().Text(2, "testing").ToArray());
        Assert.Equal((byte[])[0x1A, 0x03, 0x08, 0x96, 0x01], new ProtobufWriter().Message(3, new ProtobufWriter().Number(1, 150)).ToArray());
    }
}
