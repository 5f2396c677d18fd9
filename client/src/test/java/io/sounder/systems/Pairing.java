package io.sounder.systems;

/** Who talks to whom. What goes over the wire must be the same in all four cases. */
enum Pairing {
  ORIGINAL_CLIENT_TO_ORIGINAL_SERVER(false, false),
  ORIGINAL_CLIENT_TO_OUR_SERVER(false, true),
  OUR_CLIENT_TO_ORIGINAL_SERVER(true, false),
  OUR_CLIENT_TO_OUR_SERVER(true, true);

  private final boolean clientIsOurs;
  private final boolean serverIsOurs;

  Pairing(boolean clientIsOurs, boolean serverIsOurs) {
    this.clientIsOurs = clientIsOurs;
    this.serverIsOurs = serverIsOurs;
  }

  boolean clientIsOurs() {
    return clientIsOurs;
  }

  boolean serverIsOurs() {
    return serverIsOurs;
  }
}
