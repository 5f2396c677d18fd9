/**
 * When requests are due in an open loop: rates and their course over time, and the moments that
 * follow from them. Arithmetic only: no clocks, no threads, no sockets, and nothing allocated per
 * request.
 */
package io.sounder.client.load.rate;
