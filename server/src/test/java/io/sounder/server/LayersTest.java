package io.sounder.server;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static io.sounder.server.ServerClasses.ALL;
import static io.sounder.server.ServerClasses.ROOT;
import static io.sounder.server.ServerClasses.in;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.lang.ArchRule;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Who may know whom, by package. */
class LayersTest {
  @Test
  void theProtocolKnowsNoServer() {
    mayNotKnow("io.sounder.protocol..", ROOT + "..").check(ALL);
  }

  @Test
  void connectionsKnowNeitherWorkersNorTheReactor() {
    mayNotKnow(in("connection"), in("worker"), in("reactor"), in("listener"), in("metrics"))
        .check(ALL);
  }

  @Test
  void workersDoNotKnowTheReactor() {
    mayNotKnow(in("worker"), in("reactor"), in("listener"), in("admin")).check(ALL);
  }

  @Test
  void tlsKnowsNeitherConnectionsNorWorkersNorTheReactor() {
    mayNotKnow(
            in("tls"),
            in("connection"),
            in("worker"),
            in("reactor"),
            in("listener"),
            in("metrics"),
            in("admin"))
        .check(ALL);
  }

  @Test
  void onlyTlsKnowsTheLibraryUnderIt() {
    noClasses()
        .that()
        .resideOutsideOfPackage(in("tls"))
        .should()
        .dependOnClassesThat()
        .resideInAPackage("tlschannel..")
        .check(ALL);
  }

  @Test
  void onlyTheExpositionKnowsTheLibrariesThatWriteFigures() {
    noClasses()
        .that()
        .resideOutsideOfPackage(in("exposition"))
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("io.prometheus..", "com.fasterxml.jackson..")
        .check(ALL);
  }

  @Test
  void onlyTheAdminPortKnowsHttp() {
    noClasses()
        .that()
        .resideOutsideOfPackage(in("admin"))
        .should()
        .dependOnClassesThat()
        .resideInAPackage("com.sun.net.httpserver..")
        .check(ALL);
  }

  @Test
  void countsKnowNothingOfWhatIsCounted() {
    noClasses()
        .that()
        .resideInAPackage(in("count"))
        .should()
        .dependOnClassesThat()
        .resideOutsideOfPackages(in("count"), "java.lang..", "java.util..")
        .check(ALL);
  }

  @Test
  void faultsKnowNeitherConnectionsNorSockets() {
    mayNotKnow(
            in("fault"),
            in("connection"),
            in("worker"),
            in("reactor"),
            in("listener"),
            in("metrics"),
            in("admin"),
            "java.nio.channels..",
            "org.slf4j..")
        .check(ALL);
  }

  @Test
  void guardsKnowNeitherConnectionsNorSockets() {
    mayNotKnow(
            in("guard"),
            in("fault"),
            in("connection"),
            in("worker"),
            in("reactor"),
            in("listener"),
            in("metrics"),
            in("admin"),
            "java.net..",
            "java.nio.channels..",
            "org.slf4j..")
        .check(ALL);
  }

  @Test
  void theWatchKnowsNothingOfWhatItWatches() {
    mayNotKnow(
            in("watch"),
            in("worker"),
            in("reactor"),
            in("listener"),
            in("admin"),
            "java.nio.channels..")
        .check(ALL);
  }

  @Test
  void whoInspectsKnowsNeitherSocketsNorWhoAsks() {
    mayNotKnow(
            in("inspect"),
            in("reactor"),
            in("listener"),
            in("metrics"),
            in("admin"),
            "java.nio.channels..",
            "org.slf4j..")
        .check(ALL);
  }

  @Test
  void whoTalksToTheSupervisorKnowsNothingOfTheService() {
    mayNotKnow(
            in("supervise"),
            in("connection"),
            in("worker"),
            in("reactor"),
            in("listener"),
            in("metrics"),
            in("admin"),
            in("watch"),
            "io.sounder.protocol..",
            "java.nio.channels..")
        .check(ALL);
  }

  @Test
  void thePageKnowsNothingOfWhatItShowsButListeners() {
    mayNotKnow(in("page"), in("reactor"), in("worker"), in("listener"), "java.nio.channels..")
        .check(ALL);
  }

  @Test
  void nobodyKnowsTheEntryPoint() {
    noClasses()
        .that()
        .resideOutsideOfPackage(ROOT)
        .should()
        .dependOnClassesThat()
        .resideInAPackage(ROOT)
        .check(ALL);
  }

  @Test
  void packagesDoNotKnowEachOtherInACircle() {
    slices().matching(ROOT + ".(*)..").should().beFreeOfCycles().check(ALL);
  }

  @Test
  void speaksOfPackagesThatThereAre() {
    for (String each :
        Set.of(
            "reactor",
            "worker",
            "connection",
            "fault",
            "guard",
            "inspect",
            "page",
            "tls",
            "listener",
            "metrics",
            "admin",
            "watch",
            "supervise",
            "count",
            "exposition",
            "logging")) {
      assertTrue(
          ALL.stream().anyMatch(type -> type.getPackageName().equals(in(each))),
          () -> "there is no package " + each);
    }
  }

  private static ArchRule mayNotKnow(String who, String... whom) {
    return noClasses()
        .that()
        .resideInAPackage(who)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(whom);
  }
}
