package io.sounder.client.report;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sounder.client.load.stats.IntervalRow;
import io.sounder.client.load.stats.Ledger;

/** Intervals as JSON, under the same names wherever they are written. */
final class IntervalJson {
  private IntervalJson() {}

  /** Adds what happened in an interval; percentiles of nothing are null. */
  static void put(ObjectNode node, IntervalRow row) {
    node.put("from_ns", row.fromNanos());
    node.put("length_ns", row.lengthNanos());
    node.put("sent", row.sent());
    node.put("ok", row.ok());
    node.put("corrupt", row.corrupt());
    node.put("late", row.late());
    node.put("lost", row.lost());
    node.put("refused", row.refused());
    node.put("errors", row.errors());
    node.put("pending", row.pending());
    node.put("duplicates", row.duplicates());
    boolean timed = row.timed() > 0;
    node.put("p50", timed ? (Long) row.p50Nanos() : null);
    node.put("p99", timed ? (Long) row.p99Nanos() : null);
    node.put("max", timed ? (Long) row.maxNanos() : null);
  }

  /** Adds what had been counted at a moment. */
  static void put(ObjectNode node, Ledger ledger) {
    node.put("sent", ledger.sent());
    node.put("ok", ledger.ok());
    node.put("corrupt", ledger.corrupt());
    node.put("late", ledger.late());
    node.put("lost", ledger.lost());
    node.put("refused", ledger.refused());
    node.put("pending", ledger.pending());
    node.put("duplicates", ledger.duplicates());
    node.put("reordered", ledger.reordered());
    ObjectNode errors = node.putObject("errors");
    ledger.errors().forEach((kind, count) -> errors.put(kind.text(), count));
    ObjectNode wrong = node.putObject("wrong");
    ledger.wrong().forEach((kind, count) -> wrong.put(kind.text(), count));
  }
}
