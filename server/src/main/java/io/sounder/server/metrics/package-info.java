/**
 * Counters of what happened, and the text that shows them. Anyone may count; nothing here blocks.
 */
package io.sounder.server.metrics;
