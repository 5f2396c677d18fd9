package io.sounder.protocol.endpoint;

import static io.sounder.protocol.endpoint.Refusal.assertSays;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigInteger;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Address literals, blocks of them, and who is let in by a list. */
class AccessListTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          any             | 0.0.0.0         | true
          any             | 255.255.255.255 | true
          any             | ::              | true
          any             | ffff::1         | true
          loopback        | 127.0.0.1       | true
          loopback        | 127.255.255.255 | true
          loopback        | 128.0.0.1       | false
          loopback        | ::1             | true
          loopback        | ::2             | false
          private         | 127.0.0.1       | true
          private         | ::1             | true
          private         | 10.255.255.255  | true
          private         | 11.0.0.0        | false
          private         | 172.15.255.255  | false
          private         | 172.16.0.0      | true
          private         | 172.31.255.255  | true
          private         | 172.32.0.0      | false
          private         | 192.168.0.0     | true
          private         | 192.169.0.0     | false
          private         | 169.254.1.1     | true
          private         | 8.8.8.8         | false
          private         | fc00::1         | true
          private         | fdff::1         | true
          private         | fe00::1         | false
          private         | fe80::1         | true
          private         | febf::1         | true
          private         | fec0::1         | false
          private         | 2001:db8::1     | false
          10.1.2.3        | 10.1.2.3        | true
          10.1.2.3        | 10.1.2.4        | false
          10.1.2.3/32     | 10.1.2.2        | false
          10.0.0.0/9      | 10.127.255.255  | true
          10.0.0.0/9      | 10.128.0.0      | false
          10.1.2.252/30   | 10.1.2.255      | true
          10.1.2.252/30   | 10.1.2.251      | false
          0.0.0.0/0       | 203.0.113.1     | true
          0.0.0.0/0       | 2001:db8::1     | false
          ::/0            | 2001:db8::1     | true
          ::/0            | 203.0.113.1     | false
          2001:db8::/33   | 2001:db8:7fff::1 | true
          2001:db8::/33   | 2001:db8:8000::1 | false
          10.0.0.1,::1,192.168.0.0/16 | 192.168.3.4 | true
          10.0.0.1,::1,192.168.0.0/16 | 10.0.0.2    | false
          loopback,8.8.8.8 | 8.8.8.8        | true
          """)
  void letsInWhoIsOnTheList(String list, String address, boolean allowed) {
    assertEquals(allowed, AccessList.parse(list).allows(bytes(address)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          loopback            | 127.0.0.1 | true
          loopback            | 8.8.8.8   | false
          10.0.0.0/8          | 10.1.2.3  | true
          ::/0                | 10.1.2.3  | false
          ::ffff:10.1.2.3     | 10.1.2.3  | true
          ::ffff:10.1.2.3     | 10.1.2.4  | false
          ::ffff:a00:0/104    | 10.1.2.3  | true
          ::ffff:0:0/96       | 8.8.8.8   | true
          """)
  void treatsAMappedAddressAsTheIpv4AddressThatItIs(String list, String v4, boolean allowed) {
    byte[] plain = bytes(v4);
    byte[] mapped = new byte[16];
    mapped[10] = mapped[11] = (byte) 0xff;
    System.arraycopy(plain, 0, mapped, 12, 4);
    assertEquals(allowed, AccessList.parse(list).allows(plain));
    assertEquals(allowed, AccessList.parse(list).allows(mapped));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          any        | 10.1.0.0/16            | 10.1.2.3        | false
          any        | 10.1.0.0/16            | 10.2.2.3        | true
          any        | 10.1.0.0/16            | ::ffff:10.1.2.3 | false
          any        | ::ffff:10.1.0.0/112    | 10.1.2.3        | false
          any        | 0.0.0.0/0              | ::1             | true
          any        | any                    | ::1             | false
          10.1.2.3   | 10.0.0.0/8             | 10.1.2.3        | false
          10.0.0.0/8 | 10.1.2.3,10.1.2.4      | 10.1.2.4        | false
          10.0.0.0/8 | 10.1.2.3,10.1.2.4      | 10.1.2.5        | true
          10.0.0.0/8 | 11.0.0.0/8             | 11.0.0.1        | false
          """)
  void letsNobodyInWhoIsDenied(String list, String denied, String address, boolean allowed) {
    AccessList access = AccessList.parse(list).except(AccessList.parse(denied));
    assertEquals(allowed, access.allows(bytes(address)));
    assertEquals(list, access.toString());
  }

  @Test
  void deniesNobodyByDefault() {
    assertTrue(AccessList.ANY.except(AccessList.NONE).allows(bytes("10.1.2.3")));
    assertFalse(AccessList.NONE.allows(bytes("10.1.2.3")));
  }

  @ParameterizedTest
  @CsvSource({
    "any, true",
    "0.0.0.0/0, true",
    "::/0, true",
    "::ffff:0:0/96, true",
    "10.0.0.0/8, false",
    "private, false",
    "loopback, false",
  })
  void knowsWhetherItIsOpenToAll(String list, boolean open) {
    assertEquals(open, AccessList.parse(list).isOpen());
    assertEquals(open, AccessList.parse(list).except(AccessList.PRIVATE).isOpen());
  }

  @Test
  void unmapsNothingButMappedAddresses() {
    for (String address : new String[] {"::1.2.3.4", "1::ffff:1.2.3.4", "::fffe:1.2.3.4", "::1"}) {
      assertEquals(16, IpLiteral.unmapped(bytes(address)).length, address);
    }
    assertArrayEquals(bytes("1.2.3.4"), IpLiteral.unmapped(bytes("::ffff:1.2.3.4")));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          10.0.0.1/8        | '10.0.0.1/8' has bits set beyond its prefix of 8
          2001:db8::1/64    | has bits set beyond its prefix of 64
          10.0.0.0/33       | '10.0.0.0/33' needs a prefix length from 0 to 32
          ::/129            | '::/129' needs a prefix length from 0 to 128
          10.0.0.0/         | needs a prefix length from 0 to 32
          10.0.0.0/08       | needs a prefix length from 0 to 32
          10.0.0.0/-1       | needs a prefix length from 0 to 32
          10.0.0.0/8/8      | needs a prefix length from 0 to 32
          localhost         | 'localhost' is neither an address nor a block
          ANY               | 'ANY' is neither an address nor a block
          10.0.0            | '10.0.0' is neither an address nor a block
          10.0.0.256        | '10.0.0.256' is neither an address nor a block
          [::1]             | '[::1]' is neither an address nor a block
          fe80::1%eth0      | 'fe80::1%eth0' is neither an address nor a block
          127.0.0.1,        | '' is neither an address nor a block
          127.0.0.1, ::1    | ' ::1' is neither an address nor a block
          """)
  void refusesWhatIsNoList(String list, String said) {
    assertSays(
        Refusal.of(() -> AccessList.parse(list)),
        said,
        "; allowed are any, loopback, private, addresses, and blocks such as 10.0.0.0/8");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        ".",
        "1.2.3",
        "1.2.3.4.5",
        "1.2.3.",
        "01.2.3.4",
        "1.2.3.256",
        "1.2.3.4 ",
        "0x1.2.3.4",
        "1.2.3.-4",
        "١.2.3.4",
        ":",
        ":::",
        "1:2:3:4:5:6:7",
        "1:2:3:4:5:6:7:8:9",
        "1::2::3",
        "::12345",
        "::g",
        ":1::",
        "1:",
        "1.2.3.4::",
        "::1.2.3",
        "1:2:3:4:5:6:7:1.2.3.4",
        "1:2:3:4::5:6:7:8",
        "::1%1",
        "[::1]"
      })
  void refusesWhatIsNoLiteral(String text) {
    assertTrue(IpLiteral.parse(text).isEmpty(), text);
    assertFalse(IpLiteral.isV4(text), text);
  }

  @Test
  void readsIpv6AsTheJdkDoes() throws UnknownHostException {
    Random random = new Random(2);
    for (int i = 0; i < 20_000; i++) {
      byte[] address = new byte[16];
      random.nextBytes(address);
      int zeros = random.nextInt(17);
      Arrays.fill(address, random.nextInt(17 - zeros), 16, (byte) 0);
      String full = InetAddress.getByAddress(address).getHostAddress();
      if (full.indexOf(':') < 0) {
        continue; // the JDK shows mapped addresses as IPv4
      }
      assertArrayEquals(address, bytes(full), full);
      String shortest = full.replaceFirst("(^|:)0(:0)+(:|$)", "::");
      assertArrayEquals(address, bytes(shortest), shortest);
    }
    assertArrayEquals(bytes("0:0:0:0:0:ffff:102:304"), bytes("::FFFF:1.2.3.4"));
    assertTrue(IpLiteral.isV4("1.2.3.4"));
    assertFalse(IpLiteral.isV4("::1"));
  }

  @Test
  void agreesWithArithmeticOnEveryPrefixLength() {
    Random random = new Random(3);
    for (int i = 0; i < 20_000; i++) {
      int size = random.nextBoolean() ? 4 : 16;
      byte[] address = new byte[size];
      random.nextBytes(address);
      address[0] |= 1; // not the block of IPv4-mapped addresses, which has its own test
      int prefix = random.nextInt(8 * size + 1);
      BigInteger network = new BigInteger(1, address).shiftRight(8 * size - prefix);
      String block = text(network.shiftLeft(8 * size - prefix), size) + "/" + prefix;
      byte[] other = address.clone();
      other[random.nextInt(size)] ^= (byte) (1 << random.nextInt(8));
      boolean inside = new BigInteger(1, other).shiftRight(8 * size - prefix).equals(network);
      assertTrue(Cidr.parse(block).contains(address), block);
      assertEquals(
          inside, Cidr.parse(block).contains(other), () -> block + " " + Arrays.toString(other));
      assertFalse(Cidr.parse(block).contains(new byte[20 - size]), block);
    }
  }

  private static String text(BigInteger value, int size) {
    byte[] address = new byte[size];
    for (int i = 0; i < size; i++) {
      address[i] = value.shiftRight(8 * (size - 1 - i)).byteValue();
    }
    try {
      return InetAddress.getByAddress(address).getHostAddress();
    } catch (UnknownHostException e) {
      throw new AssertionError(e);
    }
  }

  private static byte[] bytes(String address) {
    return IpLiteral.parse(address).orElseThrow(() -> new AssertionError(address));
  }
}
