package io.sounder.bench.race.run;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sounder.client.Main;
import io.sounder.client.cli.Console;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/**
 * {@code sounder load} in a process that stays: a line of JSON on stdin is its arguments, and a
 * line on stdout what it came to. So a turn begins with code that has been compiled long ago, and
 * can be short.
 */
final class GeneratorHost {
  private static final ObjectMapper JSON = new ObjectMapper();

  private GeneratorHost() {}

  public static void main(String[] args) throws IOException {
    BufferedReader in =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      System.out.println(JSON.writeValueAsString(run(JSON.readValue(line, String[].class))));
      System.out.flush();
    }
  }

  private static ObjectNode run(String[] arguments) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    Console console =
        Console.of(
            InputStream.nullInputStream(),
            new PrintStream(out, false, StandardCharsets.UTF_8),
            new PrintStream(err, false, StandardCharsets.UTF_8));
    ObjectNode answer = JSON.createObjectNode().put("exit", Main.run(console, arguments));
    answer.put("err", err.toString(StandardCharsets.UTF_8));
    if (out.size() > 0) {
      answer.set("result", JSON.readTree(out.toByteArray()));
    }
    return answer;
  }
}
