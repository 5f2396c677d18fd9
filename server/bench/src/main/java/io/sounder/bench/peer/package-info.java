/**
 * The servers that Sounder races against, each written as its own users would write it: no trick
 * that its documentation does not show, and none left out that it does. Each prints {@code
 * listening HOST:PORT} when it is ready, and runs until it is killed.
 */
package io.sounder.bench.peer;
