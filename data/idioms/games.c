// Games: damage, experience, cameras, boards, scores, terrain.

#include <math.h>
#include <stdbool.h>

typedef unsigned char u8;

typedef struct { int attack, defence, level; } Fighter;
typedef struct { float x, y, vx, vy; } Body;
typedef struct { float amplitude, frequency, phase; } Wave;

enum Element { FIRE, WATER, GRASS, STONE, ELEMENT_COUNT };
enum Suit { CLUBS, DIAMONDS, HEARTS, SPADES };

static int clampi(int v, int lo, int hi) { return v < lo ? lo : v > hi ? hi : v; }
static float clampf(float v, float lo, float hi) { return v < lo ? lo : v > hi ? hi : v; }
static float smooth(float t) { return t * t * (3.0f - 2.0f * t); }

// Damage of a blow: attack against defence, elements, critical hits, never less than one.
#pragma nsc input(a.attack, 10, 120)
#pragma nsc input(a.defence, 10, 120)
#pragma nsc input(a.level, 1, 50)
#pragma nsc input(b.attack, 10, 120)
#pragma nsc input(b.defence, 50, 120)
#pragma nsc input(b.level, 1, 50)
#pragma nsc input(attackElement, 0, 3)
#pragma nsc input(defendElement, 0, 3)
#pragma nsc input(critical, 0, 1)
int BlowDamage(Fighter a, Fighter b, int attackElement, int defendElement, bool critical)
{
    static const u8 chart[ELEMENT_COUNT][ELEMENT_COUNT] = {
        { 2, 1, 4, 1 },
        { 4, 2, 1, 4 },
        { 1, 4, 2, 4 },
        { 4, 1, 1, 2 },
    };
    int armour = b.defence + b.level + b.attack / 10;
    int base = (2 * a.level / 5 + 2) * 40 * a.attack / armour / 50 + 2;
    int damage = base * chart[attackElement][defendElement] / 2;
    if (critical)
        damage += damage / 2 + a.defence / 40;
    return damage < 1 ? 1 : damage;
}

// Experience that is still missing for the next level, by one of three growth curves.
#pragma nsc input(level, 1, 60)
#pragma nsc input(curve, 0, 2)
#pragma nsc input(percentDone, 0, 99)
int ExperienceMissing(int level, int curve, int percentDone)
{
    int a = level * level * level, n = level + 1;
    int b = n * n * n;
    int need;
    switch (curve) {
    case 0: need = 4 * (b - a) / 5; break;
    case 1: need = b - a; break;
    default: need = 5 * (b - a) / 4; break;
    }
    return need - need * percentDone / 100;
}

// Rating of a player after a game (Elo), with a step that shrinks for strong and for busy players.
#pragma nsc input(rating, 800, 2600)
#pragma nsc input(opponent, 800, 2600)
#pragma nsc input(halfPoints, 0, 2)
#pragma nsc input(games, 0, 100)
float NewRating(float rating, float opponent, int halfPoints, int games)
{
    float expected = 1.0f / (1.0f + powf(10.0f, clampf(opponent - rating, -400.0f, 400.0f) / 400.0f));
    float k = games < 30 ? 40.0f : rating < 2400.0f ? 20.0f : 10.0f;
    return rating + k * (0.5f * (float)halfPoints - expected);
}

// Camera position that follows a player with a dead zone and eases towards the rest.
#pragma nsc input(camera, -10, 10)
#pragma nsc input(player, -10, 10)
#pragma nsc input(zone, 0.5, 4)
#pragma nsc input(dt, 0.005, 0.05)
void FollowCamera(const float camera[2], const float player[2], float zone, float dt, float out[2])
{
    float ease = 1.0f - expf(-6.0f * dt);
    for (int i = 0; i < 2; i++) {
        float d = player[i] - camera[i];
        float pull = d > zone ? d - zone : d < -zone ? d + zone : 0.0f;
        out[i] = camera[i] + ease * pull;
    }
}

// A ball in a box after one frame: gravity, bounce off floor and walls with a loss.
#pragma nsc input(b.x, -5, 5)
#pragma nsc input(b.y, 0, 8)
#pragma nsc input(b.vx, -20, 20)
#pragma nsc input(b.vy, -20, 20)
#pragma nsc input(bounce, 0.3, 0.95)
#pragma nsc input(dt, 0.01, 0.1)
Body BounceBall(Body b, float bounce, float dt)
{
    b.vy -= 9.8f * dt;
    b.x += b.vx * dt;
    b.y += b.vy * dt;
    if (b.y < 0.0f) {
        b.y = -b.y * bounce;
        b.vy = -b.vy * bounce;
        b.vx *= 0.98f;
    }
    if (b.x < -5.0f || b.x > 5.0f) {
        float wall = b.x < 0.0f ? -5.0f : 5.0f;
        b.x = wall - (b.x - wall) * bounce;
        b.vx = -b.vx * bounce;
    }
    return b;
}

// Where to aim ahead of a moving target so that a projectile of constant speed meets it.
#pragma nsc input(dx, -20, 20)
#pragma nsc input(dy, -20, 20)
#pragma nsc input(vx, -4, 4)
#pragma nsc input(vy, -4, 4)
#pragma nsc input(speed, 7, 15)
void LeadTarget(float dx, float dy, float vx, float vy, float speed, float aim[2])
{
    float a = vx * vx + vy * vy - speed * speed;
    float b = dx * vx + dy * vy;
    float c = dx * dx + dy * dy;
    float t = (-b - sqrtf(b * b - a * c)) / a;
    aim[0] = dx + vx * t;
    aim[1] = dy + vy * t;
}

// Jump height above the ground for how long the button was held, with a double jump.
#pragma nsc input(held, 0.02, 0.4)
#pragma nsc input(t, 0, 1.2)
#pragma nsc input(secondJumpAt, 0.1, 1)
#pragma nsc input(hasBoots, 0, 1)
float JumpHeight(float held, float t, float secondJumpAt, bool hasBoots)
{
    const float gravity = 30.0f;
    float v = 6.0f + 12.0f * fminf(held, 0.25f);
    if (hasBoots)
        v *= 1.15f;
    float y = v * t - 0.5f * gravity * t * t;
    if (t > secondJumpAt) {
        float at = fmaxf(v * secondJumpAt - 0.5f * gravity * secondJumpAt * secondJumpAt, 0.0f);
        float u = t - secondJumpAt;
        y = at + 7.0f * u - 0.5f * gravity * u * u;
    }
    return fmaxf(y, 0.0f);
}

// Value of a poker hand of three cards by rank, where pairs and straights add.
#pragma nsc input(rank, 2, 14)
#pragma nsc input(suit, 0, 3)
int ThreeCardScore(const int rank[3], const int suit[3])
{
    int hi = rank[0], lo = rank[0], sum = 0;
    for (int i = 0; i < 3; i++) {
        if (rank[i] > hi) hi = rank[i];
        if (rank[i] < lo) lo = rank[i];
        sum += rank[i];
    }
    int mid = sum - hi - lo;
    bool flush = suit[0] == suit[1] && suit[1] == suit[2];
    bool straight = hi - mid == 1 && mid - lo == 1;
    int bonus = 0;
    if (hi == lo)
        bonus = 300;
    else if (straight)
        bonus = flush ? 400 : 200;
    else if (flush)
        bonus = 150;
    else if (hi == mid || mid == lo)
        bonus = 60 + mid;
    return bonus + 3 * hi + mid;
}

// Best total of five blackjack cards, aces as one or eleven; zero when it is over 21.
#pragma nsc input(card, 1, 13)
#pragma nsc input(count, 2, 5)
int BlackjackTotal(const u8 card[5], int count)
{
    int total = 0, aces = 0;
    for (int i = 0; i < 5; i++) {
        if (i >= count)
            break;
        total += card[i] > 10 ? 10 : card[i];
        aces += card[i] == 1;
    }
    if (aces > 0 && total <= 11)
        total += 10;
    return total > 21 ? 0 : total;
}

// Static value of a small chess endgame: material, advanced pawns, and kings near the centre.
#pragma nsc input(men, 0, 4)
#pragma nsc input(king, 0, 7)
#pragma nsc input(advance, 0, 5)
int EndgameValue(const int men[2][3], const int king[2][2], int advance)
{
    static const int worth[3] = { 100, 320, 500 };
    static const int near[8] = { 0, 1, 2, 3, 3, 2, 1, 0 };
    int value = 0;
    for (int side = 0; side < 2; side++) {
        int v = 0;
        for (int k = 0; k < 3; k++)
            v += men[side][k] * worth[k];
        v += 8 * (near[king[side][0]] + near[king[side][1]]);
        value += side == 0 ? v : -v;
    }
    return value + 12 * advance * (men[0][0] > 0);
}

// Score of a window of four cells on a connect-four board (0 empty, 1 mine, 2 theirs).
#pragma nsc input(cell, 0, 2)
#pragma nsc input(myTurn, 0, 1)
int WindowScore(const int cell[4], bool myTurn)
{
    int mine = 0, theirs = 0;
    for (int i = 0; i < 4; i++) {
        mine += cell[i] == 1;
        theirs += cell[i] == 2;
    }
    if (mine == 4) return 1000;
    if (theirs == 4) return -1000;
    if (theirs == 0) return mine * mine * 5 + (myTurn && mine == 3 ? 100 : 0);
    if (mine == 0) return -theirs * theirs * 5 - (!myTurn && theirs == 3 ? 100 : 0);
    return 0;
}

// Height of the sea at a place and time as a sum of two trains of waves, calmer near the shore.
#pragma nsc input(first.amplitude, 0.1, 1)
#pragma nsc input(first.frequency, 0.2, 1)
#pragma nsc input(first.phase, 0, 6.28)
#pragma nsc input(second.amplitude, 0.05, 0.5)
#pragma nsc input(second.frequency, 0.5, 2)
#pragma nsc input(second.phase, 0, 6.28)
#pragma nsc input(x, 0, 10)
#pragma nsc input(t, 0, 5)
#pragma nsc input(shore, 0, 8)
float SeaHeight(Wave first, Wave second, float x, float t, float shore)
{
    float a = first.amplitude * sinf(first.frequency * x + first.phase + 1.3f * t);
    float b = second.amplitude * cosf(second.frequency * x - second.phase + 2.1f * t);
    float calm = clampf((x - shore + 4.0f) / 4.0f, 0.0f, 1.0f);
    return (a + b) * smooth(calm);
}

// Terrain height in a cell from the gradients at its four corners (gradient noise).
#pragma nsc input(gradient, -1, 1)
#pragma nsc input(x, 0, 1)
#pragma nsc input(y, 0, 1)
float CellNoise(const float gradient[2][2][2], float x, float y)
{
    float v[2][2];
    for (int i = 0; i < 2; i++)
        for (int j = 0; j < 2; j++)
            v[i][j] = gradient[i][j][0] * (x - (float)j) + gradient[i][j][1] * (y - (float)i);
    float u = smooth(x), w = smooth(y);
    float low = v[0][0] + u * (v[0][1] - v[0][0]);
    float high = v[1][0] + u * (v[1][1] - v[1][0]);
    return low + w * (high - low);
}

// Movement points that a step over a hex map costs, from terrain, river, road and unit.
#pragma nsc input(terrain, 0, 5)
#pragma nsc input(river, 0, 1)
#pragma nsc input(road, 0, 1)
#pragma nsc input(climb, -2, 3)
#pragma nsc input(unit, 0, 2)
int MoveCost(int terrain, bool river, bool road, int climb, int unit)
{
    static const u8 cost[3][6] = {
        { 2, 3, 4, 6, 8, 3 },
        { 1, 2, 5, 8, 12, 2 },
        { 2, 2, 2, 2, 2, 2 },
    };
    int c = cost[unit][terrain];
    if (unit == 2)
        return c;
    if (road)
        c = c > 2 ? c / 2 : 1;
    else if (river)
        c += unit == 1 ? 5 : 3;
    if (climb > 0)
        c += 2 * climb;
    return c;
}

// Estimated path length between two cells on a grid: octile distance with a small tie-breaker.
#pragma nsc input(x0, 0, 30)
#pragma nsc input(y0, 0, 30)
#pragma nsc input(x1, 0, 30)
#pragma nsc input(y1, 0, 30)
float OctileDistance(int x0, int y0, int x1, int y1)
{
    int dx = x0 > x1 ? x0 - x1 : x1 - x0;
    int dy = y0 > y1 ? y0 - y1 : y1 - y0;
    int diagonal = dx < dy ? dx : dy, straight = (dx < dy ? dy : dx) - diagonal;
    return ((float)straight + 1.41421356f * (float)diagonal) * 1.001f;
}

// Health after a tick of poison, fire, rain and regeneration, between zero and the maximum.
#pragma nsc input(health, 1, 100)
#pragma nsc input(maximum, 50, 100)
#pragma nsc input(poison, 0, 5)
#pragma nsc input(burning, 0, 1)
#pragma nsc input(rain, 0, 1)
#pragma nsc input(regeneration, 0, 4)
int HealthAfterTick(int health, int maximum, int poison, bool burning, bool rain, int regeneration)
{
    int delta = regeneration - poison;
    if (burning)
        delta -= rain ? 1 : 4;
    if (health < maximum / 4 && delta < 0)
        delta /= 2;
    return clampi(health + delta, 0, maximum);
}

// Steering of a swarm member by separation, alignment and cohesion with two neighbours.
#pragma nsc input(self, -1, 1)
#pragma nsc input(a, -1, 1)
#pragma nsc input(b, -1, 1)
#pragma nsc input(weight, 0, 2)
void FlockSteer(Body self, Body a, Body b, const float weight[3], float force[2])
{
    Body mate[2] = { a, b };
    float sx = 0, sy = 0, ax = 0, ay = 0, cx = 0, cy = 0;
    for (int i = 0; i < 2; i++) {
        float dx = mate[i].x - self.x, dy = mate[i].y - self.y;
        float near = 1.0f / (0.2f + dx * dx + dy * dy);
        sx -= dx * near;
        sy -= dy * near;
        ax += 0.5f * (mate[i].vx - self.vx);
        ay += 0.5f * (mate[i].vy - self.vy);
        cx += 0.5f * dx;
        cy += 0.5f * dy;
    }
    force[0] = weight[0] * sx + weight[1] * ax + weight[2] * cx;
    force[1] = weight[0] * sy + weight[1] * ay + weight[2] * cy;
}

// Points of a racing driver: place, fastest lap, grid places won and a penalty.
#pragma nsc input(place, 1, 20)
#pragma nsc input(grid, 1, 20)
#pragma nsc input(fastestLap, 0, 1)
#pragma nsc input(penaltySeconds, 0, 15)
int RacePoints(int place, int grid, bool fastestLap, int penaltySeconds)
{
    static const u8 points[11] = { 0, 25, 18, 15, 12, 10, 8, 6, 4, 2, 1 };
    int effective = place + penaltySeconds / 5;
    int score = effective <= 10 ? points[effective] : 0;
    if (fastestLap && effective <= 10)
        score += 1;
    int gained = grid - effective;
    return score + (gained > 0 ? gained / 4 : 0);
}

// Price of an item in a shop by rarity, wear, haggling skill and whether the player buys or sells.
#pragma nsc input(base, 5, 500)
#pragma nsc input(rarity, 0, 4)
#pragma nsc input(wear, 0, 1)
#pragma nsc input(skill, 0, 100)
#pragma nsc input(buying, 0, 1)
int ShopPrice(int base, int rarity, float wear, int skill, bool buying)
{
    static const float factor[5] = { 1.0f, 1.6f, 2.8f, 5.0f, 9.0f };
    float value = (float)base * factor[rarity] * (1.0f - 0.6f * wear * wear);
    float haggle = 0.3f * (1.0f - (float)skill / 125.0f);
    float price = buying ? value * (1.0f + haggle) : value * (0.7f - haggle);
    return (int)(price + 0.5f);
}

// Threat that a unit feels from three enemies: their strength, distance and whether they see it.
#pragma nsc input(strength, 1, 10)
#pragma nsc input(distance, 0.5, 12)
#pragma nsc input(sees, 0, 1)
#pragma nsc input(cover, 0, 1)
#pragma nsc input(health, 1, 100)
#pragma nsc input(courage, 0, 1)
float ThreatLevel(const int strength[3], const float distance[3], const bool sees[3], float cover, int health, float courage)
{
    float threat = 0.0f;
    for (int i = 0; i < 3; i++) {
        float near = 1.0f / (1.0f + 0.3f * distance[i]);
        float seen = sees[i] ? 1.0f - 0.7f * cover : 0.25f;
        threat += (float)strength[i] * near * seen;
    }
    float weak = health < 30 ? 2.0f : 1.0f;
    return threat * weak * (1.2f - courage);
}

// Mean of the light from four lamps on a tile with a falloff and a torch that flickers.
#pragma nsc input(lamp, -6, 6)
#pragma nsc input(power, 0, 2)
#pragma nsc input(flicker, 0, 6.28)
#pragma nsc input(ambient, 0, 0.3)
float TileLight(const float lamp[4][2], const float power[4], float flicker, float ambient)
{
    float light = ambient;
    for (int i = 0; i < 4; i++) {
        float r2 = lamp[i][0] * lamp[i][0] + lamp[i][1] * lamp[i][1];
        float p = i == 0 ? power[i] * (0.85f + 0.15f * sinf(flicker)) : power[i];
        if (r2 < 36.0f)
            light += p * (1.0f - r2 / 36.0f) * (1.0f - r2 / 36.0f);
    }
    return clampf(light, 0.0f, 2.0f);
}
