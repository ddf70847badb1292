#pragma once
/// Elementary functions of a vector of floats: argument reduction, a polynomial (coefficients by Sollya's fpminimax for the
/// interval that each comment names), and fused multiply-adds.

#include "compute/isa/vector.hpp"

namespace ablate::compute::ABLATE_ISA {
namespace {

/// c[0] + c[1] x + ... from the last coefficient down (Horner).
template <std::size_t N>
ABLATE_INLINE V polynomial(V x, const float (&c)[N]) {
  V p = all(c[N - 1]);
  for (std::size_t i = N - 1; i-- > 0;) p = fma(p, x, all(c[i]));
  return p;
}

/// e^x = 2^n e^r with n = round(x / ln 2), |r| <= ln 2 / 2 (ln 2 in two parts). Below -87.33 (2^-126) 0, above 88.3 as at 88.3.
ABLATE_INLINE V exp_of(V x) {
  constexpr float c[] = {0x1.fffff8p-2f, 0x1.55548ep-3f, 0x1.555b9ap-5f, 0x1.123be4p-7f, 0x1.684f6cp-10f};
  const V lowest = all(-87.33654f), bounded = smaller(all(88.3f), larger(lowest, x));
  const V shift = all(12582912.0f);  // 1.5 x 2^23: what is added to it is rounded to a whole number
  const V shifted = fma(bounded, all(0x1.715476p+0f), shift), n = shifted - shift;
  const V r = fma(n, all(-0x1.7f7d1cp-20f), fma(n, all(-0x1.62e400p-1f), bounded));
  const V p = fma(polynomial(r, c), r * r, r) + all(1.0f);
  const I power = ((I)shifted - all_bits(0x4b400000 - 127)) << 23;
  const V e = p * (V)power;
  return x < lowest ? V{} : e;
}

ABLATE_INLINE V sigmoid_of(V x) { return all(1.0f) / (all(1.0f) + exp_of(-x)); }

/// |x| < 0.625: x + x^3 p(x^2); else 1 - 2 / (e^2x + 1)
ABLATE_INLINE V tanh_of(V x) {
  constexpr float c[] = {-0.3333328068256378173828125f, 0.1333141624927520751953125f,
                         -5.3737930953502655029296875e-2f, 2.063407190144062042236328125e-2f,
                         -5.7000205852091312408447265625e-3f};
  const V a = magnitude(x), q = a * a;
  const V small = fma(polynomial(q, c) * q, a, a);
  const V large = all(1.0f) - all(2.0f) / (exp_of(a + a) + all(1.0f));
  return signed_like(a < all(0.625f) ? small : large, x);
}

/// erfc(a) e^(a^2) for a in [0, 9.2]: p((a - 4) / (a + 4)) / (1 + 2 a)
ABLATE_INLINE V scaled_erfc(V a) {
  constexpr float c[] = {1.23299515247344970703125f,          -0.13962109386920928955078125f,
                         1.5376679599285125732421875e-2f,     6.809408962726593017578125e-2f,
                         -0.10098254680633544921875f,         9.381864964962005615234375e-2f,
                         -6.6677056252956390380859375e-2f,    3.6393187940120697021484375e-2f,
                         -1.582894288003444671630859375e-2f,  7.118248380720615386962890625e-3f,
                         9.197837789542973041534423828125e-4f};
  const V q = (a - all(4.0f)) / (a + all(4.0f));
  return polynomial(q, c) / fma(all(2.0f), a, all(1.0f));
}

/// e^(-factor x^2); the rounding of x^2 is made good by its exact rest.
ABLATE_INLINE V gauss(V x, float factor) {
  const V square = x * x, rest = fma(x, x, -square);
  const V e = exp_of(all(-factor) * square);
  return fma(all(-factor) * rest, e, e);
}

/// |x| < 0.875: x + x p(x^2); else 1 - erfc(|x|)
ABLATE_INLINE V erf_of(V x) {
  constexpr float c[] = {0.128379166126251220703125f,           -0.376126348972320556640625f,
                         0.112837277352809906005859375f,        -2.686151675879955291748046875e-2f,
                         5.2068191580474376678466796875e-3f,    -8.213304099626839160919189453125e-4f,
                         8.68797724251635372638702392578125e-5f};
  const V a = magnitude(x);
  const V small = fma(polynomial(a * a, c), a, a);
  const V bounded = smaller(all(9.19f), a);
  const V large = all(1.0f) - scaled_erfc(bounded) * gauss(bounded, 1.0f);
  return signed_like(a < all(0.875f) ? small : large, x);
}

/// Phi(x) = erfc(-x / sqrt 2) / 2. The exponent is x^2 / 2 itself, so that rounding x / sqrt 2 costs no digits in the tail.
ABLATE_INLINE V normal_cdf_of(V x) {
  const V a = smaller(all(13.0f), magnitude(x));
  const V tail = all(0.5f) * scaled_erfc(a * all(0.707106781f)) * gauss(a, 0.5f);
  return x > V{} ? all(1.0f) - tail : tail;
}

}  // namespace
}  // namespace ablate::compute::ABLATE_ISA
