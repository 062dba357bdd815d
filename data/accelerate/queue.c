// queue: the mean wait in a line with several servers and a limit, from the birth-death equations over 2000 states. This text is our own.
//
// Inputs   arrivals  a minute
//          service   customers a minute and server
//          patience  minutes after which half of those who wait have left
// Output   the mean wait, minutes

#include <math.h>

#define STATES 2000
#define SERVERS 20

#pragma nsc input(arrivals, 10, 40)
#pragma nsc input(service, 0.8, 2)
#pragma nsc input(patience, 1, 20)

double queue(double arrivals, double service, double patience)
{
    double leave = 0.6931471805599453 / patience, probability = 1.0, sum = 1.0, waiting = 0.0;
    for (int n = 1; n < STATES; n++)
    {
        double out = n <= SERVERS ? n * service : SERVERS * service + (n - SERVERS) * leave;
        probability *= arrivals / out;
        sum += probability;
        waiting += n > SERVERS ? (n - SERVERS) * probability : 0.0;
    }

    return waiting / (sum * arrivals);
}
