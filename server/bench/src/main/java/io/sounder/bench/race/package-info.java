/** The race: which servers, asked what, in which order, and what is made of it. */
package io.sounder.bench.race;
