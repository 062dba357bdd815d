// battery: what is left in a cell after an hour of discharge in pulses, by 720 steps of Euler's method. This text is our own.
//
// Inputs   charge       at the start, a share
//          current      of a pulse, in parts of the capacity an hour
//          duty         the share of the time that it flows
//          resistance   of the cell, ohm
//          ambient      temperature, degrees Celsius
//          cooling      watts a degree
// Output   the voltage under load at the end

#include <math.h>

#define STEPS 720

static double open_voltage(double charge)
{
    return 3.0 + 1.1 * charge - 0.35 * exp(-18.0 * charge) + 0.12 * tanh(8.0 * (charge - 0.85));
}

#pragma nsc input(charge, 0.6, 1)
#pragma nsc input(current, 0.2, 1)
#pragma nsc input(duty, 0.2, 0.8)
#pragma nsc input(resistance, 0.02, 0.1)
#pragma nsc input(ambient, -10, 40)
#pragma nsc input(cooling, 0.05, 0.5)

double battery(double charge, double current, double duty, double resistance, double ambient, double cooling)
{
    double heat = ambient, voltage = 0.0;
    for (int i = 0; i < STEPS; i++)
    {
        double effective = resistance * (1.0 + 0.8 * exp(-(heat + 10.0) / 20.0));
        double mean = current * duty;
        voltage = open_voltage(charge) - 2.5 * current * effective;
        charge -= mean / STEPS;
        heat += (2.5 * 2.5 * current * current * effective * duty - cooling * (heat - ambient)) * (3600.0 / STEPS) / 45.0;
        if (charge < 0.02)
            break;
    }

    return voltage;
}
