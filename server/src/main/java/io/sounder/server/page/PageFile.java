package io.sounder.server.page;

import io.sounder.server.admin.Answer;
import io.sounder.server.admin.Page;
import io.sounder.server.admin.Question;
import java.io.IOException;
import java.io.InputStream;

/** A file of the page, from the jar, read when somebody asks for it. */
final class PageFile implements Page {
  /** Nothing from elsewhere, nothing inline, in nobody's frame. */
  private static final String POLICY =
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self';"
          + " base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

  private final String resource;

  /**
   * A file.
   *
   * @param resource where it is, beside this class
   */
  PageFile(String resource) {
    this.resource = resource;
  }

  @Override
  public Answer answer(Question question) throws IOException {
    try (InputStream in = PageFile.class.getResourceAsStream(resource)) {
      if (in == null) {
        throw new IllegalStateException("the jar has no " + resource);
      }
      return Answer.of(200, contentType(), in.readAllBytes())
          .with("Content-Security-Policy", POLICY)
          .with("Cross-Origin-Resource-Policy", "same-origin")
          .with("Referrer-Policy", "no-referrer");
    }
  }

  private String contentType() {
    return switch (resource.substring(resource.lastIndexOf('.') + 1)) {
      case "html" -> "text/html; charset=utf-8";
      case "css" -> "text/css; charset=utf-8";
      case "js" -> "text/javascript; charset=utf-8";
      case "svg" -> "image/svg+xml";
      default -> throw new IllegalStateException("what is " + resource + "?");
    };
  }
}
