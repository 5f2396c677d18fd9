/** The server's page in a real browser, end to end. */
package io.sounder.page;
