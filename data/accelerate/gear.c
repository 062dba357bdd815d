// gear: fuel that a car with six gears takes for 100 km: for each input the best gear is found by trying all. This text is our own.
//
// Inputs   speed  km/h
//          grade  of the road, per cent
//          mass   kg
//          wind   against the car, m/s
// Output   litres for 100 km

#include <math.h>

static const double ratios[6] = {12.5, 7.1, 4.8, 3.6, 2.9, 2.4};

#pragma nsc input(speed, 20, 160)
#pragma nsc input(grade, -2, 6)
#pragma nsc input(mass, 900, 2000)
#pragma nsc input(wind, -8, 8)

double gear(double speed, double grade, double mass, double wind)
{
    double v = speed / 3.6, flow = v + wind;
    double force = 0.5 * 1.2 * 0.65 * flow * fabs(flow) + mass * 9.81 * (0.011 + grade / 100.0);
    double power = force > 0.0 ? force * v / 0.92 : 0.0;
    double best = 1e9;
    for (int i = 0; i < 6; i++)
    {
        double turns = v / 0.31 * ratios[i];
        if (turns < 80.0 || turns > 650.0)
            continue;
        double load = power / (turns * 160.0);
        if (load > 1.0)
            continue;
        double efficiency = 0.38 * (1.0 - exp(-load / 0.18)) * (1.0 - 0.35 * pow((turns - 260.0) / 400.0, 2.0));
        double fuel = power / (efficiency > 0.02 ? efficiency : 0.02) + 25.0 * turns;
        if (fuel < best)
            best = fuel;
    }

    return (best < 1e9 ? best : power / 0.15) / (34.2e6 * v) * 1e5;
}
