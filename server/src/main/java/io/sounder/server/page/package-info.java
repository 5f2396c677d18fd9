/**
 * The page that shows what the service does, as it does it: its files, which come from the jar, and
 * the events that it draws. Its figures are those of the other pages; nothing is counted here.
 */
package io.sounder.server.page;
