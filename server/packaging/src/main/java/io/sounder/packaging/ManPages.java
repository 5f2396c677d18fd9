package io.sounder.packaging;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Help;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/**
 * Pages of section 1 of the manual in roff, for man(7): one of all commands, and one for each. What
 * a command says under "Examples" and "Exit codes" stands under EXAMPLES and EXIT STATUS.
 */
final class ManPages {
  private static final String EXIT_CODES = "Exit codes:";
  private static final int SYNOPSIS_WIDTH = 10_000; // man breaks lines itself

  private final StringBuilder page = new StringBuilder();

  private ManPages() {}

  /** The pages, by the names of their files. */
  static Map<String, String> of(CommandSpec sounder, String version) {
    Map<String, String> pages = new LinkedHashMap<>();
    pages.put("sounder.1", new ManPages().overview(sounder, version));
    for (Map.Entry<String, CommandLine> each : sounder.subcommands().entrySet()) {
      if (!each.getKey().equals("help")) {
        pages.put(
            "sounder-" + each.getKey() + ".1",
            new ManPages().command(each.getKey(), each.getValue().getCommandSpec(), version));
      }
    }
    return pages;
  }

  private String overview(CommandSpec sounder, String version) {
    begin("sounder", version, Sentences.paragraph(sounder.usageMessage().description()));
    section("SYNOPSIS");
    line(".B sounder");
    text("COMMAND [ARGUMENT...]");
    section("DESCRIPTION");
    text(Sentences.paragraph(sounder.usageMessage().description()));
    section("COMMANDS");
    for (Map.Entry<String, CommandLine> each : sounder.subcommands().entrySet()) {
      CommandSpec spec = each.getValue().getCommandSpec();
      if (each.getKey().equals("help")) {
        term("\\fBhelp\\fR [\\fICOMMAND\\fR]");
      } else {
        term("\\fBsounder\\-" + escape(each.getKey()) + "\\fR(1)");
      }
      text(Sentences.first(Sentences.paragraph(spec.usageMessage().description())));
    }
    section("OPTIONS");
    sounder.options().forEach(this::option);
    section("ENVIRONMENT");
    term("\\fBSOUNDER_JAVA_OPTS\\fR");
    text("Further flags for Java.");
    return page.toString();
  }

  private String command(String name, CommandSpec spec, String version) {
    String description = Sentences.paragraph(spec.usageMessage().description());
    begin("sounder-" + name, version, Sentences.first(description));
    section("SYNOPSIS");
    line(".B sounder " + escape(name));
    text(synopsis(spec));
    section("DESCRIPTION");
    text(description);
    section("OPTIONS");
    spec.positionalParameters().forEach(this::positional);
    spec.options().stream().filter(each -> !each.hidden()).forEach(this::option);
    footer(List.of(spec.usageMessage().footer()));
    section("SEE ALSO");
    line(".BR sounder (1)");
    return page.toString();
  }

  private void begin(String name, String version, String summary) {
    line(".\\\" Written from what the command says of itself.");
    line(
        ".TH "
            + name.toUpperCase(java.util.Locale.ROOT)
            + " 1 \"\" \"Sounder "
            + version
            + "\" \"Sounder\"");
    line(".nh"); // a URL must not be hyphenated
    line(".ad l");
    section("NAME");
    line(escape(name) + " \\- " + escape(summary));
  }

  /** Without the name, which stands in front of it. */
  private static String synopsis(CommandSpec spec) {
    spec.usageMessage().width(SYNOPSIS_WIDTH);
    String whole = new Help(spec, Help.defaultColorScheme(Ansi.OFF)).synopsis(0).strip();
    return whole.substring(spec.qualifiedName().length()).strip();
  }

  private void positional(PositionalParamSpec each) {
    if (!each.hidden()) {
      term("\\fI" + escape(Sentences.plain(each.paramLabel())) + "\\fR");
      text(Sentences.paragraph(each.description()));
    }
  }

  private void option(OptionSpec each) {
    String names =
        "\\fB" + escape(String.join(", ", each.names())).replace(", ", "\\fR, \\fB") + "\\fR";
    boolean takesValue = each.arity().max() > 0;
    term(
        takesValue ? names + " \\fI" + escape(Sentences.plain(each.paramLabel())) + "\\fR" : names);
    text(Sentences.paragraph(each.description()));
  }

  /** Examples are indented, and what follows the exit codes is a paragraph. */
  private void footer(List<String> lines) {
    List<String> examples = new ArrayList<>();
    List<String> codes = new ArrayList<>();
    List<String> rest = new ArrayList<>();
    List<String> into = rest;
    for (String each : lines) {
      String line = Sentences.plain(each);
      if (line.startsWith("  ")) {
        examples.add(line.strip());
        into = rest;
      } else if (line.startsWith(EXIT_CODES)) {
        codes.add(line.substring(EXIT_CODES.length()).strip());
        into = codes;
      } else if (line.isBlank() || line.strip().equals("Examples")) {
        into = rest;
      } else {
        into.add(line.strip());
      }
    }
    if (!rest.isEmpty()) {
      section("NOTES");
      text(String.join(" ", rest));
    }
    if (!examples.isEmpty()) {
      section("EXAMPLES");
      line(".nf");
      examples.forEach(each -> line(guard(escape(each))));
      line(".fi");
    }
    if (!codes.isEmpty()) {
      section("EXIT STATUS");
      text(String.join(" ", codes));
    }
  }

  private void section(String title) {
    line(".SH " + title);
  }

  private void term(String formatted) {
    line(".TP");
    line(formatted);
  }

  private void text(String text) {
    line(guard(escape(text)));
  }

  private void line(String line) {
    page.append(line).append('\n');
  }

  /** Quotes and minus signs as they are typed, so that what is copied from the page can be run. */
  private static String escape(String text) {
    return text.replace("\\", "\\e")
        .replace("-", "\\-")
        .replace("'", "\\(aq")
        .replace("`", "\\(ga")
        .replace("^", "\\(ha")
        .replace("~", "\\(ti");
  }

  /** A line that begins with a dot would be a command to roff. */
  private static String guard(String line) {
    return line.startsWith(".") || line.startsWith("'") ? "\\&" + line : line;
  }
}
