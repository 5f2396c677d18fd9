package io.sounder.server.admin;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Which page is at which path: exactly there, and nowhere below it. Filled before the admin port
 * answers, and not afterwards.
 */
public final class Routes {
  private static final List<String> LOOKING = List.of("GET", "HEAD");

  /**
   * A page and how it may be asked for.
   *
   * @param methods those that it answers
   * @param listed whether whoever gets lost is told of it
   * @param open whether it is for those who show no credentials, too
   */
  record Route(Page page, List<String> methods, boolean listed, boolean open) {}

  private final Map<String, Route> routes = new LinkedHashMap<>();

  /** Adds a page that can only be looked at: GET and HEAD. */
  public Routes add(String path, Page page) {
    return put(path, new Route(page, LOOKING, true, false));
  }

  /** Adds one that is for those who show no credentials, too, and that tells them nothing. */
  public Routes addOpen(String path, Page page) {
    return put(path, new Route(page, LOOKING, true, true));
  }

  /** Adds one that is part of another, such as its style sheet: nobody is told of it. */
  public Routes addPart(String path, Page page) {
    return put(path, new Route(page, LOOKING, false, false));
  }

  /** Adds a page that can be looked at, and more. */
  public Routes addChangeable(String path, Page page, String... methods) {
    List<String> all = new ArrayList<>(LOOKING);
    all.addAll(List.of(methods));
    return put(path, new Route(page, List.copyOf(all), true, false));
  }

  private Routes put(String path, Route route) {
    if (routes.putIfAbsent(path, route) != null) {
      throw new IllegalArgumentException("there is a page at " + path + " already");
    }
    return this;
  }

  Optional<Route> at(String path) {
    return Optional.ofNullable(routes.get(path));
  }

  /** All that are listed, for people: {@code /healthz, /stats and /faults}. */
  String text() {
    List<String> listed =
        routes.entrySet().stream()
            .filter(each -> each.getValue().listed())
            .map(Map.Entry::getKey)
            .toList();
    return join(listed, " and ");
  }

  /** {@code a, b and c}. */
  static String join(List<String> words, String last) {
    int count = words.size();
    return count < 2
        ? String.join("", words)
        : String.join(", ", words.subList(0, count - 1)) + last + words.get(count - 1);
  }
}
