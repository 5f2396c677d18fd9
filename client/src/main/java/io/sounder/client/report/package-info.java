/**
 * Results on their way to people and programs: the table, the chart, the live line, JSON. Nothing
 * here measures, and nothing here knows sockets.
 */
package io.sounder.client.report;
