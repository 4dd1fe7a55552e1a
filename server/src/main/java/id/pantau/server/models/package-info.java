/// The models of detectors on this machine: which there are, what is wrong with them, fetched from
/// the catalogue or brought by somebody. Nothing runs here: whether a file is a model that can be
/// used is found out in a process of its own.
///
/// Owns the directory `models` of the home and one virtual thread for each model that is being
/// fetched; the other folders it only reads. Calls `vision` for the catalogue, and no other domain.
@NullMarked
package id.pantau.server.models;

import org.jspecify.annotations.NullMarked;
