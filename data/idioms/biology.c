/* Biology and medicine: populations, enzymes, physiology, doses, genetics. */

#include <math.h>
#include <stdbool.h>
#include <stdint.h>

typedef struct
{
  double susceptible;
  double infected;
  double recovered;
} epidemic;

typedef struct
{
  double prey;
  double predator;
} ecosystem;

typedef struct
{
  short age;
  float weight_kg;
  float height_cm;
  bool female;
} patient;

static double hill(double x, double half, double n)
{
  double xn = pow(x, n);
  return xn / (pow(half, n) + xn);
}

/* Population after a time of logistic growth with a harvest that is taken at the end. */
#pragma nsc input(start, 10, 500)
#pragma nsc input(capacity, 300, 1000)
#pragma nsc input(rate, 0.1, 1.5)
#pragma nsc input(years, 0, 10)
#pragma nsc input(harvest, 0, 100)
double logistic_population(double start, double capacity, double rate, double years, double harvest)
{
  double ratio = (capacity - start) / start;
  double grown = capacity / (1 + ratio * exp(-rate * years));
  return grown > harvest ? grown - harvest : 0;
}

/* One day of an epidemic with three compartments, by the midpoint rule. */
#pragma nsc input(now, 0, 1)
#pragma nsc input(beta, 0.1, 0.8)
#pragma nsc input(gamma, 0.05, 0.3)
epidemic epidemic_day(epidemic now, double beta, double gamma)
{
  double s = now.susceptible - 0.5 * beta * now.susceptible * now.infected;
  double i = now.infected + 0.5 * (beta * now.susceptible - gamma) * now.infected;
  double caught = beta * s * i, healed = gamma * i;
  epidemic next = {now.susceptible - caught, now.infected + caught - healed, now.recovered + healed};
  return next;
}

/* Predators and prey after twelve small steps of time. */
#pragma nsc input(start, 0.2, 2)
#pragma nsc input(birth, 0.5, 1.5)
#pragma nsc input(hunt, 0.3, 1.2)
#pragma nsc input(death, 0.3, 1)
ecosystem predator_prey(ecosystem start, double birth, double hunt, double death)
{
  ecosystem e = start;
  for (int step = 0; step < 12; step++)
  {
    double eaten = hunt * e.prey * e.predator;
    e.prey += 0.1 * (birth * e.prey - eaten);
    e.predator += 0.1 * (0.6 * eaten - death * e.predator);
  }
  return e;
}

enum inhibition { NONE, COMPETITIVE, UNCOMPETITIVE, MIXED };

/* Rate of an enzyme under four kinds of inhibition. */
#pragma nsc input(substrate, 0.1, 10)
#pragma nsc input(inhibitor, 0, 5)
#pragma nsc input(vmax, 1, 10)
#pragma nsc input(km, 0.2, 4)
#pragma nsc input(ki, 0.3, 3)
#pragma nsc input(kind, 0, 3)
double enzyme_rate(double substrate, double inhibitor, double vmax, double km, double ki, int kind)
{
  double factor = 1 + inhibitor / ki;
  switch (kind)
  {
  case COMPETITIVE:
    return vmax * substrate / (km * factor + substrate);
  case UNCOMPETITIVE:
    return vmax * substrate / (km + substrate * factor);
  case MIXED:
    return vmax * substrate / (km * factor + substrate * (1 + inhibitor / (2 * ki)));
  default:
    return vmax * substrate / (km + substrate);
  }
}

/* Saturation of haemoglobin with oxygen, shifted by acidity, temperature and carbon dioxide. */
#pragma nsc input(oxygen, 10, 120)
#pragma nsc input(ph, 7.1, 7.6)
#pragma nsc input(celsius, 34, 41)
#pragma nsc input(carbon_dioxide, 25, 60)
double oxygen_saturation(double oxygen, double ph, double celsius, double carbon_dioxide)
{
  double shift = 0.48 * (ph - 7.4) - 0.024 * (celsius - 37) - 0.06 * log10(carbon_dioxide / 40);
  double effective = oxygen * pow(10, shift);
  return 100 * hill(effective, 26.8, 2.7);
}

/* Concentration of a drug after an oral dose, with first-order uptake and elimination. */
#pragma nsc input(dose, 50, 500)
#pragma nsc input(uptake, 0.8, 3)
#pragma nsc input(elimination, 0.05, 0.5)
#pragma nsc input(volume, 10, 60)
#pragma nsc input(hours, 0, 24)
double oral_concentration(double dose, double uptake, double elimination, double volume, double hours)
{
  double scale = 0.9 * dose * uptake / (volume * (uptake - elimination));
  return scale * (exp(-elimination * hours) - exp(-uptake * hours));
}

/* Level of a drug after a number of equal doses at a fixed interval, just after the last one. */
#pragma nsc input(dose, 10, 100)
#pragma nsc input(half_life, 2, 24)
#pragma nsc input(interval, 4, 24)
#pragma nsc input(count, 1, 10)
double repeated_dose_peak(double dose, double half_life, double interval, int count)
{
  double kept = exp2(-interval / half_life);
  double level = 0;
  while (count-- > 0)
    level = level * kept + dose;
  return level;
}

/* Basal metabolic rate in kilocalories per day by the revised equation of Harris and Benedict. */
#pragma nsc input(p.age, 18, 80)
#pragma nsc input(p.weight_kg, 45, 120)
#pragma nsc input(p.height_cm, 150, 200)
#pragma nsc input(activity, 0, 4)
float energy_need(const patient *p, int activity)
{
  static const float factor[5] = {1.2f, 1.375f, 1.55f, 1.725f, 1.9f};
  float basal = p->female
      ? 447.593f + 9.247f * p->weight_kg + 3.098f * p->height_cm - 4.330f * p->age
      : 88.362f + 13.397f * p->weight_kg + 4.799f * p->height_cm - 5.677f * p->age;
  return basal * factor[activity];
}

/* Filtration rate of the kidneys from creatinine (the 2021 equation without race). */
#pragma nsc input(creatinine, 0.4, 4)
#pragma nsc input(age, 18, 90)
#pragma nsc input(female, 0, 1)
double filtration_rate(double creatinine, int age, bool female)
{
  double kappa = female ? 0.7 : 0.9;
  double alpha = female ? -0.241 : -0.302;
  double x = creatinine / kappa;
  double rate = 142 * pow(fmin(x, 1), alpha) * pow(fmax(x, 1), -1.2) * pow(0.9938, age);
  return female ? rate * 1.012 : rate;
}

/* Body surface in square metres and body mass index. */
#pragma nsc input(weight_kg, 40, 140)
#pragma nsc input(height_cm, 140, 210)
void body_size(float weight_kg, float height_cm, float *surface, float *mass_index)
{
  float metres = height_cm / 100.0f;
  *surface = 0.007184f * powf(weight_kg, 0.425f) * powf(height_cm, 0.725f);
  *mass_index = weight_kg / (metres * metres);
}

/* Early-warning score of a patient from five vital signs. */
#pragma nsc input(breaths, 5, 35)
#pragma nsc input(saturation, 85, 100)
#pragma nsc input(systolic, 70, 230)
#pragma nsc input(pulse, 35, 150)
#pragma nsc input(celsius, 34, 40.5)
int warning_score(int breaths, int saturation, int systolic, int pulse, float celsius)
{
  int score = 0;
  if (breaths <= 8 || breaths >= 25) score += 3;
  else if (breaths >= 21) score += 2;
  else if (breaths <= 11) score += 1;

  if (saturation <= 91) score += 3;
  else if (saturation <= 93) score += 2;
  else if (saturation <= 95) score += 1;

  if (systolic <= 90 || systolic >= 220) score += 3;
  else if (systolic <= 100) score += 2;
  else if (systolic <= 110) score += 1;

  if (pulse <= 40 || pulse >= 131) score += 3;
  else if (pulse >= 111) score += 2;
  else if (pulse <= 50 || pulse >= 91) score += 1;

  if (celsius <= 35.0f) score += 3;
  else if (celsius > 39.0f) score += 2;
  else if (celsius <= 36.0f || celsius > 38.0f) score += 1;
  return score;
}

/* Resting potential of a membrane in millivolts from three ions (Goldman's equation). */
#pragma nsc input(outside, 3, 150)
#pragma nsc input(inside, 5, 150)
#pragma nsc input(permeability, 0.05, 1)
#pragma nsc input(celsius, 10, 40)
double membrane_potential(const double outside[3], const double inside[3], const double permeability[3], double celsius)
{
  double top = 0, bottom = 0;
  for (int ion = 0; ion < 2; ion++)
  {
    top += permeability[ion] * outside[ion];
    bottom += permeability[ion] * inside[ion];
  }
  top += permeability[2] * inside[2];
  bottom += permeability[2] * outside[2];
  return 1000 * 8.314 * (celsius + 273.15) / 96485 * log(top / bottom);
}

/* Rate of the sodium activation gate of a nerve: its steady state and time constant at a voltage. */
#pragma nsc input(millivolts, -90, 40)
#pragma nsc input(celsius, 3, 20)
void sodium_gate(double millivolts, double celsius, double *steady, double *milliseconds)
{
  double x = (millivolts + 40) / 10;
  double open = fabs(x) < 1e-5 ? 1 : x / (1 - exp(-x));
  double close = 4 * exp(-(millivolts + 65) / 18);
  double speed = pow(3, (celsius - 6.3) / 10);
  *steady = open / (open + close);
  *milliseconds = 1 / (speed * (open + close));
}

/* Frequency of an allele after one generation of selection and mutation. */
#pragma nsc input(p, 0, 1)
#pragma nsc input(fitness, 0.3, 1)
#pragma nsc input(forward, 0, 0.02)
#pragma nsc input(backward, 0, 0.02)
double allele_frequency(double p, const double fitness[3], double forward, double backward)
{
  double q = 1 - p;
  double mean = p * p * fitness[0] + 2 * p * q * fitness[1] + q * q * fitness[2];
  double selected = (p * p * fitness[0] + p * q * fitness[1]) / mean;
  return selected * (1 - forward) + (1 - selected) * backward;
}

/* Melting temperature of a short piece of DNA from the counts of its bases and the salt. */
#pragma nsc input(at, 4, 30)
#pragma nsc input(gc, 4, 30)
#pragma nsc input(sodium, 0.02, 0.5)
#pragma nsc input(mismatch, 0, 10)
float melting_temperature(unsigned at, unsigned gc, float sodium, float mismatch)
{
  unsigned length = at + gc;
  float t;
  if (length < 14)
    t = 2.0f * (float)at + 4.0f * (float)gc;
  else
    t = 81.5f + 16.6f * log10f(sodium) + 41.0f * (float)gc / (float)length - 675.0f / (float)length;
  return t - mismatch;
}

/* Photosynthesis of a leaf from light, temperature, carbon dioxide and an open fraction of its pores. */
#pragma nsc input(light, 0, 2000)
#pragma nsc input(celsius, 0, 45)
#pragma nsc input(ppm, 200, 900)
#pragma nsc input(opening, 0.1, 1)
double photosynthesis(double light, double celsius, double ppm, double opening)
{
  double warm = celsius <= 0 || celsius >= 45 ? 0 : (celsius / 28) * (celsius / 28) * (45 - celsius) / 17;
  double inner = ppm * (0.4 + 0.3 * opening);
  double carbon = 40 * warm * inner / (inner + 300);
  double photons = 0.06 * light;
  double b = carbon + photons;
  return (b - sqrt(b * b - 4 * 0.9 * carbon * photons)) / (2 * 0.9) - 1.5;
}

/* Expression of a gene under an activator and a repressor, with leakage. */
#pragma nsc input(activator, 0, 5)
#pragma nsc input(repressor, 0, 5)
#pragma nsc input(half, 0.3, 2)
#pragma nsc input(n, 1, 4)
#pragma nsc input(leak, 0, 0.1)
double gene_expression(double activator, double repressor, const double half[2], int n, double leak)
{
  double on = hill(activator, half[0], n);
  double off = 1 - hill(repressor, half[1], n);
  return leak + (1 - leak) * on * off;
}

/* Survivors of a population with four age classes after one year (Leslie's matrix), and the newborn. */
#pragma nsc input(count, 0, 100)
#pragma nsc input(fertility, 0, 3)
#pragma nsc input(survival, 0.2, 0.95)
void leslie_year(const double count[4], const double fertility[4], const double survival[3], double next[4])
{
  next[0] = 0;
  for (int i = 0; i < 4; i++)
  {
    next[0] += fertility[i] * count[i];
    if (i < 3)
      next[i + 1] = survival[i] * count[i];
  }
}

/* Similarity of two stretches of four bases (0 to 3): matches, transitions and transversions scored apart. */
#pragma nsc input(a, 0, 3)
#pragma nsc input(b, 0, 3)
int alignment_score(const uint8_t a[4], const uint8_t b[4])
{
  static const int8_t score[4][4] = {
    { 5, -4, 1, -4 }, { -4, 5, -4, 1 }, { 1, -4, 5, -4 }, { -4, 1, -4, 5 },
  };
  int total = 0, run = 0;
  for (int i = 0; i < 4; i++)
  {
    int s = score[a[i] & 3][b[i] & 3];
    run = s > 0 ? run + 1 : 0;
    total += s + (run > 2 ? 2 : 0);
  }
  return total;
}

/* Spread of a gene between four islands in one generation: new frequencies from sizes and an exchange rate. */
#pragma nsc input(frequency, 0, 1)
#pragma nsc input(size, 10, 200)
#pragma nsc input(exchange, 0, 0.3)
#pragma nsc input(advantage, -0.2, 0.2)
void island_exchange(const double frequency[4], const double size[4], double exchange, const double advantage[4], double next[4])
{
  double pool = 0, total = 0;
  for (int i = 0; i < 4; i++)
  {
    pool += frequency[i] * size[i];
    total += size[i];
  }
  for (int i = 0; i < 4; i++)
  {
    double p = (1 - exchange) * frequency[i] + exchange * pool / total;
    double w = 1 + advantage[i];
    next[i] = p * w / (p * w + 1 - p);
  }
}

/* Risk in per cent of a heart disease within ten years, by a logistic score of nine findings. */
#pragma nsc input(age, 30, 75)
#pragma nsc input(systolic, 90, 200)
#pragma nsc input(cholesterol, 3, 9)
#pragma nsc input(hdl, 0.7, 2.5)
#pragma nsc input(smoker, 0, 1)
#pragma nsc input(diabetic, 0, 1)
#pragma nsc input(female, 0, 1)
#pragma nsc input(treated, 0, 1)
#pragma nsc input(relatives, 0, 3)
float heart_risk(int age, int systolic, float cholesterol, float hdl, bool smoker, bool diabetic, bool female, bool treated, int relatives)
{
  float z = -7.2f + 0.065f * (float)age + 0.016f * (float)(systolic - 120) + 0.22f * (cholesterol - 5.0f) - 0.6f * (hdl - 1.3f);
  if (smoker) z += female ? 0.8f : 0.65f;
  if (diabetic) z += female ? 0.9f : 0.6f;
  if (treated && systolic > 130) z += 0.25f;
  if (female) z -= 0.7f;
  z += 0.2f * (float)(relatives > 2 ? 2 : relatives);
  return 100.0f / (1.0f + expf(-z));
}
