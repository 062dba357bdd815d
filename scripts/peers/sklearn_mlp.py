# scikit-learn's MLPRegressor, one thread. "adam" takes one full-batch step for each partial_fit, the best held-out weights of
# every tenth step kept; "lbfgs" is its own second-order method, which has no such choice.

import copy
import math
import os
import sys
import warnings

os.environ["OMP_NUM_THREADS"] = os.environ["OPENBLAS_NUM_THREADS"] = "1"
from problem import Problem, answer, clock, missing

try:
    from sklearn.neural_network import MLPRegressor
except ImportError as error:
    missing(error)

warnings.filterwarnings("ignore")
problem, method = Problem(sys.argv[1]), sys.argv[2]
net = MLPRegressor(
    (problem.width, problem.width), activation="tanh", solver=method, alpha=0, batch_size=len(problem.train_y), learning_rate_init=3e-3,
    max_iter=problem.steps, max_fun=10 * problem.steps, tol=0, n_iter_no_change=problem.steps, random_state=1)
start = clock()
if method == "lbfgs":
    steps = net.fit(problem.train_x, problem.train_y).n_iter_
else:
    steps, best, best_error = problem.steps, None, math.inf
    for step in range(steps):
        net.partial_fit(problem.train_x, problem.train_y)
        if len(problem.held_y) and (step % 10 == 9 or step == steps - 1):
            error = ((net.predict(problem.held_x) - problem.held_y) ** 2).mean()
            if error < best_error:
                best, best_error = copy.deepcopy((net.coefs_, net.intercepts_)), error
    if best:
        net.coefs_, net.intercepts_ = best
seconds = clock() - start
answer(int(steps), seconds, net.predict(problem.test_x) if len(problem.test_x) else [])
