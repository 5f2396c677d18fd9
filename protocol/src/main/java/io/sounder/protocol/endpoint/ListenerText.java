package io.sounder.protocol.endpoint;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A listener as text, in one form whatever the order in which its keys were written: to be read
 * back, to be compared, and to be looked at with all that holds where nothing was said.
 */
public final class ListenerText {
  /**
   * One key of a listener.
   *
   * @param value as it could be written, or in words where nothing can be
   * @param isGiven whether that was asked for, or is the default
   */
  public record Setting(String key, String value, boolean isGiven) {}

  private final ListenerSpec spec;
  private final List<EndpointUrl.Pair> given;

  private ListenerText(ListenerSpec spec, List<EndpointUrl.Pair> given) {
    this.spec = spec;
    this.given = given;
  }

  public static ListenerText of(ListenerSpec spec) {
    List<EndpointUrl.Pair> pairs = new ArrayList<>(EndpointUrl.cut(spec.text()).pairs());
    pairs.sort(Comparator.comparing(pair -> key(spec, pair))); // greetings stay in order
    return new ListenerText(spec, pairs);
  }

  private static Key key(ListenerSpec spec, EndpointUrl.Pair pair) {
    return Key.of(pair.key(), Key.Side.LISTENER, spec.endpoint().scheme());
  }

  /** The listener with what was asked for: one line, that is read back as the same. */
  public String url() {
    String keys =
        given.stream()
            .map(pair -> pair.key() + "=" + pair.value())
            .collect(Collectors.joining("&"));
    return printable(spec.endpoint() + (keys.isEmpty() ? "" : "?" + keys));
  }

  /**
   * All keys that have a meaning for it, in the order of the grammar; those that inject faults only
   * where they were asked for.
   */
  public List<Setting> settings() {
    List<Setting> settings = new ArrayList<>();
    for (Key key : Key.values()) {
      if (key.fits(Key.Side.LISTENER, spec.endpoint().scheme())) {
        addTo(settings, key);
      }
    }
    return settings;
  }

  private void addTo(List<Setting> settings, Key key) {
    int before = settings.size();
    for (EndpointUrl.Pair pair : given) {
      if (pair.key().equals(key.text())) {
        settings.add(new Setting(key.text(), printable(pair.value()), true));
      }
    }
    if (settings.size() == before) {
      Optional<String> unsaid = KeyDefaults.text(key, spec);
      unsaid.ifPresent(text -> settings.add(new Setting(key.text(), text, false)));
    }
  }

  /** Control characters, and a blank at the end, would not survive a file of lines. */
  private static String printable(String text) {
    StringBuilder printable = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); ) {
      int point = text.codePointAt(i);
      i += Character.charCount(point);
      boolean isLast = i == text.length();
      if (Character.isISOControl(point) || (isLast && Character.isWhitespace(point))) {
        for (byte b : Character.toString(point).getBytes(StandardCharsets.UTF_8)) {
          printable.append(String.format("%%%02X", b));
        }
      } else {
        printable.appendCodePoint(point);
      }
    }
    return printable.toString();
  }
}
