package io.sounder.bench.peer;

import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;

/** Writes what comes, and flushes when all of a read has been handled. */
final class StreamEcho extends ChannelInboundHandlerAdapter {
  private final long workNanos;

  StreamEcho(long workNanos) {
    this.workNanos = workNanos;
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    if (workNanos > 0) {
      burn();
    }
    ChannelFuture unused = context.write(message, context.voidPromise());
  }

  private void burn() {
    long until = System.nanoTime() + workNanos;
    while (System.nanoTime() - until < 0) {
      Thread.onSpinWait();
    }
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext context) {
    context.flush();
  }

  @Override
  public void channelWritabilityChanged(ChannelHandlerContext context) {
    context.channel().config().setAutoRead(context.channel().isWritable());
    context.fireChannelWritabilityChanged();
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    ChannelFuture unused = context.close();
  }
}
