package io.sounder.client.load.stats;

/**
 * The durations that one or more event loops have measured. In a closed loop a request is planned
 * for the moment at which it is sent, so response time and service time are one and the same, and
 * nothing lags. Belongs to one thread.
 */
public final class Timings {
  private final boolean openLoop;
  private final Latencies response = new Latencies();
  private final Latencies service;
  private final Latencies sendLag;
  private final Latencies connect = new Latencies();
  private Latencies handshake; // null until there is one: most tests have none
  private final Latencies stall = new Latencies();
  private long responseLowerBounds;
  private long serviceLowerBounds;

  public Timings(boolean openLoop) {
    this.openLoop = openLoop;
    this.service = openLoop ? new Latencies() : response;
    this.sendLag = openLoop ? new Latencies() : Latencies.NONE;
  }

  public boolean isOpenLoop() {
    return openLoop;
  }

  /** A request was answered. */
  void onAnswered(long responseNanos, long serviceNanos) {
    response.record(responseNanos);
    if (openLoop) {
      service.record(serviceNanos);
    }
  }

  /** A request was sent and not answered: it took at least so long. */
  void onUnanswered(long responseNanos, long serviceNanos) {
    responseLowerBounds++;
    serviceLowerBounds++;
    onAnswered(responseNanos, serviceNanos);
  }

  /** Requests were not even sent: from their planned moments they took at least so long. */
  void onUnsent(long responseNanos, long lagNanos, long count) {
    responseLowerBounds += count;
    response.record(responseNanos, count);
    sendLag.record(lagNanos, count);
  }

  void onSent(long lagNanos) {
    if (openLoop) {
      sendLag.record(lagNanos);
    }
  }

  void onConnected(long nanos) {
    connect.record(nanos);
  }

  void onHandshake(long nanos) {
    if (handshake == null) {
      handshake = new Latencies();
    }
    handshake.record(nanos);
  }

  void onStall(long nanos) {
    stall.record(nanos);
  }

  /** From the planned moment to the reply, of all that were planned to be measured. */
  public Latencies response() {
    return response;
  }

  /** From the send to the reply. */
  public Latencies service() {
    return service;
  }

  /** From the moment at which a request could have been sent to the one at which it was. */
  public Latencies sendLag() {
    return sendLag;
  }

  /** How long connecting took, where it succeeded, the warm-up included. */
  public Latencies connect() {
    return connect;
  }

  /** How long TLS handshakes took after the connect, where they succeeded, warm-up included. */
  public Latencies handshake() {
    return handshake == null ? Latencies.NONE : handshake;
  }

  /** How long each time that an event loop was busy for a millisecond or more without a look. */
  public Latencies stall() {
    return stall;
  }

  /** How many of {@link #response} are requests without a reply, sent or not. */
  public long responseLowerBounds() {
    return responseLowerBounds;
  }

  /** How many of {@link #service} are requests without a reply. */
  public long serviceLowerBounds() {
    return serviceLowerBounds;
  }

  /** Adds another's; both of the same kind of loop. */
  public void add(Timings other) {
    response.add(other.response);
    if (openLoop) {
      service.add(other.service);
      sendLag.add(other.sendLag);
    }
    connect.add(other.connect);
    addHandshakes(other.handshake);
    stall.add(other.stall);
    responseLowerBounds += other.responseLowerBounds;
    serviceLowerBounds += other.serviceLowerBounds;
  }

  private void addHandshakes(Latencies others) {
    if (others == null) {
      return;
    }
    if (handshake == null) {
      handshake = new Latencies();
    }
    handshake.add(others);
  }

  /** Forgets all, so that it can be used again. */
  public void clear() {
    response.clear();
    if (openLoop) {
      service.clear();
      sendLag.clear();
    }
    connect.clear();
    if (handshake != null) {
      handshake.clear();
    }
    stall.clear();
    responseLowerBounds = 0;
    serviceLowerBounds = 0;
  }
}
