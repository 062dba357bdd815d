// A synthetic test image: edges, a gradient, texture and letters. It has no licence to mind.

using SkiaSharp;

namespace Nsc.Bench.Images;

public static class TestScene
{
    private const int Width = 192, Height = 144;

    // Letters on a grid of five by seven, a row of five bits each.
    private static readonly byte[][] s_letters =
    [
        [0b10001, 0b11001, 0b10101, 0b10011, 0b10001, 0b10001, 0b10001], // N
        [0b01111, 0b10000, 0b10000, 0b01110, 0b00001, 0b00001, 0b11110], // S
        [0b01110, 0b10001, 0b10000, 0b10000, 0b10000, 0b10001, 0b01110], // C
    ];

    /// <summary>Draws it; the same pixels each time.</summary>
    public static Picture Draw()
    {
        using var bitmap = new SKBitmap(new SKImageInfo(Width, Height, SKColorType.Rgba8888, SKAlphaType.Opaque));
        using var canvas = new SKCanvas(bitmap);
        using var paint = new SKPaint { IsAntialias = true };
        DrawSky(canvas, paint);
        DrawHouse(canvas, paint);
        DrawLetters(canvas, paint);
        canvas.Flush();
        Picture picture = Picture.Of(bitmap);
        Roughen(picture);
        return picture;
    }

    private static void DrawSky(SKCanvas canvas, SKPaint paint)
    {
        for (int y = 0; y < Height; y++)
        {
            float t = (float)y / Height;
            paint.Color = new SKColor((byte)(70 + (150 * t)), (byte)(120 + (90 * t)), (byte)(220 - (40 * t)));
            canvas.DrawRect(0, y, Width, 1, paint);
        }

        paint.Color = new SKColor(255, 220, 90);
        canvas.DrawCircle(150, 34, 18, paint);
        paint.Color = new SKColor(60, 130, 60);
        using var builder = new SKPathBuilder();
        builder.MoveTo(0, 112);
        builder.CubicTo(50, 84, 110, 128, Width, 96);
        builder.LineTo(Width, Height);
        builder.LineTo(0, Height);
        builder.Close();
        using SKPath hill = builder.Detach();
        canvas.DrawPath(hill, paint);
    }

    private static void DrawHouse(SKCanvas canvas, SKPaint paint)
    {
        paint.Color = new SKColor(200, 170, 140);
        canvas.DrawRect(28, 70, 60, 46, paint);
        paint.Color = new SKColor(150, 50, 40);
        using var builder = new SKPathBuilder();
        builder.MoveTo(20, 70);
        builder.LineTo(58, 40);
        builder.LineTo(96, 70);
        builder.Close();
        using SKPath roof = builder.Detach();
        canvas.DrawPath(roof, paint);
        paint.Color = new SKColor(40, 40, 60);
        canvas.DrawRect(38, 82, 14, 14, paint);
        canvas.DrawRect(64, 82, 14, 34, paint);
    }

    private static void DrawLetters(SKCanvas canvas, SKPaint paint)
    {
        paint.Color = SKColors.White;
        for (int letter = 0; letter < s_letters.Length; letter++)
        {
            for (int cell = 0; cell < 35; cell++)
            {
                if ((s_letters[letter][cell / 5] >> (4 - (cell % 5)) & 1) == 1)
                {
                    canvas.DrawRect(112 + (letter * 24) + (cell % 5 * 4), 108 + (cell / 5 * 4), 4, 4, paint);
                }
            }
        }
    }

    // Grass: the lower part gets a grain.
    private static void Roughen(Picture picture)
    {
        for (int i = Width * 100 * 3; i < picture.Values.Length; i++)
        {
            int pixel = i / 3, x = pixel % Width, y = pixel / Width;
            picture.Values[i] = Math.Clamp(picture.Values[i] + (0.08 * Math.Sin(1.7 * x) * Math.Sin((2.3 * y) + (0.9 * x))), 0, 1);
        }
    }
}
