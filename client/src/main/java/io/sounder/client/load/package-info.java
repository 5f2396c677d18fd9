/**
 * The load tester. {@link io.sounder.client.load.LoadRun} starts one {@link
 * io.sounder.client.load.LoadLoop} for each thread; a loop owns a selector and its share of the
 * sessions; a session keeps one connection open and so many requests in flight on it as the {@link
 * io.sounder.client.load.Schedule} grants.
 */
package io.sounder.client.load;
