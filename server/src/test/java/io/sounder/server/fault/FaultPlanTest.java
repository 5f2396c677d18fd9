package io.sounder.server.fault;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sounder.protocol.endpoint.Fault;
import io.sounder.protocol.endpoint.FaultSpec;
import io.sounder.protocol.endpoint.ListenerSpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is drawn for which reply, and what is then done with it. */
class FaultPlanTest {
  private static final int DRAWS = 1_000_000;
  private static final long MS = 1_000_000L;
  private static final Verdict NOTHING = new Verdict(null, 0, 0);

  private final FaultCounts counts = new FaultCounts();

  @Test
  void drawsTheSameForTheSameSeed() {
    String keys = "drop=5&dup=5&corrupt=5&delay=1ms:10,2ms:10&seed=11";
    assertEquals(verdicts(plan(keys), 1, 10_000), verdicts(plan(keys), 1, 10_000));
    assertNotEquals(
        verdicts(plan(keys), 1, 10_000),
        verdicts(plan(keys.replace("seed=11", "seed=12")), 1, 10_000));
  }

  @Test
  void drawsAnewForEachConnection() {
    FaultPlan plan = plan("drop=50&seed=1");
    assertNotEquals(deeds(plan, 1, 100), deeds(plan, 2, 100));
  }

  @Test
  void numbersConnectionsFromTheOneAfterTheFaultsWereSet() {
    FaultSpec spec = spec("drop=50&seed=1");
    assertEquals(
        deeds(new FaultPlan(spec, 0, counts), 3, 100),
        deeds(new FaultPlan(spec, 1_000, counts), 1_003, 100));
  }

  @Test
  void drawsForDatagramsInTheirOrder() {
    FaultPlan plan = udpPlan("drop=50&seed=1");
    FaultPlan again = udpPlan("drop=50&seed=1");
    for (int i = 0; i < 1_000; i++) {
      assertEquals(plan.nextDatagram(), again.nextDatagram());
    }
  }

  @Test
  void choosesASeedThatIsThenKnown() {
    FaultPlan plan = plan("drop=50");
    assertEquals(deeds(plan, 1, 1_000), deeds(new FaultPlan(plan.spec(), 0, counts), 1, 1_000));
    assertTrue(plan.spec().toString().matches("drop=50&seed=[0-9]+"), plan.spec()::toString);
  }

  @Test
  void needsNoSeedWhereNothingIsDrawn() {
    assertEquals("capacity=5", plan("capacity=5").spec().toString());
  }

  @ParameterizedTest
  @CsvSource({"drop, 0.1", "dup, 1", "corrupt, 2.5", "close, 50", "rst, 0.01", "truncate, 99.9"})
  void drawsAsOftenAsItShould(String key, double percent) {
    FaultPlan plan = plan(key + "=" + percent + "&seed=5");
    assertOften(count(plan).getOrDefault(fault(key), 0), percent, key);
  }

  @ParameterizedTest
  @ValueSource(strings = {"close", "drop", "dup"})
  void drawsAlwaysAtAHundredAndNeverAtNothing(String key) {
    assertEquals(Map.of(fault(key), DRAWS), count(plan(key + "=100&seed=5")));
    assertEquals(Map.of(), count(plan(key + "=0&delay=1ms&seed=5")));
  }

  @Test
  void picksAtMostOneDelay() {
    FaultPlan plan = plan("delay=2ms:5,50ms:0.1,1s:20&seed=9");
    Map<Long, Integer> delays = new HashMap<>();
    for (Verdict verdict : verdicts(plan, 1, DRAWS)) {
      delays.merge(verdict.delayNanos(), 1, Integer::sum);
    }
    assertEquals(4, delays.size(), delays::toString);
    assertOften(delays.get(2 * MS), 5, "2 ms");
    assertOften(delays.get(50 * MS), 0.1, "50 ms");
    assertOften(delays.get(1000 * MS), 20, "1 s");
    assertOften(delays.get(0L), 74.9, "no delay");
  }

  @Test
  void delaysEveryReplyWhereThePercentsSumToAHundred() {
    FaultPlan plan = plan("delay=1ms:33.3,2ms:33.3,3ms:33.4&seed=9");
    assertTrue(verdicts(plan, 1, DRAWS).stream().allMatch(each -> each.delayNanos() > 0));
  }

  /** Whoever adds a key still sees the faults that there were, unless the new one comes first. */
  @Test
  void decidesAboutEachFaultByItself() {
    List<Fault> alone = deeds(plan("dup=10&seed=3"), 1, 10_000);
    List<Fault> withMore = deeds(plan("dup=10&drop=20&delay=1ms:50&seed=3"), 1, 10_000);
    for (int i = 0; i < alone.size(); i++) {
      if (withMore.get(i) != Fault.DROP) {
        assertEquals(alone.get(i), withMore.get(i));
      }
    }
    assertOften(
        count(plan("dup=10&drop=20&seed=3")).get(Fault.DUP), 8, "dup of what is not dropped");
  }

  @ParameterizedTest
  @EnumSource(
      value = Fault.class,
      names = {"RST", "CLOSE", "DROP", "TRUNCATE", "CORRUPT", "DUP"})
  void injectsTheFirstOfThoseThatAreDrawn(Fault first) {
    StringBuilder keys = new StringBuilder("seed=1");
    for (Fault fault : Fault.EXCLUSIVE) {
      if (fault.compareTo(first) >= 0 && fault != Fault.REORDER) {
        keys.append("&").append(fault.text()).append("=100");
      }
    }
    assertEquals(List.of(first, first, first), deeds(plan(keys.toString()), 1, 3));
  }

  @Test
  void delaysFromTheMomentAtWhichTheReplyIsMade() {
    Treatment treatment =
        plan("delay=5ms").treat(Fault.CORRUPT, new Verdict(Fault.CORRUPT, 5 * MS, 0), 100);
    assertEquals(new Treatment(Fault.CORRUPT, true, false, 0, 100 + 5 * MS), treatment);
    assertFalse(treatment.mayGo(100 + 5 * MS - 1));
    assertTrue(treatment.mayGo(100 + 5 * MS));
  }

  @ParameterizedTest
  @EnumSource(
      value = Fault.class,
      names = {"RST", "CLOSE", "DROP"})
  void neitherDelaysNorQueuesWhatIsNotSent(Fault silent) {
    FaultPlan plan = plan("capacity=1&slow=1B/s&delay=1s");
    Treatment treatment = plan.treat(silent, new Verdict(silent, 1000 * MS, 0), 7);
    assertEquals(new Treatment(silent, false, false, 0, 7), treatment);
    assertFalse(plan.treat(null, NOTHING, 7).queued(), "the first slot is still free");
  }

  @Test
  void queuesForASlotAndDelaysWhicheverIsLater() {
    FaultPlan plan = plan("capacity=100");
    assertEquals(new Treatment(null, false, false, 0, 0), plan.treat(null, NOTHING, 0));
    assertEquals(new Treatment(null, false, true, 0, 10 * MS), plan.treat(null, NOTHING, 0));
    assertEquals(
        new Treatment(null, true, true, 0, 25 * MS),
        plan.treat(null, new Verdict(null, 25 * MS, 0), 0));
    assertEquals(
        new Treatment(null, true, true, 0, 30 * MS),
        plan.treat(null, new Verdict(null, 25 * MS, 0), 0));
  }

  @Test
  void waitsToBeOvertakenForALimitedTimeAndIsNotDelayedBesides() {
    Treatment treatment =
        udpPlan("reorder=1").treat(Fault.REORDER, new Verdict(Fault.REORDER, 5000 * MS, 0), 0);
    assertEquals(new Treatment(Fault.REORDER, false, false, 0, 100 * MS), treatment);
    assertEquals(new Treatment(null, true, false, 0, 100 * MS), treatment.notOvertaken());
  }

  @Test
  void countsWhatIsDoneWhenItIsDone() {
    FaultPlan plan = plan("slow=1KB/s&capacity=10");
    plan.treat(null, NOTHING, 0);
    Treatment treatment = plan.treat(Fault.DUP, new Verdict(Fault.DUP, 1, 0), 0);
    assertEquals(Map.of(), counted());
    plan.onDone(treatment, 0);
    assertEquals(
        Map.of(Fault.DUP, 1L, Fault.DELAY, 1L, Fault.CAPACITY, 1L, Fault.SLOW, 1L), counted());
  }

  @Test
  void doesNothingOnceThereAreNoFaultsAnyMore() {
    FaultPlan plan = new FaultPlan(FaultSpec.NONE, 0, counts);
    assertTrue(plan.isNone());
    assertNull(plan.nextDatagram().deed());
    assertEquals(new Treatment(null, false, false, 0, 3), plan.treat(null, NOTHING, 3));
  }

  /** Five standard deviations: a right generator fails once in two million seeds. */
  private static void assertOften(int seen, double percent, String what) {
    double expected = DRAWS * percent / 100;
    double deviation = Math.sqrt(expected * (1 - percent / 100));
    assertTrue(
        Math.abs(seen - expected) <= 5 * deviation,
        () -> what + ": " + seen + " of " + DRAWS + ", expected " + expected);
  }

  private static Map<Fault, Integer> count(FaultPlan plan) {
    Map<Fault, Integer> count = new EnumMap<>(Fault.class);
    Chance chance = plan.connection(1);
    for (int i = 0; i < DRAWS; i++) {
      Fault deed = plan.draw(chance, i).deed();
      if (deed != null) {
        count.merge(deed, 1, Integer::sum);
      }
    }
    return count;
  }

  private Map<Fault, Long> counted() {
    return Arrays.stream(Fault.values())
        .filter(fault -> counts.of(fault) > 0)
        .collect(Collectors.toMap(Function.identity(), counts::of));
  }

  private static Fault fault(String key) {
    return Fault.valueOf(key.toUpperCase(Locale.ROOT));
  }

  private static List<Fault> deeds(FaultPlan plan, long connection, int count) {
    return verdicts(plan, connection, count).stream().map(Verdict::deed).toList();
  }

  private static List<Verdict> verdicts(FaultPlan plan, long connection, int count) {
    Chance chance = plan.connection(connection);
    List<Verdict> verdicts = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      verdicts.add(plan.draw(chance, i));
    }
    return verdicts;
  }

  private FaultPlan plan(String keys) {
    return new FaultPlan(spec(keys), 0, counts);
  }

  private FaultPlan udpPlan(String keys) {
    return new FaultPlan(ListenerSpec.parse("udp://127.0.0.1:1?" + keys).faults(), 0, counts);
  }

  private static FaultSpec spec(String keys) {
    return ListenerSpec.parse("tcp://127.0.0.1:1?" + keys).faults();
  }
}
