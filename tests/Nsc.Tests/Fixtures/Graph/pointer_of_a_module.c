// A module's functions find what they work on by a pointer of the file's.
struct state
{
    double speed[2];
    int contacts;
};

struct body
{
    struct state *state;
    void *owner;
    double mass;
};

static struct body *self;

void select(struct body *body)
{
    self = body;
}

#pragma nsc
void f(double force, double dt)
{
    double *speed = self->state->speed;
    speed[0] += force / (2 + self->mass) * dt;
    if (speed[0] > 0.5)
    {
        speed[0] = 0.5;
        self->state->contacts++;
    }
}
