package plaza.outbound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import plaza.graph.Refusal;

class OutboundGuardTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://127.0.0.1/",
        "http://localhost:8080/",
        "http://[::1]/",
        "http://10.1.2.3/",
        "http://172.16.0.1/",
        "http://192.168.1.1/",
        "http://169.254.169.254/latest/meta-data",
        "http://100.64.0.1/",
        "http://0.0.0.0/",
        "http://[fd00::1]/",
        "http://[fe80::1]/",
        "http://[fec0::1]/",
        "http://[::ffff:10.0.0.1]/",
        "http://[64:ff9b::10.0.0.1]/",
        "http://[2002:7f00:1::]/",
        "http://224.0.0.1/",
        "http://255.255.255.255/"
      })
  void aPrivateAddressIsRefused(String url) {
    assertThatThrownBy(() -> OutboundGuard.STRICT.check(URI.create(url)))
        .isInstanceOf(Refusal.Forbidden.class)
        .hasMessageContaining("the operator may allow private hosts");
    assertThatThrownBy(() -> OutboundGuard.STRICT.pin(URI.create(url)))
        .isInstanceOf(Refusal.Forbidden.class);
  }

  @Test
  void aPublicAddressMayBeCalled() {
    try (var pin = OutboundGuard.STRICT.pin(URI.create("https://203.0.113.7/feed"))) {
      assertThat(pin.addresses()).hasSize(1);
    }
    assertThat(OutboundGuard.STRICT.address("[2001:db8::1]", 443).getPort()).isEqualTo(443);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"file:///etc/passwd", "ftp://example.org/", "http:///path", "example.org"})
  void onlyTheWebIsCalled(String url) {
    assertThatThrownBy(() -> OutboundGuard.STRICT.check(URI.create(url)))
        .isInstanceOf(Refusal.Invalid.class)
        .hasMessageContaining(url);
  }

  @Test
  void theOperatorMayAllowOneHostOrAll() {
    var one = new OutboundGuard(false, Set.of("LocalHost"));
    one.check(URI.create("http://localhost/"));
    assertThatThrownBy(() -> one.check(URI.create("http://127.0.0.1/")))
        .isInstanceOf(Refusal.Forbidden.class);
    assertThat(OutboundGuard.ALLOW_PRIVATE.address("127.0.0.1", 80).getHostString())
        .isEqualTo("127.0.0.1");
  }

  @Test
  void anUnknownHostIsUnavailable() {
    assertThatThrownBy(() -> OutboundGuard.STRICT.address("no-such-host.invalid", 80))
        .isInstanceOf(Refusal.Unavailable.class)
        .hasMessageContaining("no-such-host.invalid");
  }

  @Test
  void aHeldNameKeepsItsAddressUntilItIsReleased() throws UnknownHostException {
    var checked = InetAddress.getByAddress("rebinding.invalid", new byte[] {(byte) 203, 0, 113, 9});
    Pins.hold("rebinding.invalid", List.of(checked));
    Pins.hold("rebinding.invalid", List.of(InetAddress.getLoopbackAddress()));
    assertThat(InetAddress.getAllByName("Rebinding.invalid")).containsExactly(checked);

    Pins.release("rebinding.invalid");
    assertThat(Pins.find("rebinding.invalid")).containsExactly(checked);
    Pins.release("rebinding.invalid");
    assertThat(Pins.find("rebinding.invalid")).isNull();
  }
}
