package io.sounder.server;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static io.sounder.server.ServerClasses.ALL;
import static io.sounder.server.ServerClasses.ROOT;
import static io.sounder.server.ServerClasses.in;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import io.sounder.protocol.framing.FrameWriter;
import io.sounder.protocol.reply.ByteSink;
import io.sounder.protocol.reply.Reply;
import io.sounder.protocol.reply.Template;
import io.sounder.server.tls.TlsContext;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.nio.channels.Channel;
import java.nio.channels.Channels;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Lock;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * Who may touch a socket, read a clock, or wait. Each rule names what it looks for, and {@link
 * #wouldSeeWhatTheRulesForbid} proves that it would be seen.
 */
class ArchitectureTest {
  private static final Set<String> TRANSFERS =
      Set.of("read", "write", "send", "receive", "shutdownOutput", "shutdownInput", "socket");

  /** Reading or writing a channel, or wrapping it in something that would. */
  private static final DescribedPredicate<JavaAccess<?>> TRANSFER =
      calls(
          "a channel's bytes are moved",
          call ->
              (owner(call).isAssignableTo(Channel.class) && TRANSFERS.contains(call.getName()))
                  || owner(call).isEquivalentTo(Channels.class));

  private static final DescribedPredicate<JavaAccess<?>> ACCEPT =
      calls(
          "a connection is accepted",
          call ->
              owner(call).isAssignableTo(ServerSocketChannel.class)
                  && call.getName().equals("accept"));

  private static final DescribedPredicate<JavaAccess<?>> READS_CERTIFICATES =
      calls(
          "certificates are read",
          call -> owner(call).isEquivalentTo(TlsContext.class) && call.getName().equals("read"));

  private static final DescribedPredicate<JavaAccess<?>> SLEEP =
      calls(
          "a thread sleeps",
          call -> owner(call).isEquivalentTo(Thread.class) && call.getName().equals("sleep"));

  private static final DescribedPredicate<JavaAccess<?>> READS_CLOCK =
      calls(
          "a clock is read",
          call ->
              owner(call).isEquivalentTo(System.class)
                  && Set.of("nanoTime", "currentTimeMillis").contains(call.getName()));

  /** What can hold a thread up for longer than it takes to compute. */
  private static final DescribedPredicate<JavaAccess<?>> BLOCKING =
      calls("the caller may be held up", ArchitectureTest::mayBlock);

  private static final Set<String> NAME_LOOKUPS =
      Set.of("getByName", "getAllByName", "getLocalHost", "getHostName", "getCanonicalHostName");

  private static final DescribedPredicate<JavaClass> SELECTING =
      describe(
          "the selector and its keys",
          type -> type.isAssignableTo(Selector.class) || type.isAssignableTo(SelectionKey.class));

  private static final DescribedPredicate<JavaClass> REPLYING =
      describe(
          "what makes a reply",
          type ->
              type.isAssignableTo(Reply.class)
                  || type.isAssignableTo(FrameWriter.class)
                  || type.isAssignableTo(Template.class)
                  || type.isAssignableTo(ByteSink.class));

  @Test
  void certificatesAreReadOnlyWhenAListenerIsOpened() {
    noClasses()
        .that()
        .resideOutsideOfPackages(in("tls"), in("listener"))
        .should()
        .accessTargetWhere(READS_CERTIFICATES)
        .check(ALL);
  }

  @Test
  void faultsAndGuardsDecideWithoutClocksAndWithoutWaiting() {
    for (String each : List.of("fault", "guard")) {
      for (DescribedPredicate<JavaAccess<?>> forbidden : List.of(READS_CLOCK, BLOCKING)) {
        noClasses()
            .that()
            .resideInAPackage(in(each))
            .should()
            .accessTargetWhere(forbidden)
            .check(ALL);
      }
    }
  }

  @Test
  void inspectingHoldsNobodyUp() {
    noClasses()
        .that()
        .resideInAPackage(in("inspect"))
        .should()
        .accessTargetWhere(BLOCKING)
        .check(ALL);
  }

  @Test
  void nobodyMeasuresTimeByTheWallClock() {
    noClasses()
        .that()
        .resideInAPackage(ROOT + "..")
        .should()
        .callMethod(System.class, "currentTimeMillis")
        .check(ALL);
  }

  @Test
  void onlyTheReactorSelectsAndAccepts() {
    noClasses()
        .that()
        .resideOutsideOfPackage(in("reactor"))
        .should()
        .dependOnClassesThat(SELECTING)
        .check(ALL);
    noClasses()
        .that()
        .resideOutsideOfPackage(in("reactor"))
        .should()
        .accessTargetWhere(ACCEPT)
        .check(ALL);
  }

  @Test
  void theReactorNeitherReadsNorWritesAChannel() {
    noClasses()
        .that()
        .resideInAPackage(in("reactor"))
        .should()
        .accessTargetWhere(TRANSFER)
        .check(ALL);
  }

  @Test
  void theReactorMakesNoReply() {
    noClasses()
        .that()
        .resideInAPackage(in("reactor"))
        .should()
        .dependOnClassesThat(REPLYING)
        .check(ALL);
  }

  @Test
  void onlyWorkersReadAndWriteSockets() {
    noClasses()
        .that()
        .resideOutsideOfPackages(in("worker"), in("tls"))
        .should()
        .accessTargetWhere(TRANSFER)
        .check(ALL);
  }

  @Test
  void theReactorCallsNothingThatBlocks() {
    noClasses()
        .that()
        .resideInAPackage(in("reactor"))
        .should()
        .accessTargetWhere(BLOCKING)
        .check(ALL);
  }

  @Test
  void connectionsCallNothingThatBlocks() {
    noClasses()
        .that()
        .resideInAPackage(in("connection"))
        .should()
        .accessTargetWhere(BLOCKING)
        .check(ALL);
  }

  @Test
  void nobodySleeps() {
    noClasses().should().accessTargetWhere(SLEEP).check(ALL);
  }

  @Test
  void onlyWhoTalksToTheSupervisorStartsPrograms() {
    noClasses()
        .that()
        .resideOutsideOfPackage(in("supervise"))
        .should()
        .dependOnClassesThat()
        .areAssignableTo(ProcessBuilder.class)
        .orShould()
        .callMethod(Runtime.class, "exec", String[].class)
        .check(ALL);
  }

  @Test
  void logsThroughOneLibraryAndPrintsOnlyAtTheEntryPoint() {
    noClasses().should().dependOnClassesThat().resideInAPackage("java.util.logging..").check(ALL);
    for (String stream : Set.of("out", "err")) {
      noClasses()
          .that()
          .resideInAPackage(ROOT + "..")
          .and()
          .resideOutsideOfPackage(ROOT)
          .should()
          .accessField(System.class, stream)
          .check(ALL);
    }
  }

  @Test
  void wouldSeeWhatTheRulesForbid() {
    assertEquals(Set.of("worker", "tls"), packagesOf(TRANSFER));
    assertEquals(Set.of("listener", "tls"), packagesOf(READS_CERTIFICATES));
    assertEquals(Set.of("reactor"), packagesOf(ACCEPT));
    assertTrue(packagesOf(BLOCKING).containsAll(Set.of("listener", "", "worker")));
    JavaClasses sleeping = new ClassFileImporter().importClasses(TimeUnit.class);
    assertTrue(
        noClasses().should().accessTargetWhere(SLEEP).evaluate(sleeping).hasViolation(),
        "a sleeping thread is seen");
    assertTrue(packagesOf(READS_CLOCK).contains("connection"), "NanoClock.SYSTEM");
    assertTrue(packagesKnowing(SELECTING).contains("reactor"));
    assertTrue(packagesKnowing(REPLYING).contains("worker"));
  }

  private static boolean mayBlock(JavaAccess<?> call) {
    JavaClass owner = owner(call);
    String name = call.getName();
    return (owner.isAssignableTo(InetAddress.class) && NAME_LOOKUPS.contains(name))
        || owner.isEquivalentTo(Files.class)
        || owner.isAssignableTo(InputStream.class)
        || owner.isAssignableTo(OutputStream.class)
        || (owner.isAssignableTo(BlockingQueue.class) && Set.of("put", "take").contains(name))
        || (owner.isAssignableTo(Future.class) && Set.of("get", "join").contains(name))
        || (owner.isAssignableTo(Thread.class) && Set.of("join", "sleep").contains(name))
        || (owner.isAssignableTo(Lock.class) && name.equals("lock"))
        || (owner.isAssignableTo(CountDownLatch.class) && name.equals("await"))
        || (owner.isEquivalentTo(Object.class) && name.equals("wait"))
        || name.equals("park")
        || name.equals("parkNanos");
  }

  private static Set<String> packagesOf(DescribedPredicate<JavaAccess<?>> calls) {
    return ALL.stream()
        .filter(type -> type.getPackageName().startsWith(ROOT))
        .filter(type -> type.getAccessesFromSelf().stream().anyMatch(calls))
        .map(ArchitectureTest::shortPackage)
        .collect(Collectors.toSet());
  }

  private static Set<String> packagesKnowing(DescribedPredicate<JavaClass> types) {
    return ALL.stream()
        .filter(type -> type.getPackageName().startsWith(ROOT))
        .filter(
            type ->
                type.getDirectDependenciesFromSelf().stream()
                    .anyMatch(dependency -> types.test(dependency.getTargetClass())))
        .map(ArchitectureTest::shortPackage)
        .collect(Collectors.toSet());
  }

  private static String shortPackage(JavaClass type) {
    String name = type.getPackageName();
    return name.equals(ROOT) ? "" : name.substring(ROOT.length() + 1);
  }

  private static JavaClass owner(JavaAccess<?> access) {
    return access.getTargetOwner();
  }

  private static DescribedPredicate<JavaAccess<?>> calls(
      String what, Predicate<JavaAccess<?>> isOne) {
    return describe(what, isOne);
  }
}
