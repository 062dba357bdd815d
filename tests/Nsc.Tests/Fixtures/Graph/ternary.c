// The conditional operator.
#pragma nsc inputs(-1, 1)
float leaky_relu(float x) {
    return x > 0 ? x : 0.01f * x;
}
