package io.sounder.bench.peer;

import io.netty.channel.IoHandlerFactory;
import io.netty.channel.ServerChannel;
import io.netty.channel.epoll.EpollDatagramChannel;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.DatagramChannel;
import io.netty.channel.socket.nio.NioDatagramChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.uring.IoUringDatagramChannel;
import io.netty.channel.uring.IoUringIoHandler;
import io.netty.channel.uring.IoUringServerSocketChannel;

/** Netty's ways of speaking to the kernel. */
enum NettyTransport {
  NIO(NioServerSocketChannel.class, NioDatagramChannel.class),
  EPOLL(EpollServerSocketChannel.class, EpollDatagramChannel.class),
  IO_URING(IoUringServerSocketChannel.class, IoUringDatagramChannel.class);

  private final Class<? extends ServerChannel> server;
  private final Class<? extends DatagramChannel> datagrams;

  NettyTransport(
      Class<? extends ServerChannel> server, Class<? extends DatagramChannel> datagrams) {
    this.server = server;
    this.datagrams = datagrams;
  }

  /** Throws {@link UnsatisfiedLinkError} where the system lacks it. */
  IoHandlerFactory newIoHandlers() {
    return switch (this) {
      case NIO -> NioIoHandler.newFactory();
      case EPOLL -> EpollIoHandler.newFactory();
      case IO_URING -> IoUringIoHandler.newFactory();
    };
  }

  Class<? extends ServerChannel> serverChannel() {
    return server;
  }

  Class<? extends DatagramChannel> datagramChannel() {
    return datagrams;
  }
}
