using Nsc.Bench.Images;

namespace Nsc.Tests.Bench;

public class ImagesTests
{
    [Fact]
    public void A_picture_survives_its_png()
    {
        Picture scene = TestScene.Draw(), read = Picture.Read(scene.ToPng());
        Assert.Equal((scene.Width, scene.Height), (read.Width, read.Height));
        Assert.True(Similarity.RootMeanSquare(scene, read) < 0.5 / 255);
        Assert.Equal(scene.ToPng(), TestScene.Draw().ToPng());
    }

    [Fact]
    public void What_is_no_png_is_refused()
    {
        byte[] png = TestScene.Draw().ToPng();
        Assert.Throws<InvalidDataException>(() => Picture.Read([]));
        Assert.Throws<InvalidDataException>(() => Picture.Read("GIF89a"u8.ToArray()));
        Assert.Throws<InvalidDataException>(() => Picture.Read(png[..(png.Length / 2)]));
    }

    [Fact]
    public void Equal_pictures_are_alike_and_a_darker_or_a_scrambled_one_is_less()
    {
        Picture scene = TestScene.Draw();
        Picture darker = scene with { Values = [.. scene.Values.Select(v => 0.8 * v)] };
        double[] values = [.. scene.Values];
        new Random(1).Shuffle(values);
        Picture scrambled = scene with { Values = values };
        Assert.Equal(1, Similarity.Structural(scene, scene), 1e-9);
        Assert.InRange(Similarity.Structural(scene, darker), Similarity.Structural(scene, scrambled) + 0.1, 0.99);
    }

    [Fact]
    public void Edges_are_where_the_brightness_changes()
    {
        // Black on the left, white on the right.
        Picture half = Picture.Blank(8, 8);
        half = half with { Values = [.. half.Values.Select((_, i) => i / 3 % 8 < 4 ? 0.0 : 1.0)] };
        Picture edges = ImageTask.All.Single(t => t.Function == "sobel").Apply(half, windows =>
            [.. windows.Chunk(9).Select(w => Math.Abs(w[2] + (2 * w[5]) + w[8] - w[0] - (2 * w[3]) - w[6]))]);
        Assert.All(Enumerable.Range(0, 8), x => Assert.Equal(x is 3 or 4 ? 1 : 0, edges.Grey(x, 4), 1e-9));
    }

    [Fact]
    public void Quantisation_leaves_as_many_colours_as_there_are_centres()
    {
        Picture quantised = ImageTask.All.Single(t => t.Function == "colour_distance").Apply(TestScene.Draw(), pairs =>
            [.. pairs.Chunk(6).Select(p => Math.Sqrt(Enumerable.Range(0, 3).Sum(c => (p[c] - p[c + 3]) * (p[c] - p[c + 3]))))]);
        Assert.InRange(quantised.Values.Chunk(3).Select(c => (c[0], c[1], c[2])).Distinct().Count(), 2, 6);
        Assert.True(Similarity.Structural(TestScene.Draw(), quantised) > 0.5);
    }
}
