/** Where the log goes: standard error, bounded, and never in the way of whoever logs. */
package io.sounder.server.logging;
