/* An oven: a heated plate in a box of air. */
#ifndef OVEN_H
#define OVEN_H

struct oven
{
    double plate; /* degrees Celsius */
    double air;
    char label[16];
};

/* The state after one second with a power in watts and the door open to some part. */
void oven_step(struct oven *oven, double power, double door);

/* Watts that a surface loses to its surroundings. */
double surface_loss(double hot, double cold, double area);

#endif
