package io.sounder.client.report.html;

import io.sounder.client.outcome.ClientFailure;
import io.sounder.client.outcome.UsageException;
import io.sounder.client.report.OutputFile;
import io.sounder.client.report.chart.Chart;
import io.sounder.client.report.chart.ChartJson;
import io.sounder.client.report.compare.Comparison;
import io.sounder.client.report.document.Document;
import io.sounder.client.report.document.DocumentReader;
import io.sounder.client.report.figures.ReportText;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * Results as one file for a browser: verdict, figures, charts, and the documents inside. It loads
 * nothing, works without a network, and is smaller than a megabyte.
 */
public final class HtmlReport {
  private static final int MOST_DOCUMENT_CHARS = 400_000; // of all together

  private static final String GENERATOR = "<meta name=\"generator\" content=\"Sounder\">";
  private static final int HEAD_BYTES = 4096; // the page's own line is far above

  private HtmlReport() {}

  /**
   * Writes the page of one run, or of several beside each other.
   *
   * @throws UsageException if they are too many for one page
   * @throws ClientFailure if the file cannot be written
   */
  public static void write(List<Document> runs, Path file) {
    OutputFile.write("--html", file, page(runs, null));
  }

  /**
   * Writes the page somewhere else.
   *
   * @throws UsageException if the runs are too many for one page
   * @throws IOException as {@code out} throws it
   */
  public static void write(List<Document> runs, Appendable out) throws IOException {
    out.append(page(runs, null));
  }

  /**
   * Writes the page of a comparison.
   *
   * @param runs of both sides, the base first
   * @throws UsageException if they are too many for one page
   * @throws ClientFailure if the file cannot be written
   */
  public static void write(List<Document> runs, Comparison comparison, Path file) {
    OutputFile.write("--html", file, page(runs, comparison));
  }

  /**
   * Checks before anything is measured or computed.
   *
   * @throws UsageException if these are too many for one page
   */
  public static void check(List<Document> runs) {
    if (runs.size() > Chart.MOST_RUNS && !ReportText.isSweep(runs)) {
      throw new UsageException(
          "--html: a page shows at most "
              + Chart.MOST_RUNS
              + " runs, and these are "
              + runs.size()
              + "; merge some of them, or give fewer");
    }
  }

  /**
   * Whether a file may be replaced without asking: it is such a page, or there is none.
   *
   * @return false too if it cannot be read
   */
  public static boolean isOwnOrAbsent(Path file) {
    if (Files.notExists(file)) {
      return true;
    }
    try (InputStream in = Files.newInputStream(file)) {
      return new String(in.readNBytes(HEAD_BYTES), StandardCharsets.UTF_8).contains(GENERATOR);
    } catch (IOException e) {
      return false;
    }
  }

  private static String page(List<Document> runs, Comparison comparison) {
    check(runs);
    PageBody body = new PageBody(runs, comparison);
    String html = body.html();
    return PageTemplate.fill(
        Map.of(
            "title", Markup.escape(body.title()),
            "body", html,
            "documents", documents(runs),
            "charts", EmbeddedJson.escape(ChartJson.text(body.charts()))));
  }

  /** The documents, as far as there is room: of very long runs without their intervals. */
  private static String documents(List<Document> runs) {
    List<String> all = runs.stream().map(Document::json).toList();
    if (chars(all) > MOST_DOCUMENT_CHARS) {
      all = runs.stream().map(DocumentReader::withoutIntervals).toList();
    }
    if (chars(all) > MOST_DOCUMENT_CHARS) {
      return "";
    }
    StringBuilder scripts = new StringBuilder();
    for (String json : all) {
      scripts.append("<script type=\"application/json\" class=\"document\">");
      scripts.append(EmbeddedJson.escape(json)).append("</script>\n");
    }
    return scripts.toString();
  }

  private static long chars(List<String> texts) {
    return texts.stream().mapToLong(String::length).sum();
  }
}
