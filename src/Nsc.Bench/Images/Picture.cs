// An image as numbers, and as a PNG file.

using SkiaSharp;

namespace Nsc.Bench.Images;

/// <summary>An image.</summary>
/// <param name="Values">(Height, Width, 3) red, green and blue from 0 to 1.</param>
public sealed record Picture(int Width, int Height, double[] Values)
{
    /// <summary>The most pixels that are read.</summary>
    private const int MostPixels = 4_000_000;

    public static Picture Blank(int width, int height) => new(width, height, new double[width * height * 3]);

    /// <summary>The brightness of a pixel; outside the image, that of the nearest one inside.</summary>
    public double Grey(int x, int y)
    {
        int at = ((Math.Clamp(y, 0, Height - 1) * Width) + Math.Clamp(x, 0, Width - 1)) * 3;
        return (0.299 * Values[at]) + (0.587 * Values[at + 1]) + (0.114 * Values[at + 2]);
    }

    /// <summary>Reads a PNG; throws <see cref="InvalidDataException"/> for what is none, or too large.</summary>
    public static Picture Read(byte[] png)
    {
        using var data = SKData.CreateCopy(png);
        using SKCodec? codec = SKCodec.Create(data);
        if (codec is null || codec.EncodedFormat != SKEncodedImageFormat.Png)
        {
            throw new InvalidDataException("not a PNG image");
        }

        if ((long)codec.Info.Width * codec.Info.Height is 0 or > MostPixels)
        {
            throw new InvalidDataException($"the image has {codec.Info.Width} by {codec.Info.Height} pixels; at most {MostPixels:N0} are read");
        }

        using var bitmap = new SKBitmap(new SKImageInfo(codec.Info.Width, codec.Info.Height, SKColorType.Rgba8888, SKAlphaType.Unpremul));
        return codec.GetPixels(bitmap.Info, bitmap.GetPixels()) == SKCodecResult.Success ? Of(bitmap) : throw new InvalidDataException("the image is damaged");
    }

    /// <summary>The image as a PNG file.</summary>
    public byte[] ToPng()
    {
        using var bitmap = new SKBitmap(new SKImageInfo(Width, Height, SKColorType.Rgba8888, SKAlphaType.Opaque));
        Span<byte> bytes = bitmap.GetPixelSpan();
        for (int i = 0; i < Width * Height; i++)
        {
            for (int c = 0; c < 3; c++)
            {
                bytes[(i * 4) + c] = (byte)Math.Round(255 * Math.Clamp(Values[(i * 3) + c], 0, 1));
            }

            bytes[(i * 4) + 3] = 255;
        }

        using SKData data = bitmap.Encode(SKEncodedImageFormat.Png, 100);
        return data.ToArray();
    }

    internal static Picture Of(SKBitmap bitmap)
    {
        Picture picture = Blank(bitmap.Width, bitmap.Height);
        ReadOnlySpan<byte> bytes = bitmap.GetPixelSpan();
        for (int i = 0; i < picture.Values.Length; i++)
        {
            picture.Values[i] = bytes[(i / 3 * 4) + (i % 3)] / 255.0;
        }

        return picture;
    }
}
