package io.sounder.packaging;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

/** Writes the manual's pages and the completions into a folder such as {@code /usr/share}. */
public final class Main {
  private Main() {}

  /**
   * Writes them.
   *
   * @param args the folder, and the version that the pages name
   */
  public static void main(String[] args) throws IOException {
    if (args.length != 2) {
      System.err.println("usage: sounder-packaging FOLDER VERSION");
      System.exit(2);
    }
    write(Path.of(args[0]), args[1]);
  }

  /** Writes them; what is there already is replaced. */
  static void write(Path folder, String version) throws IOException {
    CommandSpec sounder = Commands.all();
    for (Map.Entry<String, String> page : ManPages.of(sounder, version).entrySet()) {
      put(folder.resolve("man/man1").resolve(page.getKey()), page.getValue());
    }
    put(
        folder.resolve("bash-completion/completions/sounder"),
        AutoComplete.bash("sounder", new CommandLine(sounder)));
    put(folder.resolve("zsh/site-functions/_sounder"), ZshCompletion.of(sounder));
    put(folder.resolve("fish/vendor_completions.d/sounder.fish"), FishCompletion.of(sounder));
  }

  private static void put(Path file, String text) throws IOException {
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }
}
