package io.sounder.bench.micro;

import io.sounder.protocol.endpoint.ListenerSpec;
import io.sounder.protocol.endpoint.Scheme;
import io.sounder.protocol.reply.BufferSink;
import io.sounder.protocol.reply.Reply;
import io.sounder.server.connection.SocketExchange;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.InstantSource;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;

/** Making the reply to one message, up to the copy into a buffer that would be written. */
public class ReplyBenchmark extends MicroBenchmark {
  private static final String LISTENER = "tcp://127.0.0.1:8888";

  @Param({"echo", "ok", "count", "text:{n} {peer}", "replace:cd:dc", "whoami"})
  String reply;

  @Param({"64", "16384"})
  int size;

  private final SocketExchange exchange =
      new SocketExchange(
          new InetSocketAddress(InetAddress.getLoopbackAddress(), 40_000),
          new InetSocketAddress(InetAddress.getLoopbackAddress(), 8888),
          LISTENER,
          "host",
          InstantSource.system());
  private Reply made;
  private ByteBuffer message;
  private BufferSink out;

  @Setup
  public void setUp() {
    String url = LISTENER + "?reply=" + reply.replace(" ", "%20");
    made = ListenerSpec.parse(url).conversation().newReply(Scheme.TCP);
    message = Letters.message(size);
    out = new BufferSink(2 * size);
  }

  @Benchmark
  public int write() {
    out.clear();
    exchange.next();
    made.write(message.rewind(), exchange, out);
    return out.size();
  }
}
