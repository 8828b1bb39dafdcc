#include "field.h"

/*
 * Ed25519's group for checking ballots: fast, and NOT in constant time. Nothing secret may ever come here: sealing, signing
 * and decrypting are libsodium's. Points are RFC 8032's; formulas those of Hisil, Wong, Carter and Dawson (2008).
 */
typedef struct {
  fe x, y, z, t;
} point; /* (x/z, y/z), t = xy/z */
typedef struct {
  fe sum, difference, z2, t2d;
} ready; /* y + x, y - x, 2z, 2dt: ready to be added */

#define WINDOWS 32
#define MOST 4096

static uint8_t input[64];
static uint8_t order[32] = {0xed, 0xd3, 0xf5, 0x5c, 0x1a, 0x63, 0x12, 0x58, 0xd6, 0x9c, 0xf7, 0xa2, 0xde, 0xf9, 0xde, 0x14,
                            0,    0,    0,    0,    0,    0,    0,    0,    0,    0,    0,    0,    0,    0,    0,    0x10};
static fe d, d2, rootOfMinusOne;
static ready combs[2][WINDOWS][255];
static point plain[64];  /* 16^i times the point in hand, */
static ready powers[64]; /* and the same, ready to be added */
static point loaded, total[2], made[MOST];
static uint8_t output[MOST * 32];
static int count;

__attribute__((export_name("inputAt"))) uint8_t *inputAt(void) { return input; }
__attribute__((export_name("outputAt"))) uint8_t *outputAt(void) { return output; }

static point neutral(void) { return (point){fe_small(0), fe_small(1), fe_small(1), fe_small(0)}; }

static ready prepared(const point *p) {
  return (ready){fe_add(&p->y, &p->x), fe_sub(&p->y, &p->x), fe_add(&p->z, &p->z), fe_mul(&p->t, &d2)};
}

static point finished(const fe *e, const fe *f, const fe *g, const fe *h) {
  return (point){fe_mul(e, f), fe_mul(g, h), fe_mul(f, g), fe_mul(e, h)};
}

/* p + q, or p - q. */
static point added(const point *p, const ready *q, int isMinus) {
  fe difference = fe_sub(&p->y, &p->x), sum = fe_add(&p->y, &p->x);
  fe a = fe_mul(&difference, isMinus ? &q->sum : &q->difference);
  fe b = fe_mul(&sum, isMinus ? &q->difference : &q->sum);
  fe c = fe_mul(&p->t, &q->t2d), z = fe_mul(&p->z, &q->z2);
  fe e = fe_sub(&b, &a), h = fe_add(&b, &a);
  fe less = fe_sub(&z, &c), more = fe_add(&z, &c);
  return isMinus ? finished(&e, &more, &less, &h) : finished(&e, &less, &more, &h);
}

static point sumOf(const point *p, const point *q) {
  ready r = prepared(q);
  return added(p, &r, 0);
}

/* 2p; t only where it is asked for: a doubling needs none. */
static point doubled(const point *p, int withT) {
  fe a = fe_sq(&p->x), b = fe_sq(&p->y), zz = fe_sq(&p->z), xy = fe_add(&p->x, &p->y), s = fe_sq(&xy);
  fe h = fe_add(&a, &b), g = fe_sub(&b, &a), c = fe_add(&zz, &zz), e = fe_sub(&s, &h), f = fe_sub(&c, &g);
  /* Four terms are too many to be multiplied before their carries. */
  f = fe_carry(&f);
  e = fe_carry(&e);
  return (point){fe_mul(&e, &f), fe_mul(&g, &h), fe_mul(&f, &g), withT ? fe_mul(&e, &h) : fe_small(0)};
}

/* Sixteens: s = sum of digit[i] 16^i, digits from -8 to 8. */
static void digitsOf(int8_t *digit, const uint8_t *s) {
  int carried = 0;
  for (int i = 0; i < 64; i++) {
    int n = ((i & 1 ? s[i / 2] >> 4 : s[i / 2]) & 15) + carried;
    carried = n > 8;
    digit[i] = (int8_t)(carried ? n - 16 : n);
  }
}

static point negated(const point *p) { return (point){fe_neg(&p->x), p->y, p->z, fe_neg(&p->t)}; }

/* s times the point in hand: every power goes into the bucket of its digit, bucket i then counts i times. */
static point times(const uint8_t *s) {
  int8_t digit[64];
  point bucket[9], run = neutral(), all = neutral();
  int isUsed[9] = {0};
  digitsOf(digit, s);
  for (int i = 0; i < 64; i++) {
    int n = digit[i] < 0 ? -digit[i] : digit[i];
    if (n == 0) continue;
    if (isUsed[n])
      bucket[n] = added(&bucket[n], &powers[i], digit[i] < 0);
    else
      bucket[n] = digit[i] < 0 ? negated(&plain[i]) : plain[i];
    isUsed[n] = 1;
  }
  for (int n = 8, isRunning = 0; n > 0; n--) {
    int wasRunning = isRunning;
    if (isUsed[n]) run = wasRunning ? sumOf(&run, &bucket[n]) : bucket[n];
    isRunning |= isUsed[n];
    if (isRunning) all = wasRunning ? sumOf(&all, &run) : run;
  }
  return all;
}

/* s times g (0) or y (1), from their tables. */
static void addCombed(point *p, int which, const uint8_t *s) {
  for (int i = 0; i < WINDOWS; i++)
    if (s[i]) *p = added(p, &combs[which][i][s[i] - 1], 0);
}

static void makeComb(int which, point p) {
  for (int i = 0; i < WINDOWS; i++) {
    ready one = prepared(&p);
    point multiple = p;
    for (int n = 0; n < 255; n++) {
      combs[which][i][n] = prepared(&multiple);
      multiple = added(&multiple, &one, 0);
    }
    p = multiple;
  }
}

/* The point in 32 bytes: canonical and on the curve; 0 where it is none. */
static int decoded(point *p, const uint8_t *s) {
  uint8_t again[32];
  fe one = fe_small(1), y = fe_read(s), yy = fe_sq(&y), dyy = fe_mul(&yy, &d);
  fe u = fe_sub(&yy, &one), v = fe_add(&dyy, &one);
  fe_write(again, &y);
  again[31] |= s[31] & 128;
  for (int i = 0; i < 32; i++)
    if (again[i] != s[i]) return 0;
  u = fe_carry(&u);
  v = fe_carry(&v);
  fe v2 = fe_sq(&v), v3 = fe_mul(&v2, &v), v6 = fe_sq(&v3), v7 = fe_mul(&v6, &v), uv7 = fe_mul(&u, &v7);
  fe root = fe_root(&uv7), uv3 = fe_mul(&u, &v3), x = fe_mul(&uv3, &root);
  fe xx = fe_sq(&x), vxx = fe_mul(&v, &xx), difference = fe_sub(&vxx, &u), sum = fe_add(&vxx, &u);
  if (!fe_is_zero(&difference)) {
    if (!fe_is_zero(&sum)) return 0;
    x = fe_mul(&x, &rootOfMinusOne);
  }
  int sign = s[31] >> 7;
  if (fe_is_zero(&x) && sign) return 0;
  if (fe_is_odd(&x) != sign) x = fe_neg(&x);
  *p = (point){x, y, one, fe_mul(&x, &y)};
  return 1;
}

static int isNeutral(const point *p) {
  fe difference = fe_sub(&p->y, &p->z);
  return fe_is_zero(&p->x) && fe_is_zero(&difference);
}

static void takeInHand(point p) {
  for (int i = 0; i < 64; i++) {
    plain[i] = p;
    powers[i] = prepared(&p);
    for (int k = 0; k < 4 && i < 63; k++) p = doubled(&p, k == 3);
  }
}

/* Must be called first; `base` is at input. */
__attribute__((export_name("start"))) void start(void) {
  fe n = fe_small(121665), m = fe_small(121666), two = fe_small(2);
  fe inverse = fe_invert(&m), quotient = fe_mul(&n, &inverse);
  d = fe_neg(&quotient);
  d2 = fe_add(&d, &d);
  d2 = fe_carry(&d2);
  /* 2^((p - 1) / 4) = 2^(2 (p - 5) / 8 + 1) squares to -1. */
  fe r = fe_root(&two), rr = fe_sq(&r);
  rootOfMinusOne = fe_mul(&rr, &two);
  point g;
  decoded(&g, input);
  makeComb(0, g);
}

/* The election's public key, at input; 0 where it is no point. */
__attribute__((export_name("setKey"))) int setKey(void) {
  point y;
  if (!decoded(&y, input)) return 0;
  makeComb(1, y);
  return 1;
}

/* Takes the point at input in hand; 0 where it is none of the prime-order subgroup, or neutral. */
__attribute__((export_name("take"))) int take(void) {
  if (!decoded(&loaded, input) || isNeutral(&loaded)) return 0;
  takeInHand(loaded);
  point end = times(order);
  return isNeutral(&end);
}

__attribute__((export_name("clearTotal"))) void clearTotal(void) { total[0] = total[1] = neutral(); }

/* Adds the point in hand to the total of the first (0) or second (1) halves. */
__attribute__((export_name("addToTotal"))) void addToTotal(int which) { total[which] = sumOf(&total[which], &loaded); }

/* Keeps the total, to be written like what is committed to. */
__attribute__((export_name("keepTotal"))) void keepTotal(int which) { made[count++] = total[which]; }

__attribute__((export_name("takeTotal"))) void takeTotal(int which) { takeInHand(total[which]); }

/* Scalars at input and input + 32: c times the point in hand + r times g (0) or y (1); keeps it. */
__attribute__((export_name("commit"))) void commit(int which) {
  point p = times(input + 32);
  addCombed(&p, which, input);
  made[count++] = p;
}

/* Adds the scalar at input times g to what was kept last. */
__attribute__((export_name("addBase"))) void addBase(void) { addCombed(&made[count - 1], 0, input); }

/* Writes everything kept to output, 32 bytes each, with one inversion for all; returns how many. */
__attribute__((export_name("flush"))) int flush(void) {
  static fe before[MOST];
  fe all = fe_small(1);
  for (int i = 0; i < count; i++) {
    before[i] = all;
    all = fe_mul(&all, &made[i].z);
  }
  fe inverse = fe_invert(&all);
  for (int i = count - 1; i >= 0; i--) {
    fe z = fe_mul(&inverse, &before[i]), x = fe_mul(&made[i].x, &z), y = fe_mul(&made[i].y, &z);
    inverse = fe_mul(&inverse, &made[i].z);
    fe_write(output + 32 * i, &y);
    output[32 * i + 31] |= (uint8_t)(fe_is_odd(&x) << 7);
  }
  int n = count;
  count = 0;
  return n;
}
