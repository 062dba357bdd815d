// A text that only a report takes, a count beside it, locks and waits.
#include <pthread.h>
#include <stdio.h>
#include <string.h>

extern void log_line(const char *text);
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;

int dew_point(double temperature, double humidity, double *dew)
{
    char text[40], copy[40];
    int calls = 0;
    pthread_mutex_lock(&lock);
    *dew = temperature - (1 - humidity) * 20;
    snprintf(text, sizeof text, "dew %d: %f", ++calls, *dew);
    strncpy(copy, text, sizeof copy - 1);
    log_line(copy);
    pthread_mutex_unlock(&lock);
    return calls;
}
