/**
 * The classic socket programs that Sounder stands in for, each against its original: what goes over
 * the wire is written down by a relay between two real programs, and is the same whichever of them
 * is ours.
 */
package io.sounder.systems;
