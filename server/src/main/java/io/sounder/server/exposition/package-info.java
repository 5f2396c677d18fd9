/**
 * What the admin port says of the figures: {@code /metrics}, {@code /connections} and {@code
 * /readyz}. The libraries that write them are known here alone, and loaded when somebody asks.
 */
package io.sounder.server.exposition;
