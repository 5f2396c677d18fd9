package io.sounder.client;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;

/** The client's entry point. */
@Command(
    name = "sounder",
    mixinStandardHelpOptions = true,
    versionProvider = Main.Version.class,
    description = "Sounder's client.")
public final class Main implements Runnable {

  private Main() {}

  /** Parses the command line, runs it, and exits with its code. */
  public static void main(String[] args) {
    System.exit(new CommandLine(new Main()).execute(args));
  }

  @Override
  public void run() {}

  static final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
      String version = Main.class.getPackage().getImplementationVersion();
      return new String[] {"sounder " + (version == null ? "(from classes)" : version)};
    }
  }
}
