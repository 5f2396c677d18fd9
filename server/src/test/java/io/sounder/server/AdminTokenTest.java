package io.sounder.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sounder.protocol.endpoint.EndpointException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which files hold a token that will do. */
class AdminTokenTest {
  private static final String GOOD = "0123456789abcdef";

  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(strings = {GOOD, GOOD + "\n", " " + GOOD + "\r\n"})
  void isReadWithoutTheBlanksAroundIt(String text) throws Exception {
    assertEquals(GOOD, AdminToken.read(file(text, "rw-r-----")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"rw-r--r--", "rw-----w-"})
  void isRefusedWhereOthersMayReadOrWriteIt(String permissions) throws Exception {
    String file = file(GOOD, permissions);
    assertEquals("others may read it; run chmod o= " + file, refusal(file));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "\n", "0123456789abcde"})
  void isRefusedWhenItIsEasyToGuess(String text) throws Exception {
    assertTrue(refusal(file(text, "rw-------")).startsWith("its token is shorter than 16"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"0123456789 abcdef", GOOD + "\n" + GOOD, "0123456789abcd\u00e9f"})
  void isRefusedWhenItCannotStandInAHeader(String text) throws Exception {
    assertTrue(refusal(file(text, "rw-------")).startsWith("it may hold letters, digits"));
  }

  @Test
  void isRefusedWhenNobodyCanMeanIt() throws Exception {
    assertTrue(refusal(file("x".repeat(5000), "rw-------")).startsWith("it has more than 4096"));
    assertEquals("no such file", refusal(folder.resolve("none").toString()));
    assertTrue(refusal(folder.toString()).startsWith("cannot be read: "));
  }

  private String file(String text, String permissions) throws Exception {
    Path file = Files.writeString(folder.resolve("token"), text);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));
    return file.toString();
  }

  private static String refusal(String file) {
    return assertThrows(EndpointException.class, () -> AdminToken.read(file)).getMessage();
  }
}
