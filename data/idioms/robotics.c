// Robotics: odometry, sensors, planning, manipulators, drones.

#include <math.h>
#include <stdbool.h>

typedef struct { double x, y, heading; } Pose;
typedef struct { double w, x, y, z; } Quat;
typedef struct { float roll, pitch, yaw; } Attitude;

static double wrapAngle(double a)
{
    return a - 2.0 * M_PI * floor((a + M_PI) / (2.0 * M_PI));
}

static double limit(double v, double bound)
{
    if (v > bound) return bound;
    if (v < -bound) return -bound;
    return v;
}

static float limitf(float v, float lo, float hi)
{
    return fminf(fmaxf(v, lo), hi);
}

// New pose of a differential-drive robot after its wheels have turned.
#pragma nsc input(pose, -5, 5)
#pragma nsc input(pose.heading, -3.14, 3.14)
#pragma nsc input(left, -0.5, 0.5)
#pragma nsc input(right, -0.5, 0.5)
#pragma nsc input(track, 0.2, 0.8)
Pose driveOdometry(Pose pose, double left, double right, double track)
{
    double forward = 0.5 * (left + right);
    double turn = (right - left) / track;
    double mid = pose.heading + 0.5 * turn;
    Pose next;
    next.x = pose.x + forward * cos(mid);
    next.y = pose.y + forward * sin(mid);
    next.heading = wrapAngle(pose.heading + turn);
    return next;
}

// Speed and turn rate that steer a robot towards a goal; it stops within the tolerance.
#pragma nsc input(pose, -3, 3)
#pragma nsc input(goalX, -3, 3)
#pragma nsc input(goalY, -3, 3)
#pragma nsc input(tolerance, 0.05, 0.5)
void steerToGoal(const Pose *pose, double goalX, double goalY, double tolerance, double *speed, double *turn)
{
    double dx = goalX - pose->x, dy = goalY - pose->y;
    double distance = hypot(dx, dy);
    if (distance < tolerance) {
        *speed = 0.0;
        *turn = 0.0;
        return;
    }
    double error = wrapAngle(atan2(dy, dx) - pose->heading);
    double ahead = cos(error);
    *speed = ahead > 0.0 ? limit(0.8 * distance, 1.0) * ahead : 0.0;
    *turn = limit(2.0 * error, 1.5);
}

// Steering angle of a car that follows a path point by pure pursuit.
#pragma nsc input(targetX, 1, 15)
#pragma nsc input(targetY, -5, 5)
#pragma nsc input(wheelbase, 2, 4)
#pragma nsc input(maxSteer, 0.3, 0.7)
double purePursuit(double targetX, double targetY, double wheelbase, double maxSteer)
{
    double squared = targetX * targetX + targetY * targetY;
    double curvature = 2.0 * targetY / squared;
    return limit(atan(wheelbase * curvature), maxSteer);
}

// One step of a kinematic bicycle model with speed and slip angle at the centre of mass.
#pragma nsc input(x, -10, 10)
#pragma nsc input(y, -10, 10)
#pragma nsc input(psi, -3, 3)
#pragma nsc input(v, 0, 20)
#pragma nsc input(accel, -4, 3)
#pragma nsc input(steer, -0.5, 0.5)
#pragma nsc input(dt, 0.01, 0.1)
void bicycleStep(double x, double y, double psi, double v, double accel, double steer, double dt, double next[4])
{
    const double lf = 1.2, lr = 1.5;
    double beta = atan(lr / (lf + lr) * tan(steer));
    next[0] = x + v * cos(psi + beta) * dt;
    next[1] = y + v * sin(psi + beta) * dt;
    next[2] = psi + v / lr * sin(beta) * dt;
    next[3] = fmax(v + accel * dt, 0.0);
}

// Rate commands of a drone from its attitude errors, limited axis by axis.
#pragma nsc input(want, -0.6, 0.6)
#pragma nsc input(have, -0.6, 0.6)
#pragma nsc input(gain, 2, 8)
#pragma nsc input(maxRate, 1, 4)
Attitude attitudeRates(Attitude want, Attitude have, float gain, float maxRate)
{
    Attitude rate;
    rate.roll = limitf(gain * (want.roll - have.roll), -maxRate, maxRate);
    rate.pitch = limitf(gain * (want.pitch - have.pitch), -maxRate, maxRate);
    rate.yaw = limitf(0.5f * gain * (want.yaw - have.yaw), -0.5f * maxRate, 0.5f * maxRate);
    return rate;
}

// Motor commands of a quadrotor in X arrangement from thrust and torques, desaturated.
#pragma nsc input(thrust, 0, 1)
#pragma nsc input(roll, -0.3, 0.3)
#pragma nsc input(pitch, -0.3, 0.3)
#pragma nsc input(yaw, -0.2, 0.2)
void mixQuad(float thrust, float roll, float pitch, float yaw, float motor[4])
{
    static const float mix[4][3] = {
        {-1, 1, -1}, {-1, -1, 1}, {1, -1, -1}, {1, 1, 1},
    };
    float top = 0.0f;
    for (int i = 0; i < 4; i++) {
        motor[i] = thrust + mix[i][0] * roll + mix[i][1] * pitch + mix[i][2] * yaw;
        if (motor[i] > top) top = motor[i];
    }
    float excess = top > 1.0f ? top - 1.0f : 0.0f;
    for (int i = 0; i < 4; i++)
        motor[i] = limitf(motor[i] - excess, 0.0f, 1.0f);
}

// Roll, pitch and yaw of an attitude quaternion, which is normalised first.
#pragma nsc input(q, -0.6, 0.6)
#pragma nsc input(q.w, 0.4, 1)
void quaternionToEuler(Quat q, double euler[3])
{
    double n = 1.0 / sqrt(q.w * q.w + q.x * q.x + q.y * q.y + q.z * q.z);
    double w = q.w * n, x = q.x * n, y = q.y * n, z = q.z * n;
    euler[0] = atan2(2.0 * (w * x + y * z), 1.0 - 2.0 * (x * x + y * y));
    double s = 2.0 * (w * y - z * x);
    euler[1] = fabs(s) >= 1.0 ? copysign(M_PI_2, s) : asin(s);
    euler[2] = atan2(2.0 * (w * z + x * y), 1.0 - 2.0 * (y * y + z * z));
}

// Pitch of a complementary filter that fuses a gyroscope with an accelerometer.
#pragma nsc input(pitch, -0.8, 0.8)
#pragma nsc input(gyro, -2, 2)
#pragma nsc input(accel, -2, 2)
#pragma nsc input(accel[2], 5, 12)
#pragma nsc input(dt, 0.001, 0.05)
float complementaryPitch(float pitch, float gyro, const float accel[3], float dt)
{
    float integrated = pitch + gyro * dt;
    float norm = sqrtf(accel[0] * accel[0] + accel[1] * accel[1] + accel[2] * accel[2]);
    if (norm < 7.0f || norm > 12.5f)
        return integrated;
    float measured = atan2f(-accel[0], sqrtf(accel[1] * accel[1] + accel[2] * accel[2]));
    float trust = 0.5f / (0.5f + dt);
    return trust * integrated + (1.0f - trust) * measured;
}

// Predict and correct of a one-dimensional Kalman filter: estimate and variance.
#pragma nsc input(estimate, -5, 5)
#pragma nsc input(variance, 0.1, 4)
#pragma nsc input(motion, -1, 1)
#pragma nsc input(motionVariance, 0.01, 1)
#pragma nsc input(measured, -5, 5)
#pragma nsc input(sensorVariance, 0.1, 4)
void kalman1d(double estimate, double variance, double motion, double motionVariance, double measured, double sensorVariance,
              double *newEstimate, double *newVariance)
{
    double p = variance + motionVariance;
    double prior = estimate + motion;
    double gain = p / (p + sensorVariance);
    double innovation = measured - prior;
    if (innovation * innovation > 9.0 * (p + sensorVariance))
        gain = 0.0;
    *newEstimate = prior + gain * innovation;
    *newVariance = (1.0 - gain) * p;
}

// Height of a gripper above the floor for an arm of three links and a lifting column.
#pragma nsc input(lift, 0, 0.5)
#pragma nsc input(joint, -1.5, 1.5)
#pragma nsc input(link, 0.2, 0.6)
double gripperHeight(double lift, const double joint[3], const double link[3])
{
    double angle = 0.0, height = 0.3 + lift;
    for (int i = 0; i < 3; i++) {
        angle += joint[i];
        height += link[i] * sin(angle);
    }
    return height > 0.0 ? height : 0.0;
}

// Gravity torques on the three joints of a planar arm with a load in its hand.
#pragma nsc input(joint, -1.57, 1.57)
#pragma nsc input(mass, 0.5, 3)
#pragma nsc input(load, 0, 2)
void gravityTorques(const double joint[3], const double mass[3], double load, double torque[3])
{
    static const double length[3] = {0.5, 0.4, 0.2};
    double reach[3], angle = 0.0;
    for (int i = 0; i < 3; i++) {
        angle += joint[i];
        reach[i] = length[i] * cos(angle);
    }
    double moment = 0.0, weight = load;
    for (int i = 2; i >= 0; i--) {
        moment += reach[i] * (weight + 0.5 * mass[i]);
        weight += mass[i];
        torque[i] = 9.81 * moment;
    }
}

// Distance that an infrared ranger reports for a voltage, from a calibration table.
#pragma nsc input(millivolts, 300, 3000)
#pragma nsc input(kelvin, 270, 310)
float rangerDistance(int millivolts, float kelvin)
{
    static const short mv[7] = {400, 600, 900, 1300, 1900, 2500, 2800};
    static const float cm[7] = {80, 50, 30, 20, 13, 9, 7};
    float corrected = (float)millivolts * (1.0f + 0.0004f * (kelvin - 293.0f));
    if (corrected <= mv[0]) return cm[0];
    if (corrected >= mv[6]) return cm[6];
    int i = 0;
    while (i < 5 && corrected > mv[i + 1]) i++;
    float t = (corrected - mv[i]) / (float)(mv[i + 1] - mv[i]);
    return cm[i] + t * (cm[i + 1] - cm[i]);
}

// Position on a trapezoidal speed profile at a time.
#pragma nsc input(distance, 0.5, 10)
#pragma nsc input(maxSpeed, 0.5, 3)
#pragma nsc input(accel, 0.5, 4)
#pragma nsc input(t, 0, 10)
double trapezoidPosition(double distance, double maxSpeed, double accel, double t)
{
    double ramp = maxSpeed / accel;
    if (accel * ramp * ramp > distance) {
        ramp = sqrt(distance / accel);
        maxSpeed = accel * ramp;
    }
    double cruise = (distance - maxSpeed * ramp) / maxSpeed;
    if (t < ramp)
        return 0.5 * accel * t * t;
    if (t < ramp + cruise)
        return 0.5 * accel * ramp * ramp + maxSpeed * (t - ramp);
    double left = 2.0 * ramp + cruise - t;
    return left > 0.0 ? distance - 0.5 * accel * left * left : distance;
}

// Repulsive and attractive potential at a point among three round obstacles.
#pragma nsc input(x, -2, 2)
#pragma nsc input(y, -2, 2)
#pragma nsc input(obstacle, -2, 2)
#pragma nsc input(goal, -2, 2)
float potentialField(float x, float y, const float obstacle[3][2], const float goal[2])
{
    float u = 0.5f * ((x - goal[0]) * (x - goal[0]) + (y - goal[1]) * (y - goal[1]));
    for (int i = 0; i < 3; i++) {
        float d = hypotf(x - obstacle[i][0], y - obstacle[i][1]);
        if (d < 1.0f) {
            float r = 1.0f / (d + 0.2f) - 1.0f / 1.2f;
            u += 0.5f * r * r;
        }
    }
    return u;
}

// Log odds of an occupancy cell after a beam of a range sensor.
#pragma nsc input(logOdds, -4, 4)
#pragma nsc input(cellDistance, 0.1, 5)
#pragma nsc input(measured, 0.1, 5)
#pragma nsc input(offAxis, -0.3, 0.3)
double occupancyUpdate(double logOdds, double cellDistance, double measured, double offAxis)
{
    const double width = 0.2, beam = 0.15;
    if (fabs(offAxis) > beam || cellDistance > measured + width)
        return logOdds;
    double weight = 1.0 - fabs(offAxis) / beam;
    double delta = fabs(cellDistance - measured) <= width ? 0.85 : -0.4;
    return limit(logOdds + weight * delta, 5.0);
}

// Wheel speeds of an omnidirectional base with four mecanum wheels, scaled to the fastest allowed.
#pragma nsc input(vx, -1, 1)
#pragma nsc input(vy, -1, 1)
#pragma nsc input(omega, -2, 2)
#pragma nsc input(halfSpan, 0.3, 0.6)
void mecanumWheels(double vx, double vy, double omega, double halfSpan, double wheel[4])
{
    double r = 0.05, k = halfSpan * omega;
    wheel[0] = (vx - vy - k) / r;
    wheel[1] = (vx + vy + k) / r;
    wheel[2] = (vx + vy - k) / r;
    wheel[3] = (vx - vy + k) / r;
    double top = 30.0;
    for (int i = 0; i < 4; i++)
        top = fmax(top, fabs(wheel[i]));
    for (int i = 0; i < 4; i++)
        wheel[i] *= 30.0 / top;
}

// Bearing of a line from five reflectance sensors: weighted position, with a memory of the side when it is lost.
#pragma nsc input(sensor, 0, 1023)
#pragma nsc input(lastRight, 0, 1)
int linePosition(const int sensor[5], bool lastRight)
{
    int sum = 0, weighted = 0;
    bool seen = false;
    for (int i = 0; i < 5; i++) {
        int v = sensor[i] > 200 ? sensor[i] : 0;
        if (sensor[i] > 500) seen = true;
        sum += v;
        weighted += v * (i - 2) * 1000;
    }
    if (!seen)
        return lastRight ? 2000 : -2000;
    return weighted / sum;
}

// Friction cone test of a grasp: margin by which two fingers hold an object with a given weight.
#pragma nsc input(grip, 1, 40)
#pragma nsc input(friction, 0.1, 1)
#pragma nsc input(mass, 0.05, 1.5)
#pragma nsc input(acceleration, -3, 6)
#pragma nsc input(tiltDeg, 0, 60)
double graspMargin(double grip, double friction, double mass, double acceleration, double tiltDeg)
{
    double load = mass * (9.81 + acceleration);
    double tilt = tiltDeg * (M_PI / 180.0);
    double along = load * cos(tilt), push = 0.5 * load * sin(tilt);
    double hold = friction * (fmax(grip - push, 0.0) + grip + push);
    return hold - along;
}

// Heading on the way from one compass direction to another, the short way round, in degrees.
#pragma nsc input(fromDeg, -180, 180)
#pragma nsc input(toDeg, -180, 180)
#pragma nsc input(t, 0, 1)
#pragma nsc input(ease, 0, 1)
double turnBetween(double fromDeg, double toDeg, double t, bool ease)
{
    double delta = toDeg - fromDeg;
    if (delta > 180.0) delta -= 360.0;
    if (delta < -180.0) delta += 360.0;
    double s = ease ? t * t * (3.0 - 2.0 * t) : t;
    return fromDeg + s * delta;
}

// Time until a moving robot comes closest to a walking person, and the distance then.
#pragma nsc input(gap, -5, 5)
#pragma nsc input(robot, -1.5, 1.5)
#pragma nsc input(person, -1.5, 1.5)
void closestApproach(const float gap[2], const float robot[2], const float person[2], float *when, float *distance)
{
    float vx = person[0] - robot[0], vy = person[1] - robot[1];
    float t = -(gap[0] * vx + gap[1] * vy) / (vx * vx + vy * vy + 0.01f);
    t = limitf(t, 0.0f, 10.0f);
    *when = t;
    *distance = hypotf(gap[0] + t * vx, gap[1] + t * vy);
}

// Product of two poses in space, each a rotation quaternion (taken as it is) and a shift: the shift of the product.
#pragma nsc input(a, -1, 1)
#pragma nsc input(shiftA, -2, 2)
#pragma nsc input(shiftB, -2, 2)
void chainPoses(Quat a, const double shiftA[3], const double shiftB[3], double out[3])
{
    double n = 2.0 / (a.w * a.w + a.x * a.x + a.y * a.y + a.z * a.z + 0.1);
    double tx = a.y * shiftB[2] - a.z * shiftB[1] + a.w * shiftB[0];
    double ty = a.z * shiftB[0] - a.x * shiftB[2] + a.w * shiftB[1];
    double tz = a.x * shiftB[1] - a.y * shiftB[0] + a.w * shiftB[2];
    out[0] = shiftA[0] + shiftB[0] + n * (a.y * tz - a.z * ty);
    out[1] = shiftA[1] + shiftB[1] + n * (a.z * tx - a.x * tz);
    out[2] = shiftA[2] + shiftB[2] + n * (a.x * ty - a.y * tx);
}

// Turn of a robot that avoids what eight range sensors see, with a preferred direction.
#pragma nsc input(range, 0.1, 3)
#pragma nsc input(prefer, -1, 1)
#pragma nsc input(caution, 0.5, 2)
double avoidTurn(const double range[8], double prefer, double caution)
{
    static const double bearing[8] = {-1.4, -1.0, -0.6, -0.2, 0.2, 0.6, 1.0, 1.4};
    double turn = 0.5 * prefer, nearest = range[0];
    for (int i = 0; i < 8; i++) {
        double danger = caution / (range[i] + 0.2);
        if (range[i] < 1.5)
            turn -= 0.2 * danger * copysign(1.0 - 0.4 * fabs(bearing[i]), bearing[i]);
        nearest = fmin(nearest, range[i]);
    }
    if (nearest < 0.25)
        turn *= 1.5;
    return limit(turn, 2.0);
}
