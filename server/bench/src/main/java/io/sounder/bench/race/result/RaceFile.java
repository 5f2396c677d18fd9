package io.sounder.bench.race.result;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** A race in a file, which is never seen half-written, nor lost to a race that came to nothing. */
public final class RaceFile {
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

  private final Path path;

  /** Looks at nothing yet. */
  public RaceFile(Path path) {
    this.path = path.toAbsolutePath();
  }

  /** Throws {@link IOException} where {@link #write} would, as far as one can tell beforehand. */
  public void checkWritable() throws IOException {
    Path folder = path.getParent();
    if (folder == null || !Files.isDirectory(folder) || !Files.isWritable(folder)) {
      throw new IOException("cannot write " + path + ": there is no such folder to write to");
    }
    if (Files.exists(path) && !(Files.isRegularFile(path) && Files.isWritable(path))) {
      throw new IOException("cannot write " + path + ": it is no file, or may not be written");
    }
  }

  /** Replaces what is there, in one step. */
  public void write(RaceResult race) throws IOException {
    Path target = Files.exists(path) ? path.toRealPath() : path;
    Path temporary = target.resolveSibling(target.getFileName() + ".tmp");
    try {
      JSON.writeValue(temporary.toFile(), race);
      Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(temporary);
    }
  }

  /** Throws {@link IllegalArgumentException} if it is not of this schema. */
  public RaceResult read() throws IOException {
    if (!Files.isReadable(path)) {
      throw new IOException(
          "cannot read " + path + ": there is no such file, or it may not be read");
    }
    try {
      JsonNode tree = JSON.readTree(path.toFile());
      if (RaceResult.SCHEMA.equals(tree.path("schema").asText())) {
        return JSON.treeToValue(tree, RaceResult.class);
      }
    } catch (JsonProcessingException e) {
      throw new IOException("cannot read " + path + ": " + e.getOriginalMessage(), e);
    }
    throw new IllegalArgumentException(path + " is not a result of " + RaceResult.SCHEMA);
  }
}
