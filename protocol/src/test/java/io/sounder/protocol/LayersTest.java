package io.sounder.protocol;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.AccessTarget;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What this module may not know: sockets, threads, clocks, logging, and anything but the JDK. */
class LayersTest {
  private static final JavaClasses PROTOCOL =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("io.sounder.protocol");

  private static final Set<String> THREAD_CLASSES =
      Set.of("java.lang.Thread", "java.lang.ThreadLocal", "java.lang.Runnable", "java.util.Timer");

  private static final Set<String> CLOCK_METHODS = Set.of("nanoTime", "currentTimeMillis");

  @Test
  void usesTheJdkAlone() {
    classes()
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage("io.sounder.protocol..", "java..")
        .check(PROTOCOL);
  }

  @Test
  void knowsNoSockets() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("java.nio.channels..", "java.net..")
        .check(PROTOCOL);
  }

  @Test
  void knowsNoThreads() {
    DescribedPredicate<JavaClass> threads =
        describe("threads", type -> THREAD_CLASSES.contains(type.getName()));
    noClasses().should().dependOnClassesThat(threads).check(PROTOCOL);
    noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAPackage("java.util.concurrent..")
        .check(PROTOCOL);
  }

  @Test
  void knowsNoClocks() {
    DescribedPredicate<AccessTarget.CodeUnitCallTarget> clocks =
        describe(
            "clocks",
            target ->
                target.getOwner().isEquivalentTo(System.class)
                    && CLOCK_METHODS.contains(target.getName()));
    noClasses()
        .should()
        .callCodeUnitWhere(describe("a clock is read", call -> clocks.test(call.getTarget())))
        .check(PROTOCOL);
    noClasses().should().dependOnClassesThat().resideInAPackage("java.time..").check(PROTOCOL);
    noClasses()
        .should()
        .dependOnClassesThat()
        .haveFullyQualifiedName("java.util.Date")
        .check(PROTOCOL);
  }

  @Test
  void logsNothing() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("java.util.logging..", "org.slf4j..")
        .check(PROTOCOL);
    noClasses().should().accessField(System.class, "out").check(PROTOCOL);
    noClasses().should().accessField(System.class, "err").check(PROTOCOL);
  }

  @Test
  void textIsBelowEverythingAndEndpointsAreOnTop() {
    noClasses()
        .that()
        .resideInAPackage("..text..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("..framing..", "..reply..", "..endpoint..")
        .check(PROTOCOL);
    noClasses()
        .that()
        .resideInAPackage("..reply..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("..framing..", "..endpoint..")
        .check(PROTOCOL);
    noClasses()
        .that()
        .resideInAPackage("..framing..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("..endpoint..")
        .check(PROTOCOL);
    slices().matching("io.sounder.protocol.(*)..").should().beFreeOfCycles().check(PROTOCOL);
  }
}
