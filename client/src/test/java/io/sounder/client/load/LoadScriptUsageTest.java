package io.sounder.client.load;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What of {@code --message} and {@code --expect} makes no sense, or does not go with the target.
 */
class LoadScriptUsageTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "tcp://h:1 --message a\\q; --message: '\\q' is no escape",
        "tcp://h:1 --message {random:0}; --message: '{random:0}' is no placeholder",
        "tcp://h:1 --expect a\\x4; --expect: '\\x' must be followed by 2 hexadecimal digits",
        "tcp://h:1 --expect re:(a; --expect: re:(a is no regular expression: Unclosed group",
        "tcp://h:1 --expect length:many; --expect: length:N: 'many' is not a size",
        "tcp://h:1 --expect length:2GiB; --expect: length:2GiB is out of range; allowed is up to 1GiB",
        "tcp://h:1 --expect until:; --expect: until: needs the bytes that a reply ends with",
        "tcp://h:1 --expect until:\\z; --expect: '\\z' is no escape",
        "tcp://h:1 --expect re:.*; --expect accepts an empty reply",
        "tcp://h:1 --expect length:0; --expect accepts an empty reply",
        "tcp://h:1 --expect=; --expect accepts an empty reply",
        "tcp://h:1?reply=ok --expect x; --expect does not go with reply=ok of the target",
        "tcp://h:1?reply=echo --expect x; --expect does not go with reply=echo of the target",
        "tcp://h:1?reply=time --message x; --message does not go with reply=time over a stream",
        "tcp://h:1 --message=; --message is empty, which sends nothing on a raw stream",
        "tcp://h:1 --message a --message-file b; --message and --message-file: give one of them",
        "tcp://h:1 --message a -s 64; --size is for payloads",
        "tcp://h:1 --message-file /nowhere; cannot read --message-file /nowhere: there is no such file",
        "tcp://h:1?framing=line --message a\\n; --message has a line end in it, and under framing=line",
        "tcp://h:1?framing=line --message {bytes:2}; --message has a line end in it",
        "tcp://h:1?framing=line --expect +OK\\r\\n; --expect has a line end in it",
        "tcp://h:1?framing=line --expect until:\\n; under framing=line no message has one",
        "tcp://h:1?framing=length&max-frame=9 --message 1234567890; up to 10B, which is above max-frame=9B",
        "udp://h:1 --message {random:65500}{n}; up to 65519B, which does not fit a datagram",
        "udp://h:1 --expect {random:65508}; --expect has up to 65508B, which does not fit a datagram",
        "udp://h:1 --expect length:65508; --expect length: has up to 65508B, which does not fit",
        "tcp://h:1?framing=line --expect length:65KiB; up to 66560B, which is above max-frame=64KiB",
        "tcp://h:1?reply=ok --message HELLO; --message has an O in it",
        "tcp://h:1?reply=count --message a -p 2; --pipeline 2 does not go with reply=count",
        "udp://h:1 --message a -p 2; --pipeline 2 over udp needs {n} in each message",
        "udp://h:1 --message {n}{hex:2} -p 2; no digit or placeholder right behind it",
        "udp://h:1 --message {n} --expect PONG -p 2; --pipeline 2 over udp needs {n} in --expect TEXT",
        "udp://h:1 --message {n} --expect re:x -p 2; --pipeline 2 over udp needs {n} in --expect TEXT",
      })
  void whatMakesNoSenseIsOneLineAndExitCodeTwo(String line, String message) {
    Load load = Load.run(line.split(" "));
    assertTrue(load.err().contains(message), load.err());
    assertEquals(1, load.err().lines().count(), load.err());
    assertEquals("", load.out());
    assertEquals(2, load.exitCode());
  }

  @Test
  void anExpressionThatIsNestedTooDeeplyIsRefused() {
    Load load = Load.run("tcp://h:1", "--expect", "re:" + "(".repeat(50_000));
    assertTrue(load.err().contains("(((… is no regular expression: Stack overflow"), load.err());
    assertEquals(2, load.exitCode());
  }
}
