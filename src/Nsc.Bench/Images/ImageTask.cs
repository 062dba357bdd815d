// Whole-image applications of a kernel, which the program or its surrogate computes.

using Nsc.Core.Programs;

namespace Nsc.Bench.Images;

/// <summary>Evaluates a kernel on many rows of inputs: (rows, inputs) to (rows).</summary>
public delegate double[] Kernel(double[] inputs);

/// <summary>A task on images.</summary>
/// <param name="Name">For people.</param>
/// <param name="Function">The kernel's name in its C file.</param>
/// <param name="Inputs">How many inputs the kernel has. It has one output.</param>
/// <param name="Apply">Makes the image.</param>
public sealed record ImageTask(string Name, string Function, int Inputs, Func<Picture, Kernel, Picture> Apply)
{
    private const int Colours = 6, Rounds = 6;

    public static readonly ImageTask[] All = [new("edges", "sobel", 9, Edges), new("colours", "colour_distance", 6, Quantised)];

    /// <summary>Whether a program is this task's kernel.</summary>
    public bool IsKernel(ProgramSignature program) =>
        program.Function == Function && program.Inputs.Length == Inputs && program.Outputs.Length == 1;

    // The kernel looks at a pixel and its eight neighbours.
    private static Picture Edges(Picture picture, Kernel kernel)
    {
        var windows = new double[picture.Width * picture.Height * 9];
        for (int i = 0; i < windows.Length; i++)
        {
            int pixel = i / 9, x = pixel % picture.Width, y = pixel / picture.Width;
            windows[i] = picture.Grey(x + (i % 3) - 1, y + (i / 3 % 3) - 1);
        }

        double[] edges = kernel(windows);
        return picture with { Values = [.. Enumerable.Range(0, picture.Values.Length).Select(i => Math.Clamp(edges[i / 3], 0, 1))] };
    }

    // Lloyd's algorithm; the kernel is the distance between a pixel's colour and a centre's.
    private static Picture Quantised(Picture picture, Kernel kernel)
    {
        int pixels = picture.Width * picture.Height;
        double[][] centres = FirstCentres(picture);
        var nearest = new int[pixels];
        for (int round = 0; round < Rounds; round++)
        {
            nearest = Nearest(picture, centres, kernel);
            for (int k = 0; k < Colours; k++)
            {
                int[] members = [.. Enumerable.Range(0, pixels).Where(p => nearest[p] == k)];
                if (members.Length > 0)
                {
                    centres[k] = [.. Enumerable.Range(0, 3).Select(c => members.Average(p => picture.Values[(p * 3) + c]))];
                }
            }
        }

        return picture with { Values = [.. Enumerable.Range(0, pixels * 3).Select(i => centres[nearest[i / 3]][i % 3])] };
    }

    // The colours of pixels at even steps of brightness.
    private static double[][] FirstCentres(Picture picture)
    {
        int pixels = picture.Width * picture.Height;
        int[] byBrightness = [.. Enumerable.Range(0, pixels).OrderBy(p => picture.Grey(p % picture.Width, p / picture.Width))];
        return [.. Enumerable.Range(0, Colours).Select(k => byBrightness[((2 * k) + 1) * pixels / (2 * Colours)])
            .Select(p => picture.Values.AsSpan(p * 3, 3).ToArray())];
    }

    private static int[] Nearest(Picture picture, double[][] centres, Kernel kernel)
    {
        int pixels = picture.Width * picture.Height;
        var pairs = new double[pixels * Colours * 6];
        for (int i = 0; i < pixels * Colours; i++)
        {
            picture.Values.AsSpan(i / Colours * 3, 3).CopyTo(pairs.AsSpan(i * 6));
            centres[i % Colours].CopyTo(pairs.AsSpan((i * 6) + 3));
        }

        double[] distances = kernel(pairs);
        return [.. Enumerable.Range(0, pixels).Select(p => Enumerable.Range(0, Colours).MinBy(k => distances[(p * Colours) + k]))];
    }
}
