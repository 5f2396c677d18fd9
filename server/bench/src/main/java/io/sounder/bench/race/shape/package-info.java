/** What is asked of the servers. It knows neither processes nor results. */
package io.sounder.bench.race.shape;
