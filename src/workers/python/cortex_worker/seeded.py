"""The numbers that src/util/seededRandom.ts draws, so that both workers split alike
(xoroshiro128+, Blackman and Vigna 2018)."""

MASK = 0xFFFFFFFF


def seeded_random(seed):
    """A function that gives numbers in [0, 1): the same seed gives the same sequence."""
    state = [MASK, ~seed & MASK, seed & MASK, 0]

    def draw():
        s01, s00, s11, s10 = state
        out = (s00 + s10) & MASK
        a0, a1 = s10 ^ s00, s11 ^ s01
        state[1] = ((s00 << 24) ^ (s01 >> 8) ^ a0 ^ (a0 << 16)) & MASK
        state[0] = ((s01 << 24) ^ (s00 >> 8) ^ a1 ^ ((a1 << 16) | (a0 >> 16))) & MASK
        state[3] = ((a1 << 5) ^ (a0 >> 27)) & MASK
        state[2] = ((a0 << 5) ^ (a1 >> 27)) & MASK
        return out

    def next_number():
        high = draw() & 0x3FFFFFF
        low = draw() & 0x7FFFFFF
        return high * 2.0**-26 + low * 2.0**-53

    return next_number
