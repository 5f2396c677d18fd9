/**
 * The figures of one run, or of several beside each other, as tables of text: the same on a
 * terminal and on the page. Each figure knows where in its document it stands.
 */
package io.sounder.client.report.figures;
