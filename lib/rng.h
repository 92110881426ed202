/*
 * rng - random numbers that are the same on every machine, for ever.
 *
 * The generator is splitmix64 (G. Steele, D. Lea, C. Flood, "Fast splittable
 * pseudorandom number generators", OOPSLA 2014): 64-bit integers only. Good
 * for made-up data, not for secrets.
 */
#ifndef RNG_H
#define RNG_H

#include <stdbool.h>
#include <stdint.h>

struct rng {
	uint64_t state;
};

#define RNG_STEP UINT64_C(0x9e3779b97f4a7c15)

/* Any 64 bits made into 64 that look like nothing. */
static inline uint64_t
rng_mix(uint64_t x)
{
	x = (x ^ (x >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
	x = (x ^ (x >> 27)) * UINT64_C(0x94d049bb133111eb);
	return x ^ (x >> 31);
}

/* The stream that belongs to a seed, a purpose and a number. */
static inline struct rng
rng_at(uint64_t seed, uint64_t purpose, uint64_t number)
{
	uint64_t base = rng_mix(rng_mix(seed + RNG_STEP) ^ purpose);

	return (struct rng){ rng_mix(base + number * RNG_STEP) };
}

static inline uint64_t
rng_next(struct rng *r)
{
	r->state += RNG_STEP;
	return rng_mix(r->state);
}

/* 0 .. n - 1, all alike; 0 for n = 0. */
static inline uint32_t
rng_below(struct rng *r, uint32_t n)
{
	return (uint32_t)(((rng_next(r) >> 32) * n) >> 32);
}

/* 0 .. n - 1, the smaller the likelier: the density falls with the square
 * root, so that of 100 things the first is drawn ten times in a hundred. */
static inline uint32_t
rng_skewed(struct rng *r, uint32_t n)
{
	uint64_t u = rng_next(r) >> 32;

	return (uint32_t)((((u * u) >> 32) * n) >> 32);
}

/* True in `percent` of a hundred draws. */
static inline bool
rng_chance(struct rng *r, uint32_t percent)
{
	return rng_below(r, 100) < percent;
}

#endif
