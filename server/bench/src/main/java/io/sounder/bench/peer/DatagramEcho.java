package io.sounder.bench.peer;

import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.socket.DatagramPacket;

/** Sends each datagram back to where it came from. */
final class DatagramEcho extends SimpleChannelInboundHandler<DatagramPacket> {
  @Override
  protected void channelRead0(ChannelHandlerContext context, DatagramPacket packet) {
    DatagramPacket reply = new DatagramPacket(packet.content().retain(), packet.sender());
    ChannelFuture unused = context.write(reply, context.voidPromise());
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext context) {
    context.flush();
  }
}
