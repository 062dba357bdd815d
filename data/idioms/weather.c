// Weather: humidity, comfort, wind, radiation, hydrology, snow.

#include <math.h>
#include <stdbool.h>

typedef struct
{
    float celsius;
    float humidity;     // per cent
    float hectopascal;
} air;

typedef struct
{
    float direction;    // degrees from which it blows
    float speed;        // metres per second
} wind;

static float saturation_vapour(float celsius)
{
    return celsius >= 0.0f ? 6.1121f * expf(17.368f * celsius / (238.88f + celsius))
                           : 6.1115f * expf(22.452f * celsius / (272.55f + celsius));
}

static float bounded(float x, float low, float high)
{
    return x < low ? low : (x > high ? high : x);
}

static double radians(double deg)
{
    return deg * 0.017453292519943295;
}

// Dew point in degrees Celsius.
#pragma nsc input(celsius, -10, 40)
#pragma nsc input(humidity, 10, 100)
float dew_point(float celsius, float humidity)
{
    float g = logf(humidity / 100.0f) + 17.62f * celsius / (243.12f + celsius);
    return 243.12f * g / (17.62f - g);
}

// Mixing ratio in grams per kilogram and potential temperature in kelvin of a parcel.
#pragma nsc input(a.celsius, -20, 35)
#pragma nsc input(a.humidity, 5, 100)
#pragma nsc input(a.hectopascal, 500, 1040)
void parcel(const air *a, float *mixing_ratio, float *potential_kelvin)
{
    float e = saturation_vapour(a->celsius) * a->humidity / 100.0f;
    *mixing_ratio = 622.0f * e / (a->hectopascal - e);
    *potential_kelvin = (a->celsius + 273.15f) * powf(1000.0f / a->hectopascal, 0.2857f);
}

// Density of humid air in kilograms per cubic metre.
#pragma nsc input(a.celsius, -20, 40)
#pragma nsc input(a.humidity, 0, 100)
#pragma nsc input(a.hectopascal, 900, 1040)
#pragma nsc input(metres, 0, 3000)
float air_density(air a, float metres)
{
    float pressure = a.hectopascal * expf(-metres / 8400.0f);
    float celsius = a.celsius - 0.0065f * metres;
    float vapour = saturation_vapour(celsius) * a.humidity / 100.0f;
    float kelvin = celsius + 273.15f;
    return 100.0f * (pressure - vapour) / (287.05f * kelvin) + 100.0f * vapour / (461.5f * kelvin);
}

// Temperature that the weather feels like: wind chill, heat index, or the air's own in between.
#pragma nsc input(celsius, -25, 42)
#pragma nsc input(humidity, 10, 100)
#pragma nsc input(kmh, 0, 80)
float feels_like(float celsius, float humidity, float kmh)
{
    if (celsius <= 10.0f && kmh > 4.8f) {
        float v = powf(kmh, 0.16f);
        return 13.12f + 0.6215f * celsius - 11.37f * v + 0.3965f * celsius * v;
    }
    if (celsius >= 27.0f && humidity >= 40.0f) {
        float t = celsius, r = humidity;
        return -8.784695f + 1.61139411f * t + 2.338549f * r - 0.14611605f * t * r - 0.012308094f * t * t
            - 0.016424828f * r * r + 0.002211732f * t * t * r + 0.00072546f * t * r * r - 0.000003582f * t * t * r * r;
    }
    return celsius;
}

// Number on Beaufort's scale for a wind speed in metres per second, with gusts counted in part.
#pragma nsc input(speed, 0, 35)
#pragma nsc input(gust, 0, 15)
int beaufort(float speed, float gust)
{
    static const float limit[12] = { 0.3f, 1.6f, 3.4f, 5.5f, 8.0f, 10.8f, 13.9f, 17.2f, 20.8f, 24.5f, 28.5f, 32.7f };
    float v = speed + 0.25f * gust;
    int force = 0;
    while (force < 12 && v >= limit[force])
        force++;
    return force;
}

// Mean wind of three readings: direction and speed from the mean vector.
#pragma nsc input(w.direction, 0, 359)
#pragma nsc input(w.speed, 1, 20)
#pragma nsc input(direction2, 0, 359)
#pragma nsc input(speed2, 1, 20)
#pragma nsc input(direction3, 0, 359)
#pragma nsc input(speed3, 1, 20)
wind mean_wind(wind w, float direction2, float speed2, float direction3, float speed3)
{
    float d[3] = { w.direction, direction2, direction3 }, s[3] = { w.speed, speed2, speed3 };
    float east = 0.0f, north = 0.0f;
    for (int i = 0; i < 3; i++) {
        east += s[i] * sinf(d[i] * 0.01745329f) / 3.0f;
        north += s[i] * cosf(d[i] * 0.01745329f) / 3.0f;
    }
    wind m;
    m.direction = atan2f(east, north) * 57.29578f;
    if (m.direction < 0.0f)
        m.direction += 360.0f;
    m.speed = hypotf(east, north);
    return m;
}

// Head wind and cross wind on a runway, and whether the cross wind is over a limit.
#pragma nsc input(w.direction, 0, 360)
#pragma nsc input(w.speed, 0, 30)
#pragma nsc input(runway, 1, 36)
#pragma nsc input(limit, 5, 20)
void runway_wind(wind w, int runway, float limit, float *head, float *cross, int *closed)
{
    float angle = (w.direction - 10.0f * (float)runway) * 0.01745329f;
    *head = w.speed * cosf(angle);
    *cross = w.speed * sinf(angle);
    *closed = fabsf(*cross) > limit || *head < -5.0f;
}

// Wind speed at the height of a hub over rough ground, by the logarithmic law above a displaced surface.
#pragma nsc input(measured, 1, 15)
#pragma nsc input(mast, 8, 30)
#pragma nsc input(hub, 40, 150)
#pragma nsc input(roughness, 0.01, 1)
#pragma nsc input(canopy, 0, 6)
double hub_wind(double measured, double mast, double hub, double roughness, double canopy)
{
    double displaced = 0.7 * canopy;
    return measured * log((hub - displaced) / roughness) / log((mast - displaced) / roughness);
}

// Sunlight in watts per square metre on a sloping surface under a clear sky.
#pragma nsc input(elevation, -5, 85)
#pragma nsc input(azimuth, 0, 360)
#pragma nsc input(slope, 0, 90)
#pragma nsc input(facing, 0, 360)
#pragma nsc input(turbidity, 2, 6)
double slope_radiation(double elevation, double azimuth, double slope, double facing, double turbidity)
{
    if (elevation <= 0.0)
        return 0.0;
    double h = sin(radians(elevation));
    double mass = 1.0 / (h + 0.05);
    double direct = 1361.0 * exp(-0.08 * turbidity * mass);
    double cosine = h * cos(radians(slope)) + cos(radians(elevation)) * sin(radians(slope)) * cos(radians(azimuth - facing));
    double diffuse = 0.15 * (1361.0 * h - direct * h) * (1.0 + cos(radians(slope)));
    return fmax(cosine, 0.0) * direct + diffuse;
}

// Evaporation of a grass reference in millimetres per day (Penman and Monteith).
#pragma nsc input(celsius, 0, 40)
#pragma nsc input(humidity, 15, 95)
#pragma nsc input(metres_per_second, 0.5, 8)
#pragma nsc input(radiation, 2, 28)
#pragma nsc input(kilopascal, 80, 103)
double reference_evaporation(double celsius, double humidity, double metres_per_second, double radiation, double kilopascal)
{
    double es = 0.6108 * exp(17.27 * celsius / (celsius + 237.3));
    double ea = es * humidity / 100.0;
    double slope = 4098.0 * es / ((celsius + 237.3) * (celsius + 237.3));
    double gamma = 0.000665 * kilopascal;
    double net = 0.77 * radiation - 2.0;
    double top = 0.408 * slope * net + gamma * 900.0 / (celsius + 273.0) * metres_per_second * (es - ea);
    return fmax(top / (slope + gamma * (1.0 + 0.34 * metres_per_second)), 0.0);
}

// Run-off in millimetres from a storm by the curve number of soil and cover.
#pragma nsc input(rain, 0, 150)
#pragma nsc input(soil, 0, 3)
#pragma nsc input(cover, 0, 3)
#pragma nsc input(wet, 0, 1)
double storm_runoff(double rain, int soil, int cover, bool wet)
{
    static const unsigned char number[4][4] = {
        { 30, 55, 70, 77 }, { 49, 69, 79, 84 }, { 67, 78, 85, 88 }, { 77, 85, 90, 92 },
    };
    double cn = number[cover][soil];
    if (wet)
        cn = 23.0 * cn / (10.0 + 0.13 * cn);
    double storage = 25400.0 / cn - 254.0;
    double after = rain - 0.2 * storage;
    return after <= 0.0 ? 0.0 : after * after / (after + storage);
}

// Snow pack after a day: new snow by temperature, melt by degrees, rain on snow.
#pragma nsc input(pack, 0, 200)
#pragma nsc input(precipitation, 0, 40)
#pragma nsc input(celsius, -10, 10)
#pragma nsc input(factor, 2, 6)
float snow_pack(float pack, float precipitation, float celsius, float factor)
{
    float snow_share = bounded((2.0f - celsius) / 3.0f, 0.0f, 1.0f);
    float rain = precipitation * (1.0f - snow_share);
    float melt = celsius > 0.0f ? celsius * (factor + 0.0125f * rain) : 0.0f;
    float next = pack + precipitation * snow_share - melt;
    return next > 0.0f ? next : 0.0f;
}

// Pressure at sea level from a station's pressure, height, temperature and vapour.
#pragma nsc input(a.celsius, -20, 35)
#pragma nsc input(a.humidity, 10, 100)
#pragma nsc input(a.hectopascal, 750, 1030)
#pragma nsc input(metres, 0, 2500)
float sea_level_pressure(const air *a, float metres)
{
    float vapour = saturation_vapour(a->celsius) * a->humidity / 100.0f;
    float column = a->celsius + 273.15f + 0.12f * vapour + 0.0065f * metres / 2.0f;
    return a->hectopascal * expf(9.80665f * metres / (287.05f * column));
}

// Height of the base of cumulus clouds over the ground in metres and the temperature there.
#pragma nsc input(celsius, 5, 38)
#pragma nsc input(spread, 0, 20)
#pragma nsc input(lapse, 5, 10)
void cloud_base(float celsius, float spread, float lapse, float *metres, float *base_celsius)
{
    float h = 125.0f * spread;
    *metres = h < 3500.0f ? h : 3500.0f;
    *base_celsius = celsius - lapse * 0.001f * *metres;
}

// Instability of the atmosphere from temperatures and dew points at three heights (K index) and its class.
#pragma nsc input(t850, 0, 25)
#pragma nsc input(t700, -10, 15)
#pragma nsc input(t500, -35, -5)
#pragma nsc input(spread850, 0, 15)
#pragma nsc input(spread700, 0, 25)
void k_index(float t850, float t700, float t500, float spread850, float spread700, float *index, int *risk)
{
    float k = t850 - t500 + (t850 - spread850) - spread700;
    if (t700 > 12.0f)
        k -= 2.0f * (t700 - 12.0f);
    *index = k;
    if (k < 20.0f)
        *risk = 0;
    else if (k < 26.0f)
        *risk = 1;
    else if (k < 31.0f)
        *risk = 2;
    else
        *risk = k < 36.0f ? 3 : 4;
}

// Visibility in kilometres through fog, rain and dust together.
#pragma nsc input(water, 0.001, 0.02)
#pragma nsc input(rain, 0, 50)
#pragma nsc input(dust, 0, 0.5)
#pragma nsc input(humidity, 20, 100)
float visibility(float water, float rain, float dust, float humidity)
{
    float fog = 144.7f * powf(water, 0.88f);
    float drops = 0.365f * powf(rain, 0.63f);
    float growth = 1.0f + 2.0f * powf(humidity / 100.0f, 8.0f);
    float extinction = 0.02f + fog + drops + 1.5f * dust * growth;
    float km = 3.912f / extinction;
    return km > 50.0f ? 50.0f : km;
}

// Danger of a forest fire from noon weather, the days since rain and the slope (0 to 100).
#pragma nsc input(celsius, 5, 42)
#pragma nsc input(humidity, 5, 95)
#pragma nsc input(kmh, 0, 60)
#pragma nsc input(days, 0, 30)
#pragma nsc input(slope_deg, 0, 30)
float fire_danger(float celsius, float humidity, float kmh, int days, float slope_deg)
{
    float drought = bounded(2.0f + 0.35f * (float)days, 0.0f, 10.0f);
    float index = 2.0f * expf(-0.45f + 0.987f * logf(drought) - 0.0345f * humidity + 0.0338f * celsius + 0.0234f * kmh);
    index *= expf(0.069f * slope_deg) / 2.0f;
    return index > 100.0f ? 100.0f : index;
}

// Degrees of growth that a crop gathers in a week from daily minima and maxima.
#pragma nsc input(low, -5, 20)
#pragma nsc input(high, 10, 38)
#pragma nsc input(base, 4, 10)
#pragma nsc input(ceiling, 28, 34)
float growing_degrees(const float low[7], const float high[7], float base, float ceiling)
{
    float sum = 0.0f;
    for (int day = 0; day < 7; day++) {
        float top = high[day] < ceiling ? high[day] : ceiling;
        float bottom = low[day] > base ? low[day] : base;
        float mean = 0.5f * (top + bottom) - base;
        if (mean > 0.0f)
            sum += mean;
    }
    return sum;
}

// Value at a place inside a triangle of three stations by inverse squared distance, with a lapse rate.
#pragma nsc input(x, -10, 10)
#pragma nsc input(y, -10, 10)
#pragma nsc input(height, 0, 1500)
#pragma nsc input(value, -5, 25)
#pragma nsc input(station_height, 0, 1500)
float interpolate_stations(float x, float y, float height, const float value[3], const float station_height[3])
{
    static const float place[3][2] = { { -8.0f, -5.0f }, { 9.0f, -3.0f }, { 0.5f, 8.0f } };
    float sum = 0.0f, weights = 0.0f;
    for (int i = 0; i < 3; i++) {
        float dx = x - place[i][0], dy = y - place[i][1];
        float w = 1.0f / (dx * dx + dy * dy + 0.5f);
        sum += w * (value[i] - 0.0065f * (height - station_height[i]));
        weights += w;
    }
    return sum / weights;
}

// Energy balance of a snow or soil surface in watts per square metre.
#pragma nsc input(sun, 0, 900)
#pragma nsc input(albedo, 0.1, 0.9)
#pragma nsc input(cloud, 0, 1)
#pragma nsc input(a.celsius, -15, 30)
#pragma nsc input(a.humidity, 20, 100)
#pragma nsc input(a.hectopascal, 800, 1030)
#pragma nsc input(surface_celsius, -20, 40)
#pragma nsc input(metres_per_second, 0.5, 12)
#pragma nsc input(soil_celsius, -5, 20)
#pragma nsc input(conductance, 0.5, 5)
float surface_energy(float sun, float albedo, float cloud, const air *a, float surface_celsius, float metres_per_second,
                     float soil_celsius, float conductance)
{
    float vapour = saturation_vapour(a->celsius) * a->humidity / 100.0f;
    float sky = 0.23f + 0.44f * powf(vapour / (a->celsius + 273.15f), 0.125f);
    sky += (0.97f - sky) * cloud * cloud;
    float ta = a->celsius + 273.15f, ts = surface_celsius + 273.15f;
    float longwave = 5.67e-8f * (sky * ta * ta * ta * ta - 0.97f * ts * ts * ts * ts);
    float exchange = 0.0025f * metres_per_second;
    float sensible = 1005.0f * 1.2f * exchange * (a->celsius - surface_celsius);
    float latent = 0.622f * 2.5e6f * 1.2f * exchange * (vapour - saturation_vapour(surface_celsius)) / a->hectopascal;
    return sun * (1.0f - albedo) + longwave + sensible + latent + conductance * (soil_celsius - surface_celsius);
}

// Divergence and vorticity of the wind on a 3 x 2 pair of staggered grids around a cell.
#pragma nsc input(east, -15, 15)
#pragma nsc input(north, -15, 15)
#pragma nsc input(spacing_km, 5, 50)
#pragma nsc input(latitude, 20, 70)
void wind_derivatives(const float east[2][3], const float north[3][2], float spacing_km, float latitude, float *divergence, float *vorticity)
{
    float h = 1000.0f * spacing_km;
    float dudx = 0.5f * (east[0][2] - east[0][0] + east[1][2] - east[1][0]) / (2.0f * h);
    float dvdy = 0.5f * (north[2][0] - north[0][0] + north[2][1] - north[0][1]) / (2.0f * h);
    float dudy = (east[1][1] - east[0][1]) / h;
    float dvdx = (north[1][1] - north[1][0]) / h;
    *divergence = 1e5f * (dudx + dvdy);
    *vorticity = 1e5f * (dvdx - dudy) + 14.584f * sinf(latitude * 0.01745329f);
}
