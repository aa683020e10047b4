package plaza.outbound.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import plaza.graph.Refusal;

class SmtpPostTest {
  private final GreenMail server = new GreenMail(ServerSetup.SMTP.dynamicPort());

  @BeforeEach
  void start() {
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop();
  }

  private SmtpPost post(int port) {
    return new SmtpPost(
        new SmtpPost.Server(
            "127.0.0.1", port, SmtpPost.Security.NONE, "plaza@city.example", null, null));
  }

  @Test
  void aLetterArrivesWithItsIdAndInAnyScript() throws Exception {
    post(server.getSmtp().getPort())
        .send(
            new Letter(
                "n1@city.example",
                "ann@example.org",
                "早上沒有腳踏車",
                "有人回答了。\n",
                "https://city.example/stop"));

    var received = server.getReceivedMessages();
    assertThat(received).hasSize(1);
    assertThat(received[0].getSubject()).isEqualTo("早上沒有腳踏車");
    assertThat(received[0].getHeader("Message-ID")).containsExactly("<n1@city.example>");
    assertThat(received[0].getHeader("Auto-Submitted")).containsExactly("auto-generated");
    assertThat(received[0].getHeader("List-Unsubscribe"))
        .containsExactly("<https://city.example/stop>");
    assertThat(received[0].getContent().toString().strip()).isEqualTo("有人回答了。");
  }

  @Test
  void aServerThatIsNotThereIsWorthAnotherTry() {
    int port = server.getSmtp().getPort();
    server.stop();

    assertThatThrownBy(() -> post(port).send(new Letter("n1@x", "a@b.example", "s", "b", "")))
        .isInstanceOfSatisfying(
            PostFailure.class, failure -> assertThat(failure.isWorthAnotherTry()).isTrue());
  }

  @Test
  void nobodySlipsAnotherHeaderIntoALetter() {
    assertThatThrownBy(() -> new Letter("n1@x", "a@b.example", "s\r\nBcc: all@b.example", "b", ""))
        .isInstanceOf(Refusal.Invalid.class);
  }
}
