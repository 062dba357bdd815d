// inversek2j: inverse kinematics of a planar arm with two joints.
//
// Origin: one of the approximable kernels of Esmaeilzadeh, Sampson, Ceze, Burger, "Neural Acceleration for General-Purpose
// Approximate Programs" (MICRO 2012) and of AxBench (Yazdanbakhsh et al., 2016). This text is our own.
//
// Inputs   x, y        where the hand is to be; both links are 0.5 long, so the arm reaches distances up to 1
// Outputs  angle[0]    the shoulder's angle, in radians
//          angle[1]    the elbow's angle, in radians, from 0 (stretched) to pi
//
// Ranges: the square from (0.1, 0.1) to (0.7, 0.7) lies within reach (its far corner is 0.99 away) and keeps clear of the
// shoulder itself, where the angles are not defined. Beyond reach the elbow's cosine is clamped: the arm points at the target.

#include <math.h>

#pragma nsc input(x, 0.1, 0.7)
#pragma nsc input(y, 0.1, 0.7)

static const float upper = 0.5f;
static const float fore = 0.5f;

void inversek2j(float x, float y, float angle[2])
{
    // The law of cosines gives the elbow; the shoulder then turns the stretched triangle onto the target.
    float cosine = (x * x + y * y - upper * upper - fore * fore) / (2.0f * upper * fore);
    cosine = fminf(fmaxf(cosine, -1.0f), 1.0f);
    float elbow = acosf(cosine);
    angle[0] = atan2f(y, x) - atan2f(fore * sinf(elbow), upper + fore * cosf(elbow));
    angle[1] = elbow;
}
