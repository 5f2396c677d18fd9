/**
 * Several results as one: ledgers and histograms are added, so that a figure of the whole is what
 * one client would have seen that had done it all. What cannot be added exactly is left out.
 */
package io.sounder.client.report.merge;
