// Images in the file of --resume: as PNG, which is what the reports and folders that they are for hold too.

using System.Text.Json;
using System.Text.Json.Serialization;
using Nsc.Bench.Images;

namespace Nsc.Cli.Data;

internal sealed class PictureJson : JsonConverter<Picture>
{
    public override Picture Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType != JsonTokenType.String || !reader.TryGetBytesFromBase64(out byte[]? png))
        {
            throw new JsonException("an image is not in base 64");
        }

        try
        {
            return Picture.Read(png);
        }
        catch (InvalidDataException damage)
        {
            throw new JsonException(damage.Message, damage);
        }
    }

    public override void Write(Utf8JsonWriter writer, Picture value, JsonSerializerOptions options) => writer.WriteBase64StringValue(value.ToPng());
}
