package io.sounder.server.exposition;

import io.prometheus.metrics.expositionformats.ExpositionFormatWriter;
import io.prometheus.metrics.expositionformats.ExpositionFormats;
import io.prometheus.metrics.instrumentation.jvm.JvmBufferPoolMetrics;
import io.prometheus.metrics.instrumentation.jvm.JvmGarbageCollectorMetrics;
import io.prometheus.metrics.instrumentation.jvm.JvmMemoryMetrics;
import io.prometheus.metrics.instrumentation.jvm.JvmRuntimeInfoMetric;
import io.prometheus.metrics.instrumentation.jvm.JvmThreadsMetrics;
import io.prometheus.metrics.instrumentation.jvm.ProcessMetrics;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import io.sounder.server.admin.Answer;
import io.sounder.server.admin.Page;
import io.sounder.server.admin.Question;
import io.sounder.server.metrics.Snapshot;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * {@code /metrics}: all figures, those of the JVM and those of the process, for Prometheus, in the
 * format that it prefers among the text formats.
 */
public final class MetricsPage implements Page {
  private static final int EXPECTED_BYTES = 64 << 10;

  private final Snapshot.Source source;
  private final String version;
  private final PrometheusRegistry process = new PrometheusRegistry();
  private final ExpositionFormats formats = ExpositionFormats.init();

  public MetricsPage(Snapshot.Source source, String version) {
    this.source = source;
    this.version = version;
    JvmMemoryMetrics.builder().register(process);
    JvmGarbageCollectorMetrics.builder().register(process);
    JvmThreadsMetrics.builder().register(process);
    JvmBufferPoolMetrics.builder().register(process);
    JvmRuntimeInfoMetric.builder().register(process);
    ProcessMetrics.builder().register(process);
  }

  @Override
  public Answer answer(Question question) throws IOException, InterruptedException {
    List<MetricSnapshot> all = new ArrayList<>();
    new ServiceMetrics(source.take(), version).addTo(all);
    process.scrape().forEach(all::add);
    ExpositionFormatWriter writer = writer(question.header("Accept").orElse(""));
    ByteArrayOutputStream text = new ByteArrayOutputStream(EXPECTED_BYTES);
    writer.write(text, new MetricSnapshots(all));
    return Answer.of(200, writer.getContentType(), text.toByteArray());
  }

  private ExpositionFormatWriter writer(String accepted) {
    ExpositionFormatWriter openMetrics = formats.getOpenMetricsTextFormatWriter();
    return openMetrics.accepts(accepted) ? openMetrics : formats.getPrometheusTextFormatWriter();
  }
}
