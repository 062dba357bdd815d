// Three thousand steps of an integration, each in the graph.
#pragma nsc input(angle, 0.1, 1.2)
#pragma nsc input(damping, 0.4, 1.5)
double swing(double angle, double damping)
{
    double rate = 0;
    for (int i = 0; i < 3000; i++)
    {
        double pull = -9.81 * (angle - angle * angle * angle / 6) - damping * rate;
        rate += 0.001 * pull;
        angle += 0.001 * rate;
    }

    return angle;
}
