/**
 * Service level objectives: what is asked of a service, as users write it, and whether what was
 * measured meets it. Pure: no clocks, no sockets, no output.
 */
package io.sounder.client.load.slo;
