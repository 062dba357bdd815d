// Predicts the error after fine-tuning in closed form: kernel ridge regression with the neural tangent kernel of the emitted net. It is
// differentiable, so that a hypernetwork can learn to emit nets that fine-tune well.

using Nsc.Training.HyperNetworks;
using TorchSharp;
using static TorchSharp.torch;

namespace Nsc.Training.Objectives;

/// <summary>
/// Fine-tuning in the linear regime: kernel ridge regression of a net's errors by its tangent kernel, whose entries are inner products of
/// the output's gradients by all weights (Jacot, Gabriel and Hongler, "Neural Tangent Kernel", 2018). It is also what one step of
/// Levenberg and Marquardt's method does to a linear net.
/// </summary>
internal static class TangentFineTuning
{
    // The ridge, as a share of the kernel's mean diagonal element.
    private const double Damping = 1e-2;

    /// <summary>The samples are split into this number of parts; the last is held out.</summary>
    private const int Parts = 4;

    /// <summary>
    /// The NMSE (V) of V nets on the last quarter of their samples, after fine-tuning on the others.
    /// </summary>
    /// <param name="pass">The nets' pass over all samples, from <see cref="EmittedNets.Run"/>.</param>
    /// <param name="inputs">(V, S, I), as they were passed.</param>
    /// <param name="targets">(V, S), standardised.</param>
    public static Tensor Nmse(NetPass pass, Tensor inputs, Tensor targets)
    {
        long samples = targets.shape[1], trained = Trained(samples), others = samples - trained;
        Tensor kernel = Kernel(pass, inputs, trained);
        Tensor errors = targets.Minus(pass.Outputs);
        Tensor onTrained = kernel.narrow(1, 0, trained);
        Tensor ridge = onTrained.diagonal(0, 1, 2).mean([1L], keepdim: true).unsqueeze(2).Times(Damping);
        Tensor multipliers = linalg.solve(onTrained.Plus(eye(trained) * ridge), errors.narrow(1, 0, trained).unsqueeze(2));
        Tensor moved = bmm(kernel.narrow(1, trained, others), multipliers).squeeze(2);
        return errors.narrow(1, trained, others).Minus(moved).Squared().mean([1L]);
    }

    /// <summary>How many of the samples are trained on.</summary>
    public static long Trained(long samples) => samples - (samples / Parts);

    // (V, S, trained): all samples with the first ones. The gradient by a layer's weights is the outer product of what comes into the layer, with a 1
    // for the bias, and of the output's slopes by its sums, so that the inner product of two gradients is a product of two inner products.
    private static Tensor Kernel(NetPass pass, Tensor inputs, long trained)
    {
        Tensor one = ones([inputs.shape[0], inputs.shape[1], 1]);
        Tensor[] slopes = pass.Slopes();
        Tensor kernel = Products(cat([slopes.Length == 0 ? inputs : pass.Hidden[^1], one], 2));
        for (int l = slopes.Length - 1; l >= 0; l--)
        {
            kernel = kernel.PlusProduct(Products(slopes[l]), Products(cat([l == 0 ? inputs : pass.Hidden[l - 1], one], 2)));
        }

        return kernel;

        Tensor Products(Tensor rows) => bmm(rows, rows.narrow(1, 0, trained).transpose(1, 2));
    }
}
