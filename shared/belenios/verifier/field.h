#pragma once
#include <stdint.h>

/*
 * Numbers modulo p = 2^255 - 19 as ten signed limbs, of 26 and 25 bits by turns: limb i weighs 2^ceil(25.5 i).
 * Products and decoded numbers are within 1.01 * 2^25 and 2^24; one sum or difference of two such may be multiplied.
 */
typedef struct {
  int32_t v[10];
} fe;

#define UNROLLED _Pragma("clang loop unroll(full)")
#define BITS(i) ((i) & 1 ? 25 : 26)

static inline fe fe_small(int32_t n) { return (fe){{n}}; }

static inline fe fe_add(const fe *f, const fe *g) {
  fe h;
  UNROLLED for (int i = 0; i < 10; i++) h.v[i] = f->v[i] + g->v[i];
  return h;
}

static inline fe fe_sub(const fe *f, const fe *g) {
  fe h;
  UNROLLED for (int i = 0; i < 10; i++) h.v[i] = f->v[i] - g->v[i];
  return h;
}

static inline fe fe_neg(const fe *f) {
  fe h;
  UNROLLED for (int i = 0; i < 10; i++) h.v[i] = -f->v[i];
  return h;
}

static inline void carry(int64_t *z, int i) {
  int64_t c = (z[i] + (1LL << (BITS(i) - 1))) >> BITS(i);
  z[i] -= c << BITS(i);
  if (i == 9)
    z[0] += c * 19;
  else
    z[i + 1] += c;
}

static inline fe carried(int64_t *z) {
  static const int order[] = {0, 4, 1, 5, 2, 6, 3, 7, 4, 8, 9, 0};
  fe h;
  UNROLLED for (int i = 0; i < 12; i++) carry(z, order[i]);
  UNROLLED for (int i = 0; i < 10; i++) h.v[i] = (int32_t)z[i];
  return h;
}

__attribute__((noinline)) static fe fe_mul(const fe *f, const fe *g) {
  int64_t z[10], f1[10], f2[10], g1[10], g19[10];
  UNROLLED for (int i = 0; i < 10; i++) {
    f1[i] = f->v[i];
    f2[i] = 2 * f1[i];
    g1[i] = g->v[i];
    g19[i] = 19 * g1[i];
  }
  UNROLLED for (int k = 0; k < 10; k++) {
    int64_t sum = 0;
    UNROLLED for (int i = 0; i < 10; i++) {
      int j = k >= i ? k - i : k + 10 - i;
      sum += ((i & 1) && (j & 1) ? f2[i] : f1[i]) * (k >= i ? g1[j] : g19[j]);
    }
    z[k] = sum;
  }
  return carried(z);
}

__attribute__((noinline)) static fe fe_sq(const fe *f) {
  int64_t z[10], f1[10], f2[10], f19[10], f38[10];
  UNROLLED for (int i = 0; i < 10; i++) {
    f1[i] = f->v[i];
    f2[i] = 2 * f1[i];
    f19[i] = 19 * f1[i];
    f38[i] = 38 * f1[i];
  }
  UNROLLED for (int k = 0; k < 10; k++) {
    int64_t sum = 0;
    UNROLLED for (int i = 0; i < 10; i++) {
      int j = k >= i ? k - i : k + 10 - i;
      if (i > j) continue;
      int isOdd = (i & 1) && (j & 1);
      int64_t b = i + j >= 10 ? (isOdd ? f38[j] : f19[j]) : (isOdd ? f2[j] : f1[j]);
      sum += (i == j ? f1[i] : f2[i]) * b;
    }
    z[k] = sum;
  }
  return carried(z);
}

/* The same number within the bounds of a product. */
static inline fe fe_carry(const fe *f) {
  int64_t z[10];
  UNROLLED for (int i = 0; i < 10; i++) z[i] = f->v[i];
  return carried(z);
}

static fe fe_sq_n(fe f, int n) {
  while (n-- > 0) f = fe_sq(&f);
  return f;
}

/* f^(2^250 - 1), from which both the inverse and the root come; *f11 = f^11. */
static fe fe_ladder(const fe *f, fe *f11) {
  fe t0 = fe_sq(f), t1 = fe_sq_n(t0, 2), t2;
  t1 = fe_mul(f, &t1);
  *f11 = fe_mul(&t0, &t1);
  t0 = fe_sq(f11);
  t1 = fe_mul(&t1, &t0); /* 2^5 - 1 */
  t0 = fe_sq_n(t1, 5);
  t1 = fe_mul(&t0, &t1); /* 2^10 - 1 */
  t0 = fe_sq_n(t1, 10);
  t2 = fe_mul(&t0, &t1); /* 2^20 - 1 */
  t0 = fe_sq_n(t2, 20);
  t0 = fe_mul(&t0, &t2); /* 2^40 - 1 */
  t0 = fe_sq_n(t0, 10);
  t1 = fe_mul(&t0, &t1); /* 2^50 - 1 */
  t0 = fe_sq_n(t1, 50);
  t2 = fe_mul(&t0, &t1); /* 2^100 - 1 */
  t0 = fe_sq_n(t2, 100);
  t0 = fe_mul(&t0, &t2); /* 2^200 - 1 */
  t0 = fe_sq_n(t0, 50);
  return fe_mul(&t0, &t1);
}

/* f^(p - 2) */
static fe fe_invert(const fe *f) {
  fe f11, t = fe_ladder(f, &f11);
  t = fe_sq_n(t, 5);
  return fe_mul(&t, &f11);
}

/* f^((p - 5) / 8) */
static fe fe_root(const fe *f) {
  fe f11, t = fe_ladder(f, &f11);
  t = fe_sq_n(t, 2);
  return fe_mul(&t, f);
}

/* 255 bits, lowest first; the highest bit of the last byte is left out. */
static fe fe_read(const uint8_t *s) {
  static const uint8_t at[] = {0, 26, 51, 77, 102, 128, 153, 179, 204, 230};
  int64_t z[10];
  for (int i = 0; i < 10; i++) {
    uint64_t word = 0;
    for (int b = 0; b < 8 && at[i] / 8 + b < 32; b++) word |= (uint64_t)s[at[i] / 8 + b] << (8 * b);
    z[i] = (word >> (at[i] % 8)) & ((1ULL << BITS(i)) - 1);
  }
  z[9] &= (1 << 25) - 1;
  return carried(z);
}

/* The one number below p, lowest byte first. */
static void fe_write(uint8_t *s, const fe *f) {
  static const uint8_t at[] = {0, 26, 51, 77, 102, 128, 153, 179, 204, 230};
  int64_t h[10], q = (19LL * f->v[9] + (1LL << 24)) >> 25;
  for (int i = 0; i < 10; i++) q = (f->v[i] + q) >> BITS(i);
  for (int i = 0; i < 10; i++) h[i] = f->v[i];
  h[0] += 19 * q;
  for (int i = 0; i < 10; i++) {
    int64_t c = h[i] >> BITS(i);
    h[i] -= c << BITS(i);
    if (i < 9) h[i + 1] += c;
  }
  for (int b = 0; b < 32; b++) s[b] = 0;
  for (int i = 0; i < 10; i++) {
    uint64_t word = (uint64_t)h[i] << (at[i] % 8);
    for (int b = 0; b < 5 && at[i] / 8 + b < 32; b++) s[at[i] / 8 + b] |= (uint8_t)(word >> (8 * b));
  }
}

static int fe_is_zero(const fe *f) {
  uint8_t s[32];
  int any = 0;
  fe_write(s, f);
  for (int i = 0; i < 32; i++) any |= s[i];
  return any == 0;
}

static int fe_is_odd(const fe *f) {
  uint8_t s[32];
  fe_write(s, f);
  return s[0] & 1;
}
