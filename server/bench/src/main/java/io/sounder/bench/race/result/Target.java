package io.sounder.bench.race.result;

/**
 * What Sounder has to reach: its share of another's figure. Where less is better, at most that.
 *
 * @param aim where it would like to be; NaN if nothing is said
 */
public record Target(String shape, Against against, Figure figure, double must, double aim) {
  /** Whose figure it is held against. */
  public enum Against {
    FLOOR("the C floor"),
    NETTY_BEST("Netty's best"),
    NETTY_DEFAULTS("Netty's defaults"),
    NO_POOL("--workers 0");

    private final String title;

    Against(String title) {
      this.title = title;
    }

    public String title() {
      return title;
    }
  }
}
