/**
 * Counting: how each request ended, how long it took, what became of connections. Each event loop
 * counts for itself; the sums are made from copies that it hands out.
 */
package io.sounder.client.load.stats;
