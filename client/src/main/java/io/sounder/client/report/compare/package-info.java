/**
 * Two sides of a change held against each other: what differs, how sure that is, and whether it is
 * worse than somebody has said it may become. A second of a run is the unit of chance, since the
 * requests within one have much in common.
 */
package io.sounder.client.report.compare;
