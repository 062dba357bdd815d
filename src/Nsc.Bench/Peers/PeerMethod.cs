// The peers that there are. A new one is a row here and a program in scripts/peers.

using System.Collections.Immutable;

namespace Nsc.Bench.Peers;

/// <summary>A method that somebody would take in place of nsc.</summary>
/// <param name="Name">A word for options and tables.</param>
/// <param name="Meaning">Whose it is and what it does.</param>
/// <param name="Program">Its file in the folder of peers.</param>
/// <param name="Arguments">What the program is told beside the problems.</param>
public sealed record PeerMethod(string Name, string Meaning, string Program, params ImmutableArray<string> Arguments)
{
    /// <summary>Whether it trains a net of our topology, step by step; otherwise it is a regressor with a form of its own.</summary>
    public bool IsNet { get; init; }

    /// <summary>Whether one of its steps is a pass over all samples, forwards and backwards.</summary>
    public bool HasPlainSteps { get; init; }

    public static ImmutableArray<PeerMethod> All { get; } =
    [
        new("gp-rbf", "scikit-learn, Gaussian process with a squared exponential kernel", "sklearn_regressors.py", "rbf"),
        new("gp-matern", "scikit-learn, Gaussian process with a Matern 5/2 kernel", "sklearn_regressors.py", "matern"),
        new("kriging", "OpenTURNS, kriging with a squared exponential kernel and a linear trend", "openturns_regressors.py", "kriging"),
        new("chaos", "OpenTURNS, sparse polynomial chaos", "openturns_regressors.py", "chaos"),
        new("extra-trees", "scikit-learn, extremely randomised trees", "sklearn_regressors.py", "trees"),
        new("boosting", "scikit-learn, gradient boosted trees", "sklearn_regressors.py", "boosting"),
        new("pytorch", "PyTorch, our net by Adam", "torch_adam.py") { IsNet = true, HasPlainSteps = true },
        new("mlp-adam", "scikit-learn, our net by Adam", "sklearn_mlp.py", "adam") { IsNet = true, HasPlainSteps = true },
        new("mlp-lbfgs", "scikit-learn, our net by L-BFGS", "sklearn_mlp.py", "lbfgs") { IsNet = true },
        new("fann", "FANN, our net by RPROP", "fann_rprop.c") { IsNet = true, HasPlainSteps = true },
    ];
}
