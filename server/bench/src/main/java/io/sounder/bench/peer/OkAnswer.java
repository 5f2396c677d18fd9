package io.sounder.bench.peer;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import java.nio.charset.StandardCharsets;

/** Writes each line with {@code OK...} before it, and flushes after a read. */
final class OkAnswer extends SimpleChannelInboundHandler<ByteBuf> {
  private static final byte[] OK = "OK...".getBytes(StandardCharsets.US_ASCII);

  @Override
  protected void channelRead0(ChannelHandlerContext context, ByteBuf line) {
    ByteBuf reply = context.alloc().buffer(OK.length + line.readableBytes());
    reply.writeBytes(OK).writeBytes(line);
    ChannelFuture unused = context.write(reply, context.voidPromise());
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext context) {
    context.flush();
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    ChannelFuture unused = context.close();
  }
}
