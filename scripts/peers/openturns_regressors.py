# OpenTURNS: "kriging" with a squared exponential of a length for each input around a linear trend, and "chaos", sparse polynomial chaos by least
# angle regression, whose degree and whose index set are chosen by the corrected leave-one-out error. One thread, seeds fixed. With more than 256
# samples kriging has the lengths that are the likeliest on the first 256, and chaos chooses among 300 terms: the rest would take minutes.

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


def kriging(x, y):
    inputs = len(x[0])
    trends = [ot.LinearBasisFactory(inputs), ot.ConstantBasisFactory(inputs)] if len(x) > 2 * (inputs + 1) else [ot.ConstantBasisFactory(inputs)]
    for trend in trends:
        try:
            found = likely(x[:FEW], y[:FEW], trend, [1.0] * inputs, optimises=True)
            return (found if len(x) <= FEW else likely(x, y, trend, list(found.getCovarianceModel().getScale()), optimises=False)).getMetaModel()
        except TypeError:  # OpenTURNS' errors; such as of a function that is its trend.
            if trend is trends[-1]:
                raise


def likely(x, y, trend, scale, optimises):
    algorithm = ot.KrigingAlgorithm(ot.Sample(x), ot.Sample([[v] for v in y]), ot.SquaredExponential(scale, [1.0]), trend.build())
    algorithm.setOptimizationBounds(ot.Interval([1e-2] * len(scale), [1e2] * len(scale)))
    algorithm.setOptimizeParameters(optimises)
    algorithm.run()
    return algorithm.getResult()


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
            if terms > min(max(3 * rows, 30), 1000 if rows <= FEW else 300):
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
