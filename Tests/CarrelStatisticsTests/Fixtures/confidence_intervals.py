#!/usr/bin/env python3
"""Works out the intervals that ConfidenceBoundsTests expects, with SciPy and statsmodels alone.

    pip install scipy statsmodels
    python3 confidence_intervals.py > confidence_intervals.csv
"""

from scipy import stats
from statsmodels.stats.proportion import proportion_confint
from statsmodels.stats.rates import confint_poisson

print("method,first,second,third,coverage,lower,upper")


def line(method, first, second, third, coverage, interval):
    lower, upper = (float(end) for end in interval)
    print(f"{method},{first},{second},{third},{coverage},{lower!r},{upper!r}")


for coverage in [0.8, 0.9, 0.95, 0.99, 0.999]:
    alpha = 1 - coverage
    for part, whole in [
        (0, 1), (1, 1), (0, 10), (10, 10), (5, 20), (40, 85), (700, 1160), (3, 100_000),
        (99_990, 100_000), (1_234_567, 60_000_000),
    ]:
        line("share", part, whole, "", coverage,
             proportion_confint(part, whole, alpha=alpha, method="wilson"))
    for events in [0, 1, 2, 5, 10, 37, 100, 995, 10_000]:
        line("events", events, "", "", coverage,
             confint_poisson(events, 1, method="exact-c", alpha=alpha))
    z = stats.norm.isf(alpha / 2)
    for above, below in [(1, 1), (10, 25), (130, 235), (5000, 3)]:
        ends = stats.lognorm(s=(1 / above + 1 / below) ** 0.5, scale=above / below)
        line("ratio", above, below, "", coverage, ends.interval(coverage))
    for mean, deviation, count in [
        (27.4, 5.1, 2), (27.4, 5.1, 10), (27.4, 5.1, 2_500), (-3, 0, 12), (120.5, 18.25, 1_000_000),
    ]:
        ends = stats.t(count - 1, loc=mean, scale=deviation / count**0.5).interval(coverage)
        line("mean", mean, deviation, count, coverage, (mean, mean) if deviation == 0 else ends)
