/**
 * What a page draws, computed from documents: points only, no pixels. A curve has at most some
 * thousand of them, whatever the length of the run.
 */
package io.sounder.client.report.chart;
