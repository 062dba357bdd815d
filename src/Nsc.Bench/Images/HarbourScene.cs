// Another synthetic image, to take a profile of inputs from: no shape, colour or texture of the test scene.

using SkiaSharp;

namespace Nsc.Bench.Images;

public static class HarbourScene
{
    private const int Width = 208, Height = 152, Horizon = 88;

    /// <summary>Draws it; the same pixels each time.</summary>
    public static Picture Draw()
    {
        using var bitmap = new SKBitmap(new SKImageInfo(Width, Height, SKColorType.Rgba8888, SKAlphaType.Opaque));
        using var canvas = new SKCanvas(bitmap);
        using var paint = new SKPaint { IsAntialias = true };
        DrawBackground(canvas, paint);
        DrawLighthouse(canvas, paint);
        DrawBoat(canvas, paint);
        canvas.Flush();
        Picture picture = Picture.Of(bitmap);
        Ripple(picture);
        return picture;
    }

    // Dusk over a sea, and a moon.
    private static void DrawBackground(SKCanvas canvas, SKPaint paint)
    {
        for (int x = 0; x < Width; x++)
        {
            float t = (float)x / Width;
            paint.Color = new SKColor((byte)(40 + (170 * t)), (byte)(30 + (90 * t)), (byte)(90 + (30 * t)));
            canvas.DrawRect(x, 0, 1, Horizon, paint);
        }

        paint.Color = new SKColor(20, 60, 90);
        canvas.DrawRect(0, Horizon, Width, Height - Horizon, paint);
        paint.Color = new SKColor(240, 235, 210);
        canvas.DrawOval(44, 30, 14, 13, paint);
    }

    private static void DrawLighthouse(SKCanvas canvas, SKPaint paint)
    {
        for (int stripe = 0; stripe < 6; stripe++)
        {
            paint.Color = stripe % 2 == 0 ? new SKColor(220, 220, 215) : new SKColor(180, 40, 35);
            using var builder = new SKPathBuilder();
            float top = 22 + (stripe * 12), wide = 7 + stripe;
            builder.MoveTo(160 - wide, top);
            builder.LineTo(160 + wide, top);
            builder.LineTo(161 + wide, top + 12);
            builder.LineTo(159 - wide, top + 12);
            builder.Close();
            using SKPath part = builder.Detach();
            canvas.DrawPath(part, paint);
        }

        paint.Color = new SKColor(255, 240, 150);
        canvas.DrawRect(154, 12, 12, 10, paint);
    }

    private static void DrawBoat(SKCanvas canvas, SKPaint paint)
    {
        (SKColor Colour, float[] Corners)[] parts =
        [
            (new SKColor(90, 55, 30), [30, 112, 104, 112, 92, 128, 42, 128]),
            (new SKColor(235, 225, 200), [64, 58, 64, 108, 100, 108]),
            (new SKColor(150, 150, 165), [60, 66, 60, 108, 34, 108]),
        ];
        foreach ((SKColor colour, float[] corners) in parts)
        {
            paint.Color = colour;
            using var builder = new SKPathBuilder();
            builder.MoveTo(corners[0], corners[1]);
            for (int i = 2; i < corners.Length; i += 2)
            {
                builder.LineTo(corners[i], corners[i + 1]);
            }

            builder.Close();
            using SKPath part = builder.Detach();
            canvas.DrawPath(part, paint);
        }
    }

    // The sea gets waves that cross each other, the longer the nearer; the sky gets clouds.
    private static void Ripple(Picture picture)
    {
        for (int i = 0; i < picture.Values.Length; i++)
        {
            int pixel = i / 3, x = pixel % Width, y = pixel / Width;
            double near = (double)(y - Horizon) / (Height - Horizon), wave = y / (0.6 + (2 * near));
            double change = y < Horizon
                ? 0.04 * Math.Sin((0.11 * x) + (0.05 * y)) * Math.Sin((0.21 * y) - (0.04 * x))
                : (0.03 + (0.05 * near)) * (Math.Sin(wave + (0.7 * x)) + Math.Sin(wave - (0.4 * x)));
            picture.Values[i] = Math.Clamp(picture.Values[i] + change, 0, 1);
        }
    }
}
