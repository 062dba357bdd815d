// FANN, one thread: full-batch RPROP (FANN's default and best method), the best held-out weights of every tenth epoch kept.
// The problems' file is described in problem.py.

#define _GNU_SOURCE
#include <dlfcn.h>
#include <fann.h>
#include <limits.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

// Seconds of processor time, which other work on the machine changes little.
static double now(void) {
    struct timespec t;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

static float *numbers(FILE *file, size_t count) {
    double *values = malloc((count + 1) * sizeof *values);
    float *rounded = malloc((count + 1) * sizeof *rounded);
    if (!values || !rounded || fread(values, sizeof *values, count, file) != count) {
        fprintf(stderr, "the problem's file is too short\n");
        exit(1);
    }
    for (size_t i = 0; i < count; i++)
        rounded[i] = (float)values[i];
    free(values);
    return rounded;
}

static double held_out_error(struct fann *net, float *x, const float *y, int rows, int inputs) {
    double sum = 0;
    for (int i = 0; i < rows; i++) {
        double error = fann_run(net, x + (size_t)i * inputs)[0] - y[i];
        sum += error * error;
    }
    return sum / rows;
}

// The library's file, whose name has its version.
static int identify(void) {
    Dl_info library;
    char path[PATH_MAX];
    if (!dladdr((void *)fann_run, &library) || !realpath(library.dli_fname, path))
        return 1;
    printf("%s\n", path);
    return 0;
}

static void solve(FILE *file, const int32_t head[6]) {
    int inputs = head[0], width = head[1], training = head[2], held_out = head[3], test = head[4], steps = head[5];
    float *train_x = numbers(file, (size_t)training * inputs), *held_x = numbers(file, (size_t)held_out * inputs);
    float *test_x = numbers(file, (size_t)test * inputs), *train_y = numbers(file, training), *held_y = numbers(file, held_out);

    struct fann *net = fann_create_standard(4, inputs, width, width, 1);
    fann_set_activation_function_hidden(net, FANN_SIGMOID_SYMMETRIC);
    fann_set_activation_function_output(net, FANN_LINEAR);
    fann_set_activation_steepness_hidden(net, 1); // a plain tanh
    fann_set_activation_steepness_output(net, 1);
    fann_set_training_algorithm(net, FANN_TRAIN_RPROP);
    struct fann_train_data *data = fann_create_train(training, inputs, 1);
    for (int i = 0; i < training; i++) {
        memcpy(data->input[i], train_x + (size_t)i * inputs, inputs * sizeof(float));
        data->output[i][0] = train_y[i];
    }
    srand(1); // FANN has seeded it by the clock.
    fann_init_weights(net, data);

    struct fann *best = NULL;
    double best_error = 0, start = now();
    for (int step = 1; step <= steps; step++) {
        fann_train_epoch(net, data);
        if (held_out && (step % 10 == 0 || step == steps)) {
            double error = held_out_error(net, held_x, held_y, held_out, inputs);
            if (!best || error < best_error) {
                if (best)
                    fann_destroy(best);
                best = fann_copy(net);
                best_error = error;
            }
        }
    }
    double seconds = now() - start;
    struct fann *used = best ? best : net;
    printf("{\"steps\": %d, \"seconds\": %.9f, \"predictions\": [", steps, seconds);
    double *predicted = malloc(((size_t)test + 1) * sizeof *predicted);
    start = now();
    for (int i = 0; i < test; i++)
        predicted[i] = fann_run(used, test_x + (size_t)i * inputs)[0];
    double row = (now() - start) / (test ? test : 1);
    for (int i = 0; i < test; i++)
        printf("%s%.9g", i ? ", " : "", predicted[i]);
    printf("], \"rowSeconds\": %.12f, \"bytes\": %zu}\n", row, sizeof(float) * fann_get_total_connections(used));
    fflush(stdout);
    if (best)
        fann_destroy(best);
    fann_destroy(net);
    fann_destroy_train(data);
    free(train_x), free(held_x), free(test_x), free(train_y), free(held_y), free(predicted);
}

int main(int argc, char **argv) {
    if (argc > 1 && !strcmp(argv[1], "--identify"))
        return identify();
    FILE *file = argc > 1 ? fopen(argv[1], "rb") : NULL;
    int32_t head[6];
    if (!file) {
        fprintf(stderr, "no problem to solve\n");
        return 1;
    }
    while (fread(head, sizeof *head, 6, file) == 6)
        solve(file, head);
    return 0;
}
