# scikit-learn's regressors: Gaussian processes with a length for each input, extra trees, gradient boosting. One thread, seeds fixed.
# "rbf" and "matern" maximise the marginal likelihood from lengths of the square root of the inputs' number, and from one random start. With more
# than 256 samples that is done on the first 256, and up to 15 further steps on all: from scratch each would take minutes.

import sys
import warnings

from problem import clock, identify, missing, solve

identify("scikit-learn", "scipy")
try:
    from numpy.linalg import LinAlgError
    from scipy.optimize import minimize
    from sklearn.ensemble import ExtraTreesRegressor, GradientBoostingRegressor
    from sklearn.gaussian_process import GaussianProcessRegressor
    from sklearn.gaussian_process.kernels import ConstantKernel, Matern, RBF
except ImportError as error:
    missing(error)

warnings.filterwarnings("ignore")
FEW = 256
NUGGETS = (1e-8, 1e-6, 1e-4, 1e-2)  # On standardised targets; the first one with which the matrix has a Cholesky factor.


def gaussian_process(kind):
    def fit(x, y):
        lengths, bounds = [x.shape[1] ** 0.5] * x.shape[1], (3e-2, 1e3)
        stationary = RBF(lengths, bounds) if kind == "rbf" else Matern(lengths, bounds, nu=2.5)
        first = likely(ConstantKernel(10.0, (1e-2, 1e7)) * stationary, x[:FEW], y[:FEW], 1, steps=200)
        model = first if len(y) <= FEW else likely(first.kernel_, x, y, 0, steps=15)
        model.optimizer = None  # It is no part of what predictions need, and cannot be pickled.
        return model

    return fit


def likely(kernel, x, y, restarts, steps):
    def optimiser(objective, start, bounds):
        found = minimize(objective, start, method="L-BFGS-B", jac=True, bounds=bounds, options={"maxiter": steps})
        return found.x, found.fun

    for nugget in NUGGETS:
        try:
            return GaussianProcessRegressor(kernel, alpha=nugget, optimizer=optimiser, n_restarts_optimizer=restarts, random_state=1).fit(x, y)
        except LinAlgError:
            if nugget == NUGGETS[-1]:
                raise


METHODS = {
    "rbf": gaussian_process("rbf"),
    "matern": gaussian_process("matern"),
    "trees": lambda x, y: ExtraTreesRegressor(n_estimators=300, random_state=1, n_jobs=1).fit(x, y),
    "boosting": lambda x, y: GradientBoostingRegressor(n_estimators=500, learning_rate=0.05, max_depth=4, subsample=0.8, random_state=1).fit(x, y),
}


def train(problem):
    x, y = problem.all_x(), problem.all_y()
    start = clock()
    model = METHODS[sys.argv[2]](x, y)
    return 1, clock() - start, model.predict, model


solve(sys.argv[1], train)
