package io.sounder.client.report.document;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.sounder.client.outcome.ClientFailure;
import io.sounder.client.outcome.ExitCode;
import java.io.ByteArrayInputStream;
import java.io.CharConversionException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Whatever a file holds is a result, or is refused in one line; and a result is read again. */
class DocumentFuzzTest {
  @FuzzTest
  void isReadOrRefusedInOneLine(byte[] bytes) throws IOException {
    List<Document> documents;
    try {
      documents = DocumentReader.read("result", new ByteArrayInputStream(bytes));
    } catch (ClientFailure e) {
      assertEquals(ExitCode.USAGE, e.exitCode());
      assertFalse(e.getMessage().chars().anyMatch(Character::isISOControl), e.getMessage());
      return;
    } catch (CharConversionException e) {
      return; // not UTF-8, as the reader of a file tells it
    }
    String text = DocumentReader.text(documents);
    List<Document> again =
        DocumentReader.read(
            "result", new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
    assertEquals(
        documents.stream().map(Document::json).toList(),
        again.stream().map(Document::json).toList());
    for (Document document : documents) {
      document.histograms().values().forEach(EncodedHistogram::decode);
    }
  }
}
