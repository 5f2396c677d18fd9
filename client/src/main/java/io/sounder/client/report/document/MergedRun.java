package io.sounder.client.report.document;

/**
 * One of the runs that a merged document was made of. Texts are empty where not known.
 *
 * @param file the document that it was read from
 */
public record MergedRun(String run, String target, String startedAt, String file) {}
