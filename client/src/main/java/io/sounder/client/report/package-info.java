/**
 * Results on their way to people and programs: the table, the chart, the live screen, JSON,
 * HdrHistogram's formats. Nothing here measures, and nothing here knows sockets.
 */
package io.sounder.client.report;
