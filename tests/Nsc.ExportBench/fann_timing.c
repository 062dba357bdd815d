// FANN on a surrogate's networks: the same weights, a plain tanh, inputs and outputs in the program's units. A surrogate has one
// network for each output, so FANN gets as many. FANN computes one row at a time; it has no batches.

#define _GNU_SOURCE
#include <fann.h>
#include <stdlib.h>
#include <time.h>

typedef struct {
    int inputs, outputs;
    const double *middle, *half_width, *mean, *deviation;
    struct fann **nets;
} fann_surrogate;

// FANN numbers neurons layer by layer, each layer's bias last. weights: for each output, for each layer, (rows, columns + 1), the bias last.
static void set_weights(struct fann *net, const int *sizes, const float *weights)
{
    unsigned int count = fann_get_total_connections(net);
    struct fann_connection *connections = malloc(count * sizeof *connections);
    fann_get_connection_array(net, connections);
    for (unsigned int c = 0; c < count; c++) {
        const float *table = weights;
        int from = (int)connections[c].from_neuron, to = (int)connections[c].to_neuron, layer = 0;
        while (from > sizes[layer]) {
            from -= sizes[layer] + 1;
            to -= sizes[layer] + 1;
            table += sizes[layer + 1] * (sizes[layer] + 1);
            layer++;
        }
        connections[c].weight = table[(to - sizes[layer] - 1) * (sizes[layer] + 1) + from];
    }
    fann_set_weight_array(net, connections, count);
    free(connections);
}

// scaling: middles and half widths of the inputs, means and deviations of the outputs; it must outlive the result.
void *fann_bench_create(const int *sizes, int layers, int outputs, const float *weights, const double *scaling)
{
    fann_surrogate *s = malloc(sizeof *s);
    unsigned int *units = malloc(layers * sizeof *units), count = 0;
    for (int l = 0; l < layers; l++) {
        units[l] = sizes[l];
        count += l > 0 ? sizes[l] * (sizes[l - 1] + 1) : 0;
    }
    s->inputs = sizes[0];
    s->outputs = outputs;
    s->middle = scaling;
    s->half_width = s->middle + sizes[0];
    s->mean = s->half_width + sizes[0];
    s->deviation = s->mean + outputs;
    s->nets = malloc(outputs * sizeof *s->nets);
    for (int k = 0; k < outputs; k++) {
        struct fann *net = s->nets[k] = fann_create_standard_array(layers, units);
        fann_set_activation_function_hidden(net, FANN_SIGMOID_SYMMETRIC);
        fann_set_activation_function_output(net, FANN_LINEAR);
        fann_set_activation_steepness_hidden(net, 1);
        fann_set_activation_steepness_output(net, 1);
        set_weights(net, sizes, weights + k * count);
    }
    free(units);
    return s;
}

void fann_bench_run(void *surrogate, const double *in, double *out, size_t rows)
{
    fann_surrogate *s = surrogate;
    fann_type scaled[s->inputs];
    for (size_t row = 0; row < rows; row++, in += s->inputs, out += s->outputs) {
        for (int i = 0; i < s->inputs; i++)
            scaled[i] = (fann_type)((in[i] - s->middle[i]) / s->half_width[i]);
        for (int k = 0; k < s->outputs; k++)
            out[k] = s->mean[k] + s->deviation[k] * fann_run(s->nets[k], scaled)[0];
    }
}

static double now(void)
{
    struct timespec time;
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
    return 1e9 * (double)time.tv_sec + (double)time.tv_nsec;
}

// Nanoseconds of processor time for one evaluation.
double fann_bench_time(void *surrogate, const double *in, double *out, size_t rows, size_t repeats)
{
    double start = now();
    for (size_t r = 0; r < repeats; r++)
        fann_bench_run(surrogate, in, out, rows);
    return (now() - start) / (double)(repeats * rows);
}
