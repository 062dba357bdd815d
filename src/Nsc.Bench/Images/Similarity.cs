// How alike two images are.

namespace Nsc.Bench.Images;

public static class Similarity
{
    private const int Window = 8;

    // The constants of the paper, for values from 0 to 1.
    private const double C1 = 0.01 * 0.01, C2 = 0.03 * 0.03;

    /// <summary>
    /// The structural similarity (Wang, Bovik, Sheikh and Simoncelli, 2004) of the brightness, the mean over all windows of eight by eight:
    /// 1 for equal images.
    /// </summary>
    public static double Structural(Picture a, Picture b)
    {
        double sum = 0;
        int count = 0;
        for (int y = 0; y + Window <= a.Height; y++)
        {
            for (int x = 0; x + Window <= a.Width; x++, count++)
            {
                sum += OfWindow(a, b, x, y);
            }
        }

        return sum / count;
    }

    /// <summary>The root mean square difference of all values, which go from 0 to 1.</summary>
    public static double RootMeanSquare(Picture a, Picture b) => Math.Sqrt(a.Values.Zip(b.Values, (x, y) => (x - y) * (x - y)).Average());

    private static double OfWindow(Picture a, Picture b, int left, int top)
    {
        const double Count = Window * Window;
        double sa = 0, sb = 0, saa = 0, sbb = 0, sab = 0;
        for (int i = 0; i < Window * Window; i++)
        {
            double va = a.Grey(left + (i % Window), top + (i / Window)), vb = b.Grey(left + (i % Window), top + (i / Window));
            (sa, sb, saa, sbb, sab) = (sa + va, sb + vb, saa + (va * va), sbb + (vb * vb), sab + (va * vb));
        }

        double ma = sa / Count, mb = sb / Count, variance = (saa / Count) - (ma * ma) + (sbb / Count) - (mb * mb), covariance = (sab / Count) - (ma * mb);
        return ((2 * ma * mb) + C1) * ((2 * covariance) + C2) / (((ma * ma) + (mb * mb) + C1) * (variance + C2));
    }
}
