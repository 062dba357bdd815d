# scikit-learn's MLPRegressor, one thread. "adam" takes one full-batch step for each partial_fit, the best held-out weights of
# every tenth step kept; "lbfgs" is its own second-order method, which has no such choice.

import copy
import math
import sys
import warnings

from problem import clock, identify, missing, solve

identify("scikit-learn", "scipy")
try:
    from sklearn.neural_network import MLPRegressor
except ImportError as error:
    missing(error)

warnings.filterwarnings("ignore")
method = sys.argv[2]


def train(problem):
    net = MLPRegressor(
        (problem.width, problem.width), activation="tanh", solver=method, alpha=0, batch_size=len(problem.train_y), learning_rate_init=3e-3,
        max_iter=problem.steps, max_fun=10 * problem.steps, tol=0, n_iter_no_change=problem.steps, random_state=1)
    start = clock()
    if method == "lbfgs":
        steps = net.fit(problem.train_x, problem.train_y).n_iter_
        return steps, clock() - start, net.predict, net
    best, best_error = None, math.inf
    for step in range(problem.steps):
        net.partial_fit(problem.train_x, problem.train_y)
        if len(problem.held_y) and (step % 10 == 9 or step == problem.steps - 1):
            error = ((net.predict(problem.held_x) - problem.held_y) ** 2).mean()
            if error < best_error:
                best, best_error = copy.deepcopy((net.coefs_, net.intercepts_)), error
    if best:
        net.coefs_, net.intercepts_ = best
    return problem.steps, clock() - start, net.predict, net


solve(sys.argv[1], train)
