// Ifs inside ifs, writing two variables.
#pragma nsc inputs(-3, 3)
float quadrant(float x, float y) {
    float scale = 1, offset = 0;
    if (x > 0) {
        if (y > 0) {
            scale = 2;
        } else {
            scale = 3;
            offset = -1;
        }
    } else if (y > 1) {
        offset = 4;
    }
    return scale * (x + y) + offset;
}
