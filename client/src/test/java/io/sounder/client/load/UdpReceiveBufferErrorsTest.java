package io.sounder.client.load;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;

class UdpReceiveBufferErrorsTest {
  @Test
  void theColumnIsFoundByItsName() {
    List<String> snmp =
        List.of(
            "Tcp: RtoAlgorithm RcvbufErrors",
            "Tcp: 1 99",
            "Udp: InDatagrams NoPorts InErrors OutDatagrams RcvbufErrors SndbufErrors",
            "Udp: 10 20 30 40 50 60",
            "UdpLite: InDatagrams RcvbufErrors",
            "UdpLite: 1 2");
    assertEquals(50, UdpReceiveBufferErrors.v4(snmp));
    assertThrows(NumberFormatException.class, () -> UdpReceiveBufferErrors.v4(List.of("Udp: A")));
  }

  @Test
  void theLineIsFoundByItsName() {
    List<String> snmp6 =
        List.of("Udp6RcvbufErrorsElse      9", "Udp6RcvbufErrors                 \t7");
    assertEquals(7, UdpReceiveBufferErrors.v6(snmp6));
    assertEquals(0, UdpReceiveBufferErrors.v6(List.of()));
  }
}
