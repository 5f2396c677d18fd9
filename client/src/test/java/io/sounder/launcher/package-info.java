/** The script {@code sounder} at the root of the sources, as whoever calls it sees it. */
package io.sounder.launcher;
