package io.sounder.client.report.document;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.io.JsonEOFException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sounder.client.outcome.ClientFailure;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Reads results from files, which may come from anywhere: what is too large, cut off, not JSON or
 * not ours is a {@link ClientFailure} with exit code 2 that names the file and the place.
 */
public final class DocumentReader {
  /** A larger file is no result: an hour of one-second intervals takes less than 1 MB. */
  public static final long MAX_FILE_BYTES = 256L << 20;

  // A step of a sweep has some hundred tokens and an hour's run 100,000, so that this is enough for
  // any result, and keeps the tree that is made of them below a gigabyte.
  private static final long MAX_TOKENS = 10_000_000;
  private static final int MAX_DEPTH = 32;
  private static final int MAX_TEXT_CHARS = 4 << 20;

  private static final JsonMapper MAPPER =
      JsonMapper.builder(
              JsonFactory.builder()
                  .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                  .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
                  .streamReadConstraints(
                      StreamReadConstraints.builder()
                          .maxDocumentLength(MAX_FILE_BYTES)
                          .maxTokenCount(MAX_TOKENS)
                          .maxNestingDepth(MAX_DEPTH)
                          .maxStringLength(MAX_TEXT_CHARS)
                          .build())
                  .build())
          // numbers that are only passed on stay as they were written
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
          .build();

  private DocumentReader() {}

  /**
   * The documents of a file: one, or one after the other, as a sweep writes them.
   *
   * @throws ClientFailure if the file cannot be used
   */
  public static List<Document> read(Path file) {
    try (InputStream in = Files.newInputStream(file)) {
      if (Files.isRegularFile(file) && Files.size(file) > MAX_FILE_BYTES) {
        throw tooLarge(file.toString());
      }
      return read(file.toString(), in);
    } catch (NoSuchFileException e) {
      throw Fields.failure(file.toString(), "there is no such file");
    } catch (AccessDeniedException e) {
      throw Fields.failure(file.toString(), "permission denied");
    } catch (IOException e) {
      String why = Files.isDirectory(file) ? "it is a folder" : String.valueOf(e.getMessage());
      throw Fields.failure(file.toString(), why);
    }
  }

  /**
   * The document in a text.
   *
   * @param name what to call it
   * @throws ClientFailure if there is not exactly one, or it is damaged
   */
  public static Document parse(String name, String json) {
    List<Document> documents;
    try {
      documents = read(name, new ByteArrayInputStream(json.getBytes(StandardCharsets.UTF_8)));
    } catch (IOException e) {
      throw Fields.failure(name, String.valueOf(e.getMessage()));
    }
    if (documents.size() != 1) {
      throw Fields.failure(name, "it has " + documents.size() + " documents, not one");
    }
    return documents.get(0);
  }

  /**
   * The documents of a stream, which is read to its end and not closed.
   *
   * @param name what to call it
   * @throws ClientFailure if it cannot be used
   * @throws IOException if it cannot be read
   */
  public static List<Document> read(String name, InputStream in) throws IOException {
    List<Document> documents = new ArrayList<>();
    try (JsonParser parser = MAPPER.getFactory().createParser(in)) {
      parser.disable(JsonParser.Feature.AUTO_CLOSE_SOURCE);
      boolean more = parser.nextToken() != null;
      while (more) {
        JsonNode tree = MAPPER.readTree(parser);
        more = parser.nextToken() != null;
        boolean only = documents.isEmpty() && !more;
        String place = only ? name : name + "#" + (documents.size() + 1);
        documents.add(DocumentParser.parse(place, tree));
      }
    } catch (StreamConstraintsException e) {
      throw tooLarge(name);
    } catch (JsonProcessingException e) {
      throw notJson(name, documents.size(), e);
    }
    if (documents.isEmpty()) {
      throw Fields.failure(name, "it is empty");
    }
    return documents;
  }

  /** Documents as a file holds them: one for people to read, several on a line each. */
  public static String text(List<Document> documents) {
    if (documents.size() != 1) {
      return documents.stream()
          .map(document -> document.json() + "\n")
          .collect(Collectors.joining());
    }
    return tree(documents.get(0)).toPrettyString() + "\n";
  }

  /** A document's JSON without the course of the run, which can be most of it. */
  public static String withoutIntervals(Document document) {
    return ((ObjectNode) tree(document)).without("intervals").toString();
  }

  private static JsonNode tree(Document document) {
    try {
      return MAPPER.readTree(document.json());
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a document that was read cannot be read again", e);
    }
  }

  private static ClientFailure tooLarge(String name) {
    return Fields.failure(name, "it is too large for a result");
  }

  private static ClientFailure notJson(String name, int before, JsonProcessingException e) {
    JsonLocation location = e.getLocation();
    String place =
        location == null
            ? ""
            : " at line " + location.getLineNr() + ", column " + location.getColumnNr();
    if (e instanceof JsonEOFException) {
      return Fields.failure(
          name, "it ends in the middle of a document" + place + "; it was not written to its end");
    }
    String which =
        before == 0 ? "it is not JSON" : "what follows document " + before + " is not JSON";
    return Fields.failure(name, which + place + ": " + e.getOriginalMessage());
  }
}
