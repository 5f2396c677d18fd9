/**
 * A result as it stands in a file: read, checked and immutable. Nothing here measures, compares or
 * prints; what is wrong with a file is said in one line.
 */
package io.sounder.client.report.document;
