# OpenTURNS: "kriging" with a squared exponential of a length for each input around a linear trend, and "chaos", sparse polynomial chaos by least
# angle regression, whose degree and whose index set are chosen by the corrected leave-one-out error. One thread, seeds fixed.

import math
import sys

from problem import clock, identify, missing, solve

identify("openturns")
try:
    import openturns as ot
except ImportError as error:
    missing(error)

ot.Log.Show(ot.Log.NONE)
ot.TBB.Disable()
FEW = 256
EVALUATIONS = 60  # Of the likelihood on all samples, when there are more than a few.


def kriging(x, y):
    inputs = len(x[0])
    scales = likely(x[:FEW], y[:FEW], [1.0] * inputs, None).getResult().getCovarianceModel()
    algorithm = likely(x[:FEW], y[:FEW], [1.0] * inputs, None) if len(x) <= FEW else likely(x, y, list(scales.getScale()), EVALUATIONS)
    return algorithm.getResult().getMetaModel()


def likely(x, y, scale, evaluations):
    inputs = len(x[0])
    trend = ot.LinearBasisFactory(inputs) if len(x) > 2 * (inputs + 1) else ot.ConstantBasisFactory(inputs)
    algorithm = ot.KrigingAlgorithm(ot.Sample(x), ot.Sample([[v] for v in y]), ot.SquaredExponential(scale, [1.0]), trend.build())
    algorithm.setOptimizationBounds(ot.Interval([1e-2] * inputs, [1e2] * inputs))
    if evaluations:
        solver = algorithm.getOptimizationAlgorithm()
        solver.setMaximumEvaluationNumber(evaluations)
        algorithm.setOptimizationAlgorithm(solver)
    algorithm.run()
    return algorithm


def chaos(x, y):
    inputs, rows = len(x[0]), len(x)
    marginals = [ot.Uniform(-1.0, 1.0)] * inputs
    legendre = ot.PolynomialFamilyCollection([ot.LegendreFactory()] * inputs)
    best, best_error = None, math.inf
    for norm in (1.0, 0.5):
        enumerate_by = ot.HyperbolicAnisotropicEnumerateFunction(inputs, norm)
        basis = ot.OrthogonalProductPolynomialFactory(legendre, enumerate_by)
        for degree in range(1, 21):
            terms = enumerate_by.getMaximumDegreeCardinal(degree)
            if terms > min(max(3 * rows, 30), 1000):
                break
            selection = ot.LeastSquaresMetaModelSelectionFactory(ot.LARS(), ot.CorrectedLeaveOneOut())
            algorithm = ot.FunctionalChaosAlgorithm(
                ot.Sample(x), ot.Sample([[v] for v in y]), ot.ComposedDistribution(marginals), ot.FixedStrategy(basis, terms),
                ot.LeastSquaresStrategy(selection))
            algorithm.run()
            result = algorithm.getResult()
            if result.getRelativeErrors()[0] < best_error:
                best, best_error = result.getMetaModel(), result.getRelativeErrors()[0]
    return best


def train(problem):
    x, y = problem.all_x().tolist(), problem.all_y().tolist()
    ot.RandomGenerator.SetSeed(1)
    start = clock()
    model = {"kriging": kriging, "chaos": chaos}[sys.argv[2]](x, y)
    return 1, clock() - start, lambda points: [v[0] for v in model(ot.Sample(points.tolist()))], model


solve(sys.argv[1], train)
