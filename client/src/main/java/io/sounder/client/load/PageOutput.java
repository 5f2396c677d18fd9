package io.sounder.client.load;

import io.sounder.client.outcome.ClientFailure;
import io.sounder.client.report.StreamedFile;
import io.sounder.client.report.document.Document;
import io.sounder.client.report.document.DocumentReader;
import io.sounder.client.report.html.HtmlReport;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The page of a command's tests. The file is opened before the first of them; the page is written
 * after the last, and made of the same documents that {@code --json} writes.
 */
final class PageOutput implements AutoCloseable {
  private final StreamedFile file;
  private final List<Document> documents = new ArrayList<>();

  /**
   * Opens the file.
   *
   * @throws io.sounder.client.outcome.UsageException if it cannot be written
   */
  PageOutput(Path path) {
    file = StreamedFile.open("--html", path);
  }

  /** Takes the document of a test that has ended. */
  void add(String json) {
    documents.add(DocumentReader.parse("load#" + (documents.size() + 1), json));
  }

  /** Writes the page; without any test there is none. */
  void finish() {
    if (documents.isEmpty()) {
      return;
    }
    StringBuilder page = new StringBuilder();
    try {
      HtmlReport.write(documents, page);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    file.append(ByteBuffer.wrap(page.toString().getBytes(StandardCharsets.UTF_8)));
  }

  /** What went wrong with writing, if anything has. */
  Optional<ClientFailure> failure() {
    return file.failure();
  }

  @Override
  public void close() {
    file.close();
  }
}
