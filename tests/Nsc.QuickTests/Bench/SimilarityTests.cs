// SSIM and RMSE of pictures that are small enough to work out by hand.

using Nsc.Bench.Images;

namespace Nsc.Tests.Bench;

public class SimilarityTests
{
    // With C1 = (0.01)^2 and C2 = (0.03)^2 for values from 0 to 1, as in the paper.
    private const double C1 = 0.0001, C2 = 0.0009;

    [Theory]
    [InlineData(0, 0.02, 0.2)] // C1 / (0.0004 + C1)
    [InlineData(0.5, 0.5, 1)]
    [InlineData(0.1, 0.2, 0.0401 / 0.0501)]
    public void Of_even_pictures_the_brightness_alone_decides(double one, double other, double expected) =>
        Assert.Equal(expected, Similarity.Structural(Grey(8, 8, (_, _) => one), Grey(8, 8, (_, _) => other)), 1e-9);

    [Theory]
    [InlineData(0, 0.5)] // C2 / (0.0009 + C2)
    [InlineData(0.03, 1)]
    [InlineData(-0.03, -1.0 / 3)] // (-0.0018 + C2) / (0.0018 + C2)
    [InlineData(0.06, 0.0045 / 0.0054)] // (2 * 0.0018 + C2) / (0.0009 + 0.0036 + C2)
    public void Of_equally_bright_pictures_contrast_and_structure_decide(double contrast, double expected) =>
        Assert.Equal(expected, Similarity.Structural(Board(0.03), Board(contrast)), 1e-9);

    [Theory]
    [InlineData(9, 8)]
    [InlineData(8, 9)]
    public void The_similarity_is_the_mean_over_all_windows(int width, int height)
    {
        // Black, and black with a white edge that is in the second window only: of its 64 pixels 8 are white.
        Picture black = Picture.Blank(width, height), edged = Grey(width, height, (x, y) => x == 8 || y == 8 ? 1 : 0);
        double second = C1 / ((1.0 / 64) + C1) * (C2 / ((7.0 / 64) + C2));
        Assert.Equal((1 + second) / 2, Similarity.Structural(black, edged), 1e-9);
    }

    [Fact]
    public void The_similarity_is_of_the_brightness()
    {
        // Rec. 601: 0.299 red, 0.587 green, 0.114 blue.
        Picture red = Coloured(1, 0, 0), green = Coloured(0, 1, 0), blue = Coloured(0, 0, 1);
        Assert.Equal((0.299, 0.587, 0.114), (red.Grey(3, 4), green.Grey(3, 4), blue.Grey(3, 4)));
        Assert.Equal(((2 * 0.299 * 0.587) + C1) / ((0.299 * 0.299) + (0.587 * 0.587) + C1), Similarity.Structural(red, green), 1e-9);
    }

    [Fact]
    public void The_root_mean_square_is_over_all_values()
    {
        var picture = new Picture(2, 1, [0, 0.5, 1, 0.25, 0.25, 0.25]);
        Assert.Equal(0, Similarity.RootMeanSquare(picture, picture));
        Assert.Equal(Math.Sqrt((0.09 + 0.16) / 6), Similarity.RootMeanSquare(picture, picture with { Values = [0.3, 0.5, 1, 0.25, 0.25, 0.65] }), 1e-12);
    }

    [Fact]
    public void Outside_a_picture_the_nearest_pixel_goes_on()
    {
        Picture picture = Grey(3, 2, (x, y) => (x / 10.0) + (y / 2.0));
        Assert.Equal(picture.Grey(0, 0), picture.Grey(-5, -1));
        Assert.Equal(picture.Grey(2, 1), picture.Grey(3, 2));
        Assert.Equal(0.7, picture.Grey(9, 9), 1e-12);
        Assert.Equal(0.1, picture.Grey(1, -1), 1e-12);
    }

    private static Picture Board(double contrast) => Grey(8, 8, (x, y) => 0.5 + ((x + y) % 2 == 0 ? contrast : -contrast));

    private static Picture Coloured(double red, double green, double blue) => new(8, 8, [.. Enumerable.Repeat((double[])[red, green, blue], 64).SelectMany(c => c)]);

    private static Picture Grey(int width, int height, Func<int, int, double> at) =>
        new(width, height, [.. Enumerable.Range(0, width * height).SelectMany(i => Enumerable.Repeat(at(i % width, i / width), 3))]);
}
