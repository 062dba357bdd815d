// Inline helpers for clamping and interpolating.
static inline float clampf(float x, float lo, float hi) { return x < lo ? lo : x > hi ? hi : x; }
static inline float lerp(float a, float b, float t) { return a + (b - a) * t; }
#pragma nsc inputs(-2, 2)
float smoothstep(float x) {
    float t = clampf((x + 1) / 2, 0, 1);
    return lerp(0, 1, t * t * (3 - 2 * t));
}
