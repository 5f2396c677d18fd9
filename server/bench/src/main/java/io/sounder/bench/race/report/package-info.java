/** A race's result as text, and as pictures. */
package io.sounder.bench.race.report;
