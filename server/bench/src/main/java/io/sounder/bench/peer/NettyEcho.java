package io.sounder.bench.peer;

import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.AdaptiveRecvByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.handler.codec.LengthFieldBasedFrameDecoder;
import io.netty.handler.codec.LineBasedFrameDecoder;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import io.netty.util.concurrent.DefaultEventExecutorGroup;
import io.netty.util.concurrent.EventExecutorGroup;
import java.io.File;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import javax.net.ssl.SSLException;

/**
 * An echo server of Netty's, after the examples that come with it.
 *
 * <p>Usage: {@code NettyEcho TRANSPORT LOOPS CONVERSATION WORK_NANOS [CERTIFICATE KEY]}, with 0
 * loops for Netty's own choice of all settings; otherwise it may read as much at once as the other
 * peers. The files are PEM, for the conversation TLS, which is the JDK's. Work per message is done
 * on an executor of one thread per core, as Netty's guide asks for handlers that take long.
 */
public final class NettyEcho {
  private static final int MAX_FRAME_BYTES = 16 << 20;

  private final NettyTransport transport;
  private final Conversation conversation;
  private final long workNanos;
  private final boolean tuned;
  private final EventLoopGroup loops;
  private final EventExecutorGroup workers;
  private final SslContext tls; // null without

  private NettyEcho(
      NettyTransport transport,
      int loops,
      Conversation conversation,
      long workNanos,
      SslContext tls) {
    this.transport = transport;
    this.conversation = conversation;
    this.workNanos = workNanos;
    this.tuned = loops > 0;
    this.tls = tls;
    this.loops = new MultiThreadIoEventLoopGroup(loops, transport.newIoHandlers());
    int cores = Runtime.getRuntime().availableProcessors();
    this.workers = workNanos > 0 ? new DefaultEventExecutorGroup(cores) : null;
  }

  public static void main(String[] args) throws InterruptedException, SSLException {
    Conversation conversation = Conversation.valueOf(args[2]);
    NettyEcho echo =
        new NettyEcho(
            NettyTransport.valueOf(args[0]),
            Integer.parseInt(args[1]),
            conversation,
            Long.parseLong(args[3]),
            conversation == Conversation.TLS ? tls(new File(args[4]), new File(args[5])) : null);
    Channel channel = echo.bind().sync().channel();
    Listening.announce((InetSocketAddress) channel.localAddress());
    channel.closeFuture().sync();
  }

  private static SslContext tls(File certificate, File key) throws SSLException {
    return SslContextBuilder.forServer(certificate, key).sslProvider(SslProvider.JDK).build();
  }

  private ChannelFuture bind() {
    InetSocketAddress any = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    if (conversation == Conversation.UDP) {
      return new Bootstrap()
          .group(loops)
          .channel(transport.datagramChannel())
          .option(ChannelOption.SO_RCVBUF, Listening.UDP_RECEIVE_BYTES)
          .handler(new DatagramEcho())
          .bind(any);
    }
    ServerBootstrap server = new ServerBootstrap();
    if (tuned) {
      server.childOption(
          ChannelOption.RECVBUF_ALLOCATOR,
          new AdaptiveRecvByteBufAllocator(
              AdaptiveRecvByteBufAllocator.DEFAULT_MINIMUM,
              AdaptiveRecvByteBufAllocator.DEFAULT_INITIAL,
              Listening.MOST_READ_BYTES));
    }
    return server
        .group(loops)
        .channel(transport.serverChannel())
        .option(ChannelOption.SO_BACKLOG, Listening.BACKLOG)
        .childOption(ChannelOption.TCP_NODELAY, true)
        .childHandler(
            new ChannelInitializer<Channel>() {
              @Override
              protected void initChannel(Channel channel) {
                addDecoder(channel);
                addAnswer(channel);
              }
            })
        .bind(any);
  }

  private void addDecoder(Channel channel) {
    switch (conversation) {
      case LINE_OK ->
          channel.pipeline().addLast(new LineBasedFrameDecoder(MAX_FRAME_BYTES, false, true));
      case LENGTH ->
          channel.pipeline().addLast(new LengthFieldBasedFrameDecoder(MAX_FRAME_BYTES, 0, 4));
      case TLS -> channel.pipeline().addLast(tls.newHandler(channel.alloc()));
      case RAW, UDP -> {}
    }
  }

  // Giving a handler an executor is what the guide shows; what is to come instead is not there yet.
  @SuppressWarnings("deprecation")
  private void addAnswer(Channel channel) {
    ChannelHandler answer =
        conversation == Conversation.LINE_OK ? new OkAnswer() : new StreamEcho(workNanos);
    if (workers == null) {
      channel.pipeline().addLast(answer);
    } else {
      channel.pipeline().addLast(workers, answer);
    }
  }
}
