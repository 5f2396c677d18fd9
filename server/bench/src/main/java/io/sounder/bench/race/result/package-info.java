/** What was measured, as it is written to a file, and what follows from it. No processes. */
package io.sounder.bench.race.result;
