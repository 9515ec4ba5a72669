#!/usr/bin/env python3
"""What `asyncio.gather` takes for members that yield once: for scale beside the spawned groups."""

import asyncio
import statistics
import sys
import time

BUDGET = 1.5  # seconds for each size


async def member(i):
    await asyncio.sleep(0)
    return i


async def gathered(n):
    assert len(await asyncio.gather(*map(member, range(n)))) == n


def median_seconds(n):
    with asyncio.Runner() as runner:
        runner.run(gathered(n))
        times = []
        while sum(times) < BUDGET or len(times) < 3:
            start = time.perf_counter()
            runner.run(gathered(n))
            times.append(time.perf_counter() - start)
    return statistics.median(times)


def main():
    version = ".".join(map(str, sys.version_info[:3]))
    for n in (1_000, 100_000):
        seconds = median_seconds(n)
        print(f"* `asyncio.gather` of {n} (CPython {version}): {seconds * 1e3:.2f} ms, {seconds / n * 1e6:.1f} us a member")


if __name__ == "__main__":
    main()
