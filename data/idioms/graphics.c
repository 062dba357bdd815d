// Graphics: colour, shading, curves, image filters, projection.

#include <math.h>
#include <stdint.h>

#define SATURATE(v) ((v) < 0.0f ? 0.0f : ((v) > 1.0f ? 1.0f : (v)))
#define LERP(a, b, t) ((a) + ((b) - (a)) * (t))

typedef struct { float r, g, b; } Rgb;
typedef struct { float h, s, v; } Hsv;
typedef struct { float x, y, z; } Float3;
typedef struct { Float3 origin; Float3 direction; } Ray;
typedef struct { float r, g, b, a; } Rgba;

static inline float dot3(Float3 a, Float3 b)
{
    return a.x * b.x + a.y * b.y + a.z * b.z;
}

static inline Float3 unit3(Float3 v)
{
    float n = 1.0f / sqrtf(dot3(v, v) + 1e-8f);
    return (Float3){ v.x * n, v.y * n, v.z * n };
}

static float max3(float a, float b, float c)
{
    return fmaxf(a, fmaxf(b, c));
}

static float min3(float a, float b, float c)
{
    return fminf(a, fminf(b, c));
}

// Converts a colour from HSV (hue in degrees) to RGB.
#pragma nsc inputs(0, 1)
#pragma nsc input(c.h, 0, 359)
Rgb hsv_to_rgb(Hsv c)
{
    float sector = c.h / 60.0f;
    int i = (int)sector;
    float f = sector - (float)i;
    float p = c.v * (1.0f - c.s);
    float q = c.v * (1.0f - c.s * f);
    float t = c.v * (1.0f - c.s * (1.0f - f));
    switch (i) {
    case 0: return (Rgb){ c.v, t, p };
    case 1: return (Rgb){ q, c.v, p };
    case 2: return (Rgb){ p, c.v, t };
    case 3: return (Rgb){ p, q, c.v };
    case 4: return (Rgb){ t, p, c.v };
    default: return (Rgb){ c.v, p, q };
    }
}

// Hue in degrees, saturation and lightness of an RGB colour.
#pragma nsc inputs(0, 1)
void rgb_to_hsl(float r, float g, float b, float hsl[3])
{
    float hi = max3(r, g, b), lo = min3(r, g, b), d = hi - lo;
    float h = 0.0f, s = 0.0f, l = 0.5f * (hi + lo);
    if (d > 1e-6f) {
        s = d / (1.0f - fabsf(2.0f * l - 1.0f) + 1e-6f);
        if (hi == r)
            h = (g - b) / d + (g < b ? 6.0f : 0.0f);
        else if (hi == g)
            h = (b - r) / d + 2.0f;
        else
            h = (r - g) / d + 4.0f;
    }
    hsl[0] = 60.0f * h;
    hsl[1] = s;
    hsl[2] = l;
}

static float srgb_decode(float c)
{
    return c <= 0.04045f ? c / 12.92f : powf((c + 0.055f) / 1.055f, 2.4f);
}

static float srgb_encode(float c)
{
    return c <= 0.0031308f ? 12.92f * c : 1.055f * powf(c, 1.0f / 2.4f) - 0.055f;
}

// Contrast ratio of text on a background, both sRGB bytes, as accessibility guidelines define it.
#pragma nsc inputs(0, 255)
float contrast_ratio(const uint8_t text[3], const uint8_t back[3])
{
    static const float weight[3] = { 0.2126f, 0.7152f, 0.0722f };
    float lt = 0.05f, lb = 0.05f;
    for (int i = 0; i < 3; i++) {
        lt += weight[i] * srgb_decode(text[i] / 255.0f);
        lb += weight[i] * srgb_decode(back[i] / 255.0f);
    }
    return lt > lb ? lt / lb : lb / lt;
}

// Composites one translucent colour over another with straight alpha.
#pragma nsc inputs(0, 1)
#pragma nsc input(under.a, 0.1, 1)
Rgba composite_over(Rgba over, Rgba under)
{
    float keep = under.a * (1.0f - over.a);
    Rgba out;
    out.a = over.a + keep;
    out.r = (over.r * over.a + under.r * keep) / out.a;
    out.g = (over.g * over.a + under.g * keep) / out.a;
    out.b = (over.b * over.a + under.b * keep) / out.a;
    return out;
}

enum BlendMode { BLEND_MULTIPLY, BLEND_SCREEN, BLEND_OVERLAY, BLEND_SOFT, BLEND_DODGE, BLEND_COUNT };

// Blends two channel values in one of the modes of a paint program, with an opacity.
#pragma nsc inputs(0, 1)
#pragma nsc input(mode, 0, 4)
float blend_channel(float base, float layer, int mode, float opacity)
{
    float r;
    switch (mode) {
    case BLEND_MULTIPLY:
        r = base * layer;
        break;
    case BLEND_SCREEN:
        r = base + layer - base * layer;
        break;
    case BLEND_OVERLAY:
        r = base < 0.5f ? 2.0f * base * layer : 1.0f - 2.0f * (1.0f - base) * (1.0f - layer);
        break;
    case BLEND_SOFT:
        r = (1.0f - 2.0f * layer) * base * base + 2.0f * layer * base;
        break;
    case BLEND_DODGE:
        r = layer > 0.99f ? 1.0f : base / (1.0f - layer);
        break;
    default:
        r = layer;
        break;
    }
    return LERP(base, SATURATE(r), opacity);
}

// Blinn-Phong reflection of a white light with a specular highlight.
#pragma nsc input(normal, -1, 1)
#pragma nsc input(normal.z, 0.2, 1)
#pragma nsc input(light, -1, 1)
#pragma nsc input(view, -1, 1)
#pragma nsc input(view.z, 0.3, 1)
#pragma nsc input(diffuse, 0, 1)
#pragma nsc input(shininess, 2, 32)
float blinn_phong(Float3 normal, Float3 light, Float3 view, float diffuse, float shininess)
{
    Float3 n = unit3(normal), l = unit3(light), v = unit3(view);
    float facing = dot3(n, l);
    if (facing <= 0.0f)
        return 0.05f * diffuse;
    Float3 h = unit3((Float3){ l.x + v.x, l.y + v.y, l.z + v.z });
    float gloss = powf(fmaxf(dot3(n, h), 0.0f), shininess);
    return 0.05f * diffuse + diffuse * facing + 0.4f * gloss;
}

// GGX microfacet lobe with Schlick's Fresnel term and a joint Smith visibility, from cosines.
#pragma nsc input(n_dot_l, 0.3, 1)
#pragma nsc input(n_dot_v, 0.3, 1)
#pragma nsc input(n_dot_h, 0.85, 1)
#pragma nsc input(v_dot_h, 0.1, 1)
#pragma nsc input(roughness, 0.5, 1)
#pragma nsc input(f0, 0.02, 0.9)
float ggx_specular(float n_dot_l, float n_dot_v, float n_dot_h, float v_dot_h, float roughness, float f0)
{
    float alpha = roughness * roughness;
    float a2 = alpha * alpha;
    float q = n_dot_h * n_dot_h * (a2 - 1.0f) + 1.0f;
    float distribution = a2 / (3.14159265f * q * q);
    float gl = n_dot_v * sqrtf(n_dot_l * n_dot_l * (1.0f - a2) + a2);
    float gv = n_dot_l * sqrtf(n_dot_v * n_dot_v * (1.0f - a2) + a2);
    float m = 1.0f - v_dot_h;
    float fresnel = f0 + (1.0f - f0) * m * m * m * m * m;
    return fresnel * distribution * 0.5f / (gl + gv);
}

// Filmic tone curve with exposure in stops, encoded for the display.
#pragma nsc input(luminance, 0, 8)
#pragma nsc input(stops, -3, 3)
float filmic_tonemap(float luminance, float stops)
{
    float x = luminance * exp2f(stops);
    float y = x * (2.51f * x + 0.03f) / (x * (2.43f * x + 0.59f) + 0.14f);
    return srgb_encode(SATURATE(y));
}

// Point on a cubic Bezier curve in the plane by repeated interpolation (de Casteljau).
#pragma nsc input(p, -1, 1)
#pragma nsc input(t, 0, 1)
void bezier_point(const float p[4][2], float t, float out[2])
{
    for (int axis = 0; axis < 2; axis++) {
        float c[4];
        for (int i = 0; i < 4; i++)
            c[i] = p[i][axis];
        for (int level = 3; level > 0; level--)
            for (int i = 0; i < level; i++)
                c[i] = LERP(c[i], c[i + 1], t);
        out[axis] = c[0];
    }
}

// Catmull-Rom interpolation between the middle two of four samples, with a tension.
#pragma nsc input(y, -1, 1)
#pragma nsc input(t, 0, 1)
#pragma nsc input(tension, 0, 1)
float catmull_rom(const float y[4], float t, float tension)
{
    float k = 0.5f * (1.0f - tension);
    float m1 = k * (y[2] - y[0]);
    float m2 = k * (y[3] - y[1]);
    float t2 = t * t, t3 = t2 * t;
    return (2 * t3 - 3 * t2 + 1) * y[1] + (t3 - 2 * t2 + t) * m1 + (3 * t2 - 2 * t3) * y[2] + (t3 - t2) * m2;
}

// Distance along a ray to the nearer hit of a sphere at the origin, or -1 for a miss.
#pragma nsc input(ray.origin, -2, 2)
#pragma nsc input(ray.origin.z, -6, -3)
#pragma nsc input(ray.direction, -0.4, 0.4)
#pragma nsc input(ray.direction.z, 0.5, 1)
#pragma nsc input(radius, 0.5, 2)
float ray_sphere(const Ray *ray, float radius)
{
    Float3 d = unit3(ray->direction);
    float b = dot3(ray->origin, d);
    float c = dot3(ray->origin, ray->origin) - radius * radius;
    float disc = b * b - c;
    if (disc < 0.0f)
        return -1.0f;
    float t = -b - sqrtf(disc);
    return t > 0.0f ? t : -1.0f;
}

// Length of the piece of a ray that lies inside an axis-aligned box around the origin (slab method).
#pragma nsc input(origin, -2, 0.5)
#pragma nsc input(dir, 0.2, 1)
#pragma nsc input(half, 0.5, 2)
float ray_box_span(const float origin[3], const float dir[3], const float half[3])
{
    float enter = 0.0f, leave = 100.0f;
    for (int i = 0; i < 3; i++) {
        float inv = 1.0f / dir[i];
        float t0 = (-half[i] - origin[i]) * inv;
        float t1 = (half[i] - origin[i]) * inv;
        enter = fmaxf(enter, fminf(t0, t1));
        leave = fminf(leave, fmaxf(t0, t1));
    }
    return leave > enter ? leave - enter : 0.0f;
}

// Centre pixel of a 3 x 3 window after unsharp masking.
#pragma nsc input(window, 0, 1)
#pragma nsc input(amount, 0, 2)
float unsharp(const float window[9], float amount)
{
    static const float blur[9] = { 1, 2, 1, 2, 4, 2, 1, 2, 1 };
    float soft = 0.0f;
    for (int i = 0; i < 9; ++i)
        soft += blur[i] * window[i];
    soft /= 16.0f;
    float sharp = window[4] + amount * (window[4] - soft);
    return SATURATE(sharp);
}

// Edge-preserving (bilateral) mean of five pixels in a row.
#pragma nsc input(px, 0, 1)
#pragma nsc input(sigma, 0.05, 0.5)
float bilateral5(const float px[5], float sigma)
{
    static const float spatial[5] = { 0.135335f, 0.606531f, 1.0f, 0.606531f, 0.135335f };
    float sum = 0.0f, norm = 0.0f;
    for (int i = 0; i < 5; i++) {
        float d = (px[i] - px[2]) / sigma;
        float w = spatial[i] * expf(-0.5f * d * d);
        sum += w * px[i];
        norm += w;
    }
    return sum / norm;
}

// Luma and two chroma offsets of a byte RGB pixel in 8-bit fixed point, studio range.
#pragma nsc inputs(0, 255)
void rgb_to_ycc(int r, int g, int b, int ycc[3])
{
    ycc[0] = ((66 * r + 129 * g + 25 * b + 128) >> 8) + 16;
    ycc[1] = ((-38 * r - 74 * g + 112 * b + 128) >> 8) + 128;
    ycc[2] = ((112 * r - 94 * g - 18 * b + 128) >> 8) + 128;
}

// Packs a colour to 5-6-5 bits and unpacks the green channel again to a byte, with ordered dither.
#pragma nsc input(green, 0, 255)
#pragma nsc input(x, 0, 3)
#pragma nsc input(y, 0, 3)
int dither_green(int green, unsigned x, unsigned y)
{
    static const uint8_t bayer[4][4] = {
        { 0, 8, 2, 10 }, { 12, 4, 14, 6 }, { 3, 11, 1, 9 }, { 15, 7, 13, 5 },
    };
    int v = green * 63 * 16 + bayer[y & 3][x & 3] * 255;
    int six = v / (255 * 16);
    if (six > 63)
        six = 63;
    return (six << 2) | (six >> 4);
}

// Pixel position of a point after a perspective projection on a 640 x 480 screen.
#pragma nsc input(p, -2, 2)
#pragma nsc input(p.z, 2, 10)
#pragma nsc input(fov_deg, 30, 100)
#pragma nsc input(yaw, -0.5, 0.5)
void project_point(Float3 p, float fov_deg, float yaw, float pixel[2])
{
    float c = cosf(yaw), s = sinf(yaw);
    float x = c * p.x - s * p.z;
    float z = fmaxf(s * p.x + c * p.z, 0.1f);
    float focal = 320.0f / tanf(fov_deg * 0.5f * 0.0174533f);
    pixel[0] = 320.0f + focal * x / z;
    pixel[1] = 240.0f - focal * p.y / z;
}

// Brightness of a fog-covered surface: exponential-squared fog between a surface and a fog colour.
#pragma nsc input(surface, 0, 1)
#pragma nsc input(fog, 0, 1)
#pragma nsc input(distance, 0, 100)
#pragma nsc input(density, 0.001, 0.05)
#pragma nsc input(height, 0, 20)
#pragma nsc input(falloff, 0.05, 0.5)
Rgb apply_fog(Rgb surface, Rgb fog, float distance, float density, float height, float falloff)
{
    float thickness = density * expf(-falloff * height) * distance;
    float keep = expf(-thickness * thickness);
    Rgb out = {
        LERP(fog.r, surface.r, keep),
        LERP(fog.g, surface.g, keep),
        LERP(fog.b, surface.b, keep),
    };
    return out;
}

// Bilinear sample of a 3 x 3 height map with clamped borders, at texture coordinates in [0, 1].
#pragma nsc input(map, 0, 1)
#pragma nsc input(u, 0, 1)
#pragma nsc input(v, 0, 1)
float sample_height(const float map[3][3], float u, float v)
{
    float x = SATURATE(u) * 2.0f, y = SATURATE(v) * 2.0f;
    int ix = x < 1.0f ? 0 : 1, iy = y < 1.0f ? 0 : 1;
    float fx = x - ix, fy = y - iy;
    float top = LERP(map[iy][ix], map[iy][ix + 1], fx);
    float low = LERP(map[iy + 1][ix], map[iy + 1][ix + 1], fx);
    return LERP(top, low, fy);
}

// Coverage of a pixel by the antialiased edge of a rounded rectangle, from a signed distance.
#pragma nsc input(x, -8, 8)
#pragma nsc input(y, -6, 6)
#pragma nsc input(half_width, 3, 7)
#pragma nsc input(half_height, 2, 5)
#pragma nsc input(corner, 0, 2)
#pragma nsc input(softness, 0.5, 2)
float rounded_rect_coverage(float x, float y, float half_width, float half_height, float corner, float softness)
{
    float qx = fabsf(x) - half_width + corner;
    float qy = fabsf(y) - half_height + corner;
    float ax = qx > 0.0f ? qx : 0.0f;
    float ay = qy > 0.0f ? qy : 0.0f;
    float d = sqrtf(ax * ax + ay * ay) + fminf(fmaxf(qx, qy), 0.0f) - corner;
    float t = SATURATE(0.5f - d / softness);
    return t * t * (3.0f - 2.0f * t);
}

// Colour after a 3 x 4 colour matrix with an offset column, clamped to the display.
#pragma nsc input(m, -0.4, 0.6)
#pragma nsc input(c, 0, 1)
Rgb colour_matrix(const float m[3][4], Rgb c)
{
    float out[3];
    for (int i = 0; i < 3; i++)
        out[i] = SATURATE(m[i][0] * c.r + m[i][1] * c.g + m[i][2] * c.b + m[i][3]);
    return (Rgb){ out[0], out[1], out[2] };
}

// Point of a biquadratic height patch with nine control heights.
#pragma nsc input(h, -1, 1)
#pragma nsc input(u, 0, 1)
#pragma nsc input(v, 0, 1)
float patch_height(const float h[3][3], float u, float v)
{
    float bu[3] = { (1 - u) * (1 - u), 2 * u * (1 - u), u * u };
    float bv[3] = { (1 - v) * (1 - v), 2 * v * (1 - v), v * v };
    float sum = 0.0f;
    for (int i = 0; i < 3; i++)
        for (int j = 0; j < 3; j++)
            sum += bv[i] * bu[j] * h[i][j];
    return sum;
}
