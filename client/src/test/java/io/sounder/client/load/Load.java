package io.sounder.client.load;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sounder.client.Main;
import io.sounder.client.cli.Console;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/** One run of {@code load} on the command line, within the test's process. */
record Load(int exitCode, String out, String err) {
  static Load run(String... arguments) {
    List<String> line = new ArrayList<>(List.of("load"));
    line.addAll(List.of(arguments));
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    Console console =
        Console.of(
            InputStream.nullInputStream(),
            new PrintStream(out, false, StandardCharsets.UTF_8),
            new PrintStream(err, false, StandardCharsets.UTF_8));
    int exitCode = Main.run(console, line.toArray(new String[0]));
    return new Load(
        exitCode, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
  }

  /** The result on stdout, after {@code --json -}. */
  JsonNode json() {
    try {
      return new ObjectMapper().readTree(out);
    } catch (IOException e) {
      throw new IllegalStateException("no JSON: " + out + err, e);
    }
  }

  /** A count of the requests, such as {@code ok} or {@code wrong/misdirected}; 0 if absent. */
  long count(String path) {
    return json().at("/requests/" + path).asLong(0);
  }

  /** What of {@code sent} is not accounted for. */
  long unaccounted() {
    long rest = count("sent");
    for (String part : List.of("ok", "corrupt", "late", "lost", "refused", "pending")) {
      rest -= count(part);
    }
    for (Iterator<JsonNode> i = json().at("/requests/errors").elements(); i.hasNext(); ) {
      rest -= i.next().asLong();
    }
    return rest;
  }
}
