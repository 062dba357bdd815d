# Optimisers that call the program, for `nsc bench tune`. Each line of standard input that is JSON begins a search: {"inputs": I, "calls": N, "seed": S}. A
# line with I numbers in [-1, 1] is printed for each point, and the program's value there is read: a number, or "stop" when the calls are spent. A
# search that ends by itself begins again elsewhere; "done" is printed when it was stopped.

import json
import math
import os
import sys
import warnings

for variable in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ[variable] = "1"
warnings.filterwarnings("ignore")

try:
    import nlopt
    import numpy
    from scipy.optimize import differential_evolution, dual_annealing
    from scipy.stats import norm, qmc
    from sklearn.gaussian_process import GaussianProcessRegressor
    from sklearn.gaussian_process.kernels import ConstantKernel, Matern, WhiteKernel
except ImportError as error:
    print(error, file=sys.stderr)
    sys.exit(4)

CANDIDATES = 2000
points_out = os.fdopen(os.dup(1), "w")
os.dup2(2, 1)  # Numerical libraries print lines of their own.


class Spent(Exception):
    """No calls are left."""


class Program:
    def __init__(self, calls):
        self.calls, self.worst, self.is_spent = calls, 0.0, False

    def __call__(self, point, *_):
        print(*(repr(float(x)) for x in numpy.clip(point, -1, 1)), file=points_out, flush=True)
        said = sys.stdin.readline().strip()
        if said in ("stop", ""):
            self.is_spent = True
            raise Spent()
        value = float(said)
        if math.isfinite(value):
            self.worst = max(self.worst, value)
        return value if math.isfinite(value) else self.worst


def annealing(program, inputs, seed):
    dual_annealing(program, [(-1, 1)] * inputs, maxfun=program.calls, seed=seed)


def evolution(program, inputs, seed):
    differential_evolution(program, [(-1, 1)] * inputs, maxiter=10**6, tol=0, seed=seed)


def nlopt_search(kind):
    def search(program, inputs, seed):
        nlopt.srand(seed)
        optimiser = nlopt.opt(kind, inputs)
        optimiser.set_lower_bounds([-1.0] * inputs)
        optimiser.set_upper_bounds([1.0] * inputs)
        optimiser.set_xtol_rel(1e-8)
        optimiser.set_maxeval(program.calls)

        def objective(point, _):
            try:
                return program(point)
            except Spent:
                optimiser.force_stop()
                return program.worst

        optimiser.set_min_objective(objective)
        optimiser.optimize(numpy.random.default_rng(seed).uniform(-1, 1, inputs))

    return search


def expected_improvement(program, inputs, seed):
    """A Gaussian process (Matern 5/2, a length for each input, fitted noise) and expected improvement, maximised over random points and points near the best."""
    random = numpy.random.default_rng(seed)
    xs = list(2 * qmc.Sobol(inputs, seed=seed).random(max(8, 2 * inputs)) - 1)
    ys = [program(x) for x in xs]
    kernel = ConstantKernel(1.0, (1e-2, 1e3)) * Matern([1.0] * inputs, (3e-2, 30), nu=2.5) + WhiteKernel(1e-6, (1e-9, 1e-1))
    for step in range(program.calls):
        process = GaussianProcessRegressor(
            kernel, normalize_y=True, random_state=seed, optimizer="fmin_l_bfgs_b" if step < 20 or step % 5 == 0 else None).fit(numpy.array(xs), ys)
        kernel = process.kernel_
        best = xs[int(numpy.argmin(ys))]
        near = best + random.normal(size=(CANDIDATES // 2, inputs)) * 10.0 ** random.uniform(-3, -0.5, (CANDIDATES // 2, 1))
        points = numpy.clip(numpy.concatenate([random.uniform(-1, 1, (CANDIDATES // 2, inputs)), near]), -1, 1)
        mean, deviation = process.predict(points, return_std=True)
        gain = min(ys) - mean
        z = gain / numpy.maximum(deviation, 1e-12)
        xs.append(points[int(numpy.argmax(gain * norm.cdf(z) + deviation * norm.pdf(z)))])
        ys.append(program(xs[-1]))


SEARCHES = {
    "annealing": annealing,
    "evolution": evolution,
    "crs2": nlopt_search(nlopt.GN_CRS2_LM),
    "bobyqa": nlopt_search(nlopt.LN_BOBYQA),
    "gp-ei": expected_improvement,
}

while line := sys.stdin.readline():
    asked = json.loads(line)
    program, seed = Program(asked["calls"]), asked["seed"]
    while not program.is_spent:
        try:
            SEARCHES[sys.argv[1]](program, asked["inputs"], seed)
        except (Spent, nlopt.ForcedStop, nlopt.RoundoffLimited):
            pass
        seed += 1000
    print("done", file=points_out, flush=True)
