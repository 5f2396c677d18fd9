package io.sounder.client.report.figures;

import io.sounder.client.report.Quantities;
import io.sounder.client.report.document.Document;
import io.sounder.protocol.text.Escapes;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.IntStream;

/** What to call runs that stand beside each other: as short as tells them apart. */
public final class RunNames {
  private RunNames() {}

  /** A name for each, fit to be shown. */
  public static List<String> of(List<Document> documents) {
    List<Function<Document, String>> ways = List.of(RunNames::fileName, Document::name);
    for (Function<Document, String> way : ways) {
      List<String> names = documents.stream().map(way).map(Escapes::oneLine).toList();
      if (areDistinct(names)) {
        return names;
      }
    }
    return IntStream.range(0, documents.size())
        .mapToObj(i -> Escapes.oneLine(documents.get(i).name()) + " (" + (i + 1) + ")")
        .toList();
  }

  /** The names of a sweep's steps: the rates asked for. */
  public static List<String> ofSteps(List<Document> steps) {
    List<String> names = steps.stream().map(RunNames::rateOf).toList();
    return areDistinct(names) ? names : of(steps);
  }

  private static String rateOf(Document step) {
    return step.askedRate() == null ? fileName(step) : Quantities.rate(step.askedRate());
  }

  private static String fileName(Document document) {
    String name = document.name();
    return name.substring(name.lastIndexOf('/') + 1);
  }

  private static boolean areDistinct(List<String> names) {
    Set<String> distinct = new HashSet<>(names);
    return distinct.size() == names.size() && !distinct.contains("");
  }
}
