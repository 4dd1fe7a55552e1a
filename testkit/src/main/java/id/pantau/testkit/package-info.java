/// What tests of every module stand on: a clock that only moves when told, a disk that fails on
/// purpose, small golden clips made once per build, and cameras that misbehave by script.
///
/// Owns no files but those under a module's `target/golden-media`; starts threads only in the
/// scripted cameras, which end with their `close()`.
@NullMarked
package id.pantau.testkit;

import org.jspecify.annotations.NullMarked;
