/** Processes: the servers, the generator, and what the kernel says that they used. */
package io.sounder.bench.race.run;
