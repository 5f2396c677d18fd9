/** The race: which servers, in which order, and what is made of it. */
package io.sounder.bench.race;
