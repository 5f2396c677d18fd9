package io.sounder.launcher;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sounder.systems.Program;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Class-data archives make a start shorter, and no start may show, or fail, for want of them. */
class ArchivesIT {
  private static final String LOG_LINE = "\\d{4}-\\d\\d-\\d\\dT\\S+ (INFO|WARN)  ?\\S.*";

  @TempDir private static Path folder;
  private static Checkout checkout;
  private static Path good;

  /** What may have become of an archive. */
  enum Damage {
    MISSING,
    EMPTY,
    CUT_OFF,
    NO_ARCHIVE_AT_ALL,
    OF_ANOTHER_JAVA;

    void doTo(Path archive) throws IOException {
      byte[] noise = new byte[100_000];
      new Random(1).nextBytes(noise);
      switch (this) {
        case MISSING -> Files.delete(archive);
        case EMPTY -> Files.write(archive, new byte[0]);
        case CUT_OFF -> write(archive, channel -> channel.truncate(channel.size() / 2));
        case NO_ARCHIVE_AT_ALL -> Files.write(archive, noise);
        // Behind the magic number: sizes, checksums, and which build of Java it was.
        case OF_ANOTHER_JAVA ->
            write(archive, channel -> channel.write(ByteBuffer.wrap(noise, 0, 2_000), 16));
      }
    }

    private interface Change {
      void make(FileChannel channel) throws IOException;
    }

    private static void write(Path archive, Change change) throws IOException {
      try (FileChannel channel = FileChannel.open(archive, StandardOpenOption.WRITE)) {
        change.make(channel);
      }
    }
  }

  @BeforeAll
  static void makeArchives() throws IOException, InterruptedException {
    checkout = Checkout.in(Files.createDirectory(folder.resolve("checkout")));
    checkout.makeArchives();
    good = Files.move(checkout.archives(), folder.resolve("good"));
  }

  @BeforeEach
  void putThemInPlace() throws IOException {
    Files.createDirectories(checkout.archives());
    for (String name : List.of("made-for", "server.jsa", "client.jsa")) {
      Path copy = checkout.archives().resolve(name);
      Files.deleteIfExists(copy);
      Files.copy(good.resolve(name), copy);
      assertTrue(copy.toFile().setWritable(true));
    }
  }

  @Test
  void theServiceStartsFromItsArchive() throws Exception {
    assertStartsFromArchive("io.sounder.server.Main", "serve", "--version");
  }

  @Test
  void theClientStartsFromItsArchive() throws Exception {
    assertStartsFromArchive("io.sounder.client.Main", "load", "--help");
  }

  private static void assertStartsFromArchive(String main, String... arguments) throws Exception {
    Path loaded = folder.resolve("loaded");
    try (Program program = checkout.start("-Xlog:class+load:file=" + loaded, arguments)) {
      assertEquals(0, program.exitCode(), program::toString);
      assertEquals("", program.err());
    }
    List<String> ours = linesOf(loaded, " " + main + " ");
    assertEquals(1, ours.size(), ours::toString);
    assertTrue(isFromArchive(ours.get(0)), ours::toString);
    // Old class files, which some kinds of archive do not take.
    List<String> oldOnes = linesOf(loaded, " picocli.");
    List<String> parsed = oldOnes.stream().filter(line -> !isFromArchive(line)).toList();
    assertTrue(
        parsed.size() < oldOnes.size() / 4,
        () -> "too many of " + oldOnes.size() + " were not in the archive: " + parsed);
  }

  private static List<String> linesOf(Path file, String part) throws IOException {
    try (Stream<String> lines = Files.lines(file)) {
      return lines.filter(line -> line.contains(part)).toList();
    }
  }

  private static boolean isFromArchive(String line) {
    return line.contains("source: shared objects file");
  }

  @ParameterizedTest
  @EnumSource
  void servesAsEverWhenTheArchiveIs(Damage damage) throws Exception {
    damage.doTo(checkout.archives().resolve("server.jsa"));

    assertServesAndSaysNothingElse("");
  }

  /** Its objects are laid out so that no archive of ours can be used. */
  @Test
  void servesAsEverWithAnotherCollector() throws Exception {
    assertServesAndSaysNothingElse("-XX:+UseZGC");
  }

  private static void assertServesAndSaysNothingElse(String javaOptions) throws Exception {
    try (Program service =
        checkout.start(javaOptions, "serve", "tcp://127.0.0.1:0", "--admin", "off")) {
      service.awaitOut("ready\n");
      service.signal("TERM");

      assertEquals(0, service.exitCode(), service::toString);
      assertTrue(
          service.out().matches("listening tcp://127\\.0\\.0\\.1:\\d+\nready\n"), service.out());
      assertEquals(
          List.of(), service.err().lines().filter(line -> !line.matches(LOG_LINE)).toList());
    }
  }

  @Test
  void asksForNewOnesWhenAJarIsNewer() throws Exception {
    FileTime jar = Files.getLastModifiedTime(checkout.path("client/target/sounder-client.jar"));
    Files.setLastModifiedTime(madeFor(), FileTime.fromMillis(jar.toMillis() - 2_000));

    assertAsksForNewOnesOnce();
  }

  @Test
  void asksForNewOnesWhenJavaIsAnother() throws Exception {
    Files.writeString(madeFor(), Files.readString(madeFor()).replaceFirst("^\"?\\d+", "9"));

    assertAsksForNewOnesOnce();
  }

  @Test
  void asksForNewOnesWhenThereAreNone() throws Exception {
    Files.delete(madeFor());

    assertAsksForNewOnesOnce();
  }

  /** The maker is one that fails, so that the second start sees a failure of the first. */
  private static void assertAsksForNewOnesOnce() throws Exception {
    Path maker = checkout.path(Checkout.MAKER);
    Path real = Files.move(maker, folder.resolve("make-archives"));
    try {
      Files.writeString(
          maker, "#!/bin/sh\nrm -r \"$4\"; mkdir \"$4\"; echo \"$5\" >\"$4/made-for\"; exit 1\n");
      assertTrue(maker.toFile().setExecutable(true));
      try (Program first = checkout.start("", "serve", "--version")) {
        assertEquals(0, first.exitCode(), first::toString);
        assertTrue(first.out().matches("sounder \\S+\n"), first.out());
        assertTrue(first.err().startsWith("sounder: preparing for Java "), first.err());
        assertEquals(1, first.err().lines().count(), first.err());
      }
      assertFalse(Files.exists(checkout.archives().resolve("server.jsa")));
      try (Program second = checkout.start("", "serve", "--version")) {
        assertEquals(0, second.exitCode(), second::toString);
        assertEquals("", second.err());
      }
    } finally {
      Files.delete(maker);
      Files.move(real, maker);
    }
  }

  private static Path madeFor() {
    return checkout.archives().resolve("made-for");
  }
}
