/// What is wrong now: alarms, from when they are raised until they are cleared.
///
/// Owns the table `alarm`. Knows no other domain; whoever sees trouble raises it here.
@NullMarked
package id.pantau.server.health;

import org.jspecify.annotations.NullMarked;
