// The container format: valid safetensors to other programs, and no damage unseen.

using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using Nsc.Core.Surrogates;

namespace Nsc.Tests.Core.Surrogates;

public class TensorContainerTests
{
    private static readonly TensorContainer Sample = new(
        [new Tensor("a", [2, 3], [1, -2.5f, 0, float.NaN, float.PositiveInfinity, 1e-40f]), new Tensor("scalar", [], [42])],
        ImmutableSortedDictionary<string, string>.Empty.Add("z", "quote \" backslash \\ newline \n").Add("a", "\u00e9\U0001F600\0"));

    [Fact]
    public void A_container_comes_back_as_it_was()
    {
        TensorContainer back = TensorContainer.Read(BytesOf(Sample));

        Assert.Equal(Sample.Metadata, back.Metadata);
        Assert.Equal(Sample.Tensors.Select(t => t.Name), back.Tensors.Select(t => t.Name));
        Assert.Equal([2, 3], back.Find("a")!.Shape);
        Assert.Equal(Sample.Tensors[0].Values, back.Find("a")!.Values);
        Assert.Equal([42f], back.Find("scalar")!.Values);
        Assert.Null(back.Find("b"));
    }

    [Fact]
    public void An_empty_container_comes_back_empty()
    {
        TensorContainer back = TensorContainer.Read(BytesOf(new TensorContainer([], ImmutableSortedDictionary<string, string>.Empty)));

        Assert.Empty(back.Tensors);
        Assert.Empty(back.Metadata);
    }

    [Fact]
    public void The_bytes_are_laid_out_as_the_safetensors_specification_says()
    {
        byte[] file = BytesOf(Sample);

        int headerLength = (int)BinaryPrimitives.ReadUInt64LittleEndian(file);
        Assert.Equal(0, headerLength % 8);
        using JsonDocument header = JsonDocument.Parse(file.AsMemory(8, headerLength));
        Assert.Equal((byte)'{', file[8]);
        Assert.All(header.RootElement.GetProperty("__metadata__").EnumerateObject(), e => Assert.Equal(JsonValueKind.String, e.Value.ValueKind));
        JsonElement tensor = header.RootElement.GetProperty("a");
        Assert.Equal("F32", tensor.GetProperty("dtype").GetString());
        Assert.Equal("[2,3]", tensor.GetProperty("shape").GetRawText());
        Assert.Equal("[0,24]", tensor.GetProperty("data_offsets").GetRawText());
        Assert.Equal("[24,28]", header.RootElement.GetProperty("scalar").GetProperty("data_offsets").GetRawText());
        Assert.Equal(-2.5f, BinaryPrimitives.ReadSingleLittleEndian(file.AsSpan(8 + headerLength + 4)));
        Assert.Equal(42f, BinaryPrimitives.ReadSingleLittleEndian(file.AsSpan(8 + headerLength + 24)));
        Assert.Equal(8 + headerLength + 28, file.Length);
    }

    [Fact]
    public void The_same_content_gives_the_same_bytes_whatever_the_metadata_comparer()
    {
        TensorContainer backwards = Sample with
        {
            Metadata = Sample.Metadata.WithComparers(Comparer<string>.Create((x, y) => string.CompareOrdinal(y, x))),
        };

        Assert.Equal(BytesOf(Sample), BytesOf(backwards));
    }

    [Fact]
    public void A_changed_byte_is_refused_wherever_it_is()
    {
        byte[] file = BytesOf(SurrogateFile.ToContainer(SampleSurrogates.Create(new Topology(3, [8, 4], 2))));
        var random = new Random(2024);
        for (int i = 0; i < 1000; i++)
        {
            byte[] damaged = [.. file];
            int position = random.Next(file.Length);
            damaged[position] ^= (byte)random.Next(1, 256);
            AssertRefused(damaged, $"byte {position} changed to {damaged[position]}");
        }
    }

    [Fact]
    public void Every_single_bit_of_a_small_file_is_covered()
    {
        byte[] file = BytesOf(Sample);
        for (int bit = 0; bit < file.Length * 8; bit++)
        {
            byte[] damaged = [.. file];
            damaged[bit / 8] ^= (byte)(1 << (bit % 8));
            AssertRefused(damaged, $"bit {bit} flipped");
        }
    }

    [Fact]
    public void A_file_cut_short_or_extended_is_refused()
    {
        byte[] file = BytesOf(SurrogateFile.ToContainer(SampleSurrogates.Create(new Topology(3, [8, 4], 2))));
        var random = new Random(7);
        for (int i = 0; i < 200; i++)
        {
            int length = random.Next(file.Length);
            AssertRefused(file[..length], $"cut to {length} bytes");
            AssertRefused([.. file, .. new byte[1 + random.Next(16)]], "extended");
        }
    }

    [Theory]
    [InlineData("", "no checksum|not what a safetensors header")]
    [InlineData("{}", "no checksum")]
    [InlineData("[]", "not what a safetensors header")]
    [InlineData("{\"__metadata__\":{}}", "no checksum")]
    [InlineData("{\"__metadata__\":[]}", "not what a safetensors header")]
    [InlineData("{\"__metadata__\":{\"checksum\":null}}", "is null")]
    [InlineData("{\"__metadata__\":{\"checksum\":\"sha256:00\"}}       ", "checksum does not match")]
    [InlineData("{\"__metadata__\":{\"checksum\":\"sha256:00\"}}", "canonical")]
    [InlineData("{ \"__metadata__\":{\"checksum\":\"sha256:00\"}}", "canonical")]
    [InlineData("{\"__metadata__\":{\"checksum\":1}}", "not what a safetensors header")]
    [InlineData("{\"__metadata__\":{\"checksum\":\"\\ud800\"}}", "not what a safetensors header")]
    [InlineData("{\"__metadata__\":{\"checksum\":\"a\",\"checksum\":\"b\"}}", "not what a safetensors header")]
    [InlineData("{\"a\":1}", "not what a safetensors header")]
    [InlineData("{\"a\":{}}", "no dtype")]
    [InlineData("{\"a\":{\"dtype\":\"F64\"}}", "only F32")]
    [InlineData("{\"a\":{\"dtype\":null}}", "only F32")]
    [InlineData("{\"a\":{\"dtype\":\"F32\"}}", "no shape")]
    [InlineData("{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,4]}}", "must start at 0, take 8")]
    [InlineData("{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[4,8]}}", "must start at 0")]
    [InlineData("{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[-4,0]}}", "must start at 0")]
    [InlineData("{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0]}}", "must start at 0")]
    [InlineData("{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4,8]}}", "more than 2")]
    [InlineData("{\"a\":{\"dtype\":\"F32\",\"shape\":[1.5],\"data_offsets\":[0,4]}}", "not a whole number")]
    [InlineData("{\"a\":{\"dtype\":\"F32\",\"shape\":[4294967297],\"data_offsets\":[0,4]}}", "not a whole number")]
    [InlineData("{\"a\":{\"dtype\":\"F32\",\"shape\":[65536,65536],\"data_offsets\":[0,0]}}", "impossible shape")]
    [InlineData("{\"a\":{\"dtype\":\"F32\",\"shape\":[2147483647,2147483647,4],\"data_offsets\":[0,0]}}", "impossible shape")]
    [InlineData("{\"a\":{\"dtype\":\"F32\",\"shape\":[0],\"data_offsets\":[0,0]}}", "impossible shape")]
    [InlineData("{\"a\":{\"dtype\":\"F32\",\"shape\":[-1,-1],\"data_offsets\":[0,4]}}", "impossible shape")]
    [InlineData("{\"a\":{\"dtype\":\"F32\",\"shape\":[1,1,1,1,1,1,1,1,1],\"data_offsets\":[0,4]}}", "more than 8")]
    [InlineData("{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]},\"a\":{}}", "not what a safetensors header")]
    [InlineData("{\"a\":{\"dtype\":\"F32\",\"shape\":[[[[1]]]],\"data_offsets\":[0,4]}}", "not what a safetensors header")]
    [InlineData("{\"a\":{\"dtype\":\"F32\",\"shape\":[536870912],\"data_offsets\":[0,2147483647]}}", "end within 4")]
    public void A_malformed_header_is_refused_with_the_reason(string header, string reasons)
    {
        byte[] text = Encoding.UTF8.GetBytes(header);
        byte[] data = header.Contains("F32", StringComparison.Ordinal) ? new byte[4] : [];
        byte[] file = [.. BitConverter.GetBytes((ulong)text.Length), .. text, .. data];

        var error = Assert.Throws<ContainerException>(() => TensorContainer.Read(file));

        Assert.Contains(reasons.Split('|'), reason => error.Message.Contains(reason, StringComparison.Ordinal));
    }

    [Fact]
    public void Data_that_no_tensor_claims_is_refused()
    {
        byte[] header = Encoding.UTF8.GetBytes("{\"__metadata__\":{\"checksum\":\"\"}}");

        var error = Assert.Throws<ContainerException>(() => TensorContainer.Read([.. BitConverter.GetBytes((ulong)header.Length), .. header, 0, 0, 0, 0]));

        Assert.Contains("end at byte 0", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0UL)]
    [InlineData(1UL)]
    [InlineData(1000UL)]
    [InlineData(1UL << 24)]
    [InlineData(1UL << 40)]
    [InlineData(ulong.MaxValue)]
    public void A_header_length_that_the_file_does_not_have_is_refused(ulong length)
    {
        byte[] file = BytesOf(Sample);
        BinaryPrimitives.WriteUInt64LittleEndian(file, length);

        Assert.Throws<ContainerException>(() => TensorContainer.Read(file));
    }

    [Fact]
    public void What_could_not_be_read_again_is_not_written()
    {
        AssertNotWritten(Sample with { Tensors = [Sample.Tensors[0], Sample.Tensors[0]] }, "two tensors");
        AssertNotWritten(Sample with { Tensors = [new Tensor("", [1], [1])] }, "name");
        AssertNotWritten(Sample with { Tensors = [new Tensor("__metadata__", [1], [1])] }, "name");
        AssertNotWritten(Sample with { Tensors = [new Tensor("a", [2], [1])] }, "asks for 2");
        AssertNotWritten(Sample with { Tensors = [new Tensor("a", [0], [])] }, "impossible shape");
        AssertNotWritten(Sample with { Metadata = Sample.Metadata.Add("checksum", "x") }, "reserved");
        AssertNotWritten(Sample with { Metadata = Sample.Metadata.Add("half", "\ud800") }, "Unicode");
        AssertNotWritten(Sample with { Metadata = Sample.Metadata.Add("long", new string('x', 17 << 20)) }, "header takes");
    }

    [Fact]
    public void As_much_as_the_rules_allow_is_written_and_read_and_no_more()
    {
        ImmutableSortedDictionary<string, string> none = ImmutableSortedDictionary<string, string>.Empty;
        Tensor Named(string name) => new(name, [1], [1]);
        TensorContainer Of(params Tensor[] tensors) => new([.. tensors], none);
        TensorContainer full = Of([.. Enumerable.Range(0, 1 << 14).Select(i => Named($"t{i}"))]);
        Assert.Equal(1 << 14, TensorContainer.Read(BytesOf(full)).Tensors.Length);
        AssertNotWritten(full with { Tensors = full.Tensors.Add(Named("one more")) }, "at most 16384");

        foreach (string name in (string[])["!", "~", new string('n', 256)])
        {
            Assert.Equal(name, TensorContainer.Read(BytesOf(Of(Named(name)))).Tensors[0].Name);
        }

        foreach (string name in (string[])["a b", "a\u007f", "\u00e9", new string('n', 257)])
        {
            AssertNotWritten(Of(Named(name)), "1 to 256 printable");
        }

        Assert.Equal(8, TensorContainer.Read(BytesOf(Of(new Tensor("a", [1, 1, 1, 1, 1, 1, 1, 2], [1, 2])))).Tensors[0].Shape.Length);
        AssertNotWritten(Of(new Tensor("a", [1, 1, 1, 1, 1, 1, 1, 1, 1], [1])), "impossible shape");
        AssertNotWritten(Of(new Tensor("a", [1], [1, 2])), "has 2 values");
        AssertNotWritten(new TensorContainer([], none.Add("k", "\ude00")), "Unicode");
        AssertNotWritten(new TensorContainer([], none.Add("k", "\ud83dx")), "Unicode");
        AssertNotWritten(new TensorContainer([], none.Add("\ud83d", "v")), "Unicode");
        Assert.Equal("x\U0001F600y\U0001F600", TensorContainer.Read(BytesOf(new TensorContainer([], none.Add("k", "x\U0001F600y\U0001F600")))).Metadata["k"]);
    }

    [Fact]
    public void Printable_ASCII_stands_in_a_header_as_it_is_and_all_else_by_its_number()
    {
        byte[] file = BytesOf(new TensorContainer([], ImmutableSortedDictionary<string, string>.Empty.Add(" ~", "a/\u007f\u00e9\t")));
        Assert.Contains("\" ~\":\"a/\\u007f\\u00e9\\u0009\"", Encoding.ASCII.GetString(file), StringComparison.Ordinal);
    }

    [Fact]
    public void A_header_of_too_many_tensors_is_refused()
    {
        IEnumerable<string> tensors = Enumerable.Range(0, (1 << 14) + 1).Select(i => $"\"t{i}\":{{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[{4 * i},{(4 * i) + 4}]}}");
        byte[] header = Encoding.UTF8.GetBytes($"{{{string.Join(',', tensors)}}}");
        byte[] file = [.. BitConverter.GetBytes((ulong)header.Length), .. header, .. new byte[4 * ((1 << 14) + 1)]];
        Assert.Contains("more than 16384 tensors", Assert.Throws<ContainerException>(() => TensorContainer.Read(file)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_header_that_is_longer_than_the_file_or_than_any_is_told_apart()
    {
        byte[] file = BytesOf(Sample);
        string Message(ulong length)
        {
            byte[] damaged = [.. file];
            BinaryPrimitives.WriteUInt64LittleEndian(damaged, length);
            return Assert.Throws<ContainerException>(() => TensorContainer.Read(damaged)).Message;
        }

        Assert.Contains("at most 16777216", Message((16 << 20) + 1), StringComparison.Ordinal);
        Assert.Contains($"{file.Length - 8} are left", Message((ulong)file.Length - 7), StringComparison.Ordinal);
        Assert.Contains("cut short", Message(16 << 20), StringComparison.Ordinal);
    }

    // A header that is longer by one character at a time: padded to a multiple of eight, and never by eight.
    [Fact]
    public void A_header_is_padded_by_at_most_seven_spaces() => Assert.All(Enumerable.Range(1, 16), length =>
    {
        byte[] file = BytesOf(new TensorContainer([], ImmutableSortedDictionary<string, string>.Empty.Add("k", new string('v', length))));
        string header = Encoding.ASCII.GetString(file[8..]);
        Assert.Equal(file.Length - 8, (int)BinaryPrimitives.ReadUInt64LittleEndian(file));
        Assert.Equal(0, header.Length % 8);
        Assert.InRange(header.Length - header.TrimEnd(' ').Length, 0, 7);
    });

    [Fact]
    public void What_is_no_regular_file_is_not_read()
    {
        string folder = Directory.CreateTempSubdirectory("nsc-test-").FullName;
        Assert.Contains("no regular file", Assert.Throws<ContainerException>(() => TensorContainer.ReadBytes(folder)).Message, StringComparison.Ordinal);
        Directory.Delete(folder);
        Assert.Throws<FileNotFoundException>(() => TensorContainer.ReadBytes(folder));
    }

    private static void AssertNotWritten(TensorContainer container, string reason)
    {
        using var stream = new MemoryStream();
        var error = Assert.Throws<ArgumentException>(() => container.Write(stream));
        Assert.Contains(reason, error.Message, StringComparison.Ordinal);
        Assert.Equal(0, stream.Length);
    }

    private static void AssertRefused(byte[] file, string damage)
    {
        Exception? error = Record.Exception(() => TensorContainer.Read(file));
        Assert.True(error is ContainerException { Message.Length: > 0 }, $"{damage}: {error?.ToString() ?? "accepted"}");
    }

    private static byte[] BytesOf(TensorContainer container)
    {
        using var stream = new MemoryStream();
        container.Write(stream);
        return stream.ToArray();
    }
}
