/** The command that reads results, shows them, merges them, compares them and makes pages. */
package io.sounder.client.report.command;
