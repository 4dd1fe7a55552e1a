/// The program: command line, start-up, settings and the wiring of all domains.
///
/// Owns the process: the home directory's lock file, the Spring context and its end. It may call
/// every other package; no other package imports it.
@NullMarked
package id.pantau.server.app;

import org.jspecify.annotations.NullMarked;
