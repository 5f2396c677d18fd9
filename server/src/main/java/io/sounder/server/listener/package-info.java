/**
 * Opening listeners: from what was asked for to bound, non-blocking channels, and what is wrong
 * when that fails.
 */
package io.sounder.server.listener;
