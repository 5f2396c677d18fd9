package io.sounder.server;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;

/** What the architecture's rules are about. */
final class ServerClasses {
  static final String ROOT = "io.sounder.server";

  static final JavaClasses ALL =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("io.sounder");

  private ServerClasses() {}

  /** A package of the server. */
  static String in(String name) {
    return ROOT + "." + name;
  }
}
