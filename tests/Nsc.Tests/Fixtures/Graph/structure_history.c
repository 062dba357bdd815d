// A pointer to several structures, and one to a matrix.
struct point { float d, q; };
typedef float matrix[2][2];

float smooth(struct point now, struct point *last, matrix *turn)
{
    struct point turned = { (*turn)[0][0] * now.d + (*turn)[0][1] * now.q, (*turn)[1][0] * now.d + (*turn)[1][1] * now.q };
    float q = (turned.q + last[0].q + last[1].q) / 3;
    last[1] = last[0];
    last[0] = turned;
    return q;
}
