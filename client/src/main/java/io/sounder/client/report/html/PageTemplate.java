package io.sounder.client.report.html;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The page without what is on it. Its policy allows nothing but the style sheet and the scripts
 * that are its own, each by its hash: no network, and no script that a document might bring along.
 */
final class PageTemplate {
  private static final Pattern PLACEHOLDER = Pattern.compile("\\{\\{([a-z]+)\\}\\}");

  private PageTemplate() {}

  /**
   * Fills in, once: what is filled in is not looked at for placeholders.
   *
   * @param parts {@code title}, {@code body}, {@code documents} and {@code charts}, as HTML
   */
  static String fill(Map<String, String> parts) {
    String style = resources("uplot/uPlot.min.css", "colours.css", "report.css");
    // the licence asks to stay with every copy, and a page is one
    String licence = resource("uplot/LICENSE").strip();
    String library = "/*\n" + licence + "\n*/\n" + resource("uplot/uPlot.iife.min.js");
    // in a block, since the page's names are no one else's
    String own = resources("scales.js", "charts.js", "page.js");
    String script = "\"use strict\";\n{\n" + own + "}\n";
    Map<String, String> fixed =
        Map.of(
            "policy", policy(style, library, script),
            "style", style,
            "library", library,
            "script", script);
    Matcher matcher = PLACEHOLDER.matcher(resource("page.html"));
    return matcher.replaceAll(
        found -> {
          String name = found.group(1);
          String part = fixed.containsKey(name) ? fixed.get(name) : parts.get(name);
          if (part == null) {
            throw new IllegalStateException("nothing to fill in for " + name);
          }
          return Matcher.quoteReplacement(part);
        });
  }

  private static String policy(String style, String... scripts) {
    return "default-src 'none'; base-uri 'none'; form-action 'none'; style-src "
        + hash(style)
        + "; script-src "
        + Stream.of(scripts).map(PageTemplate::hash).collect(Collectors.joining(" "));
  }

  private static String hash(String text) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return "'sha256-" + Base64.getEncoder().encodeToString(digest) + "'";
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  private static String resources(String... names) {
    return Stream.of(names).map(PageTemplate::resource).collect(Collectors.joining("\n"));
  }

  private static String resource(String name) {
    try (InputStream in = PageTemplate.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException("the program lacks its own " + name);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
