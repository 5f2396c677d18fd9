package io.sounder.client.report.document;

/**
 * What the client says of itself.
 *
 * @param sendLag from the planned moment to the send
 * @param loopStall how long a turn of the event loop took
 * @param cpuCores used on average; null where not known
 * @param sendBufferFullNanos how long sending waited for room in a socket's buffer
 * @param udpReceiveBufferErrors datagrams that this machine's kernel dropped; null where not known
 */
public record ClientHealth(
    LatencySummary sendLag,
    LatencySummary loopStall,
    Double cpuCores,
    long gcPauseNanos,
    long gcLongestPauseNanos,
    long sendBufferFullNanos,
    Long udpReceiveBufferErrors) {}
