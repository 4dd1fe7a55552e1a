/// Whole-system benchmarks: the product as its user runs it, the peer beside it in the same run,
/// ratios rather than absolutes. `./pantau bench NAME` prints a table and writes
/// `bench/results/NAME.json`.
@NullMarked
package id.pantau.bench;

import org.jspecify.annotations.NullMarked;
