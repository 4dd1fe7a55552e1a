/// What happened, written down for people and programs: one file of JSON lines for each category in
/// `HOME/logs`, each line with a sentence in Indonesian and in English from one catalogue.
///
/// Owns that folder and the thread `journal`. Knows no other domain but whose facts it hears:
/// `event`, `recording`, `health`. Nobody waits for it: what it cannot write in time is dropped,
/// counted and said in the journal itself.
@NullMarked
package id.pantau.server.journal;

import org.jspecify.annotations.NullMarked;
