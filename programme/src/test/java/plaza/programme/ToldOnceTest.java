package plaza.programme;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static plaza.programme.ProgrammeCity.DEPARTMENT;
import static plaza.programme.ProgrammeCity.holding;
import static plaza.programme.ProgrammeCity.nobody;
import static plaza.programme.ProgrammeCity.struct;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import plaza.graph.Address;
import plaza.graph.Refusal;
import plaza.graph.Value;
import plaza.outbound.OutboundGuard;
import plaza.outbound.WebCall;
import plaza.outbound.mail.Letter;
import plaza.outbound.mail.Post;
import plaza.outbound.mail.PostFailure;
import plaza.outbound.mail.SmtpPost;
import plaza.programme.demand.NewNeed;
import plaza.programme.notice.Messages;
import plaza.programme.procedure.Caller;
import plaza.programme.record.Dossier;
import plaza.programme.record.Kind;

/// Invariant I11: every change of a need's state is told to its followers exactly once.
class ToldOnceTest {
  private ProgrammeCity city = new ProgrammeCity();
  private final Caller moderator = city.person("mei", "moderator");
  private final Caller officer = city.person("otto", "departmentOfficer");
  private final WebCall web = new WebCall(OutboundGuard.ALLOW_PRIVATE);

  @AfterEach
  void close() {
    city.close();
    web.close();
  }

  @Test
  void authorAndSupportersAreToldOfEveryStepOnceAndNobodyElse() {
    var need = published();
    var ann = city.person("ann", "resident");
    city.programme.needs().support(ann, need.id());
    var messages = messages(Post.NONE);
    city.move(officer, need, "acknowledge", "{'department': '" + DEPARTMENT + "'}");
    for (int i = 0; i < 3; i++) messages.round(Address.DEFAULT);

    assertThat(told(ann)).containsExactly("acknowledge");
    assertThat(told(holding(token))).containsExactly("acknowledge", "publish");
    assertThat(told(city.person("bob", "resident"))).isEmpty();
    assertThatThrownBy(() -> city.programme.noticeBoard().list(nobody(), 10))
        .isInstanceOf(Refusal.Unauthenticated.class);
  }

  @Test
  void everybodySeesWhatTheyFollowAndNobodyElses() {
    var need = published();
    var ann = city.person("ann", "resident");
    city.programme.followers().follow(ann, Kind.NEED, need.id());
    var board = city.programme.noticeBoard();

    assertThat(board.following(ann).getFirst().members())
        .containsEntry("subject", Value.of(need.id()))
        .containsEntry("title", Value.of("No bike in the morning"))
        .containsEntry("state", Value.of("PUBLISHED"));
    assertThat(board.follows(ann, need.id())).isTrue();
    assertThat(board.follows(nobody(), need.id())).isFalse();
    assertThat(board.following(city.person("bob", "resident"))).isEmpty();
    city.move(moderator, need, "hide", "{'reasonCode': 'spam'}");
    assertThat(board.following(ann).getFirst().members()).doesNotContainKeys("title", "state");
  }

  @Test
  void whoStopsFollowingIsToldNothingMore() {
    var need = published();
    var ann = city.person("ann", "resident");
    city.programme.followers().follow(ann, Kind.NEED, need.id());
    city.programme.followers().unfollow(holding(token), Kind.NEED, need.id());
    var messages = messages(Post.NONE);
    city.move(officer, need, "acknowledge", "{'department': '" + DEPARTMENT + "'}");
    messages.round(Address.DEFAULT);

    assertThat(told(ann)).containsExactly("acknowledge");
    assertThat(told(holding(token))).containsExactly("publish");
  }

  /// Random steps, rounds and restarts in any order; in the end everybody has been told of each
  /// step after they began to follow, once.
  @Test
  void restartsBetweenAnyTwoStepsNeitherRepeatNorLoseANotice() {
    for (long seed = 0; seed < 8; seed++) {
      city.close();
      city = new ProgrammeCity();
      var random = new Random(seed);
      city.person("mei", "moderator");
      city.person("otto", "departmentOfficer");
      var need = published();
      var ann = city.person("ann", "resident");
      city.programme.needs().support(ann, need.id());
      var expected = new ArrayList<String>();
      var messages = messages(Post.NONE);
      for (int step = 0; step < 30; step++) {
        switch (random.nextInt(4)) {
          case 0 -> messages.round(Address.DEFAULT);
          case 1 -> {
            city = city.restarted();
            messages = messages(Post.NONE);
          }
          default -> {
            var now = city.get(Kind.NEED, need.id());
            var action = now.is("PUBLISHED") ? "hide" : "publish";
            city.move(
                moderator, now, action, now.is("PUBLISHED") ? "{'reasonCode': 'spam'}" : "{}");
            expected.addFirst(action);
          }
        }
      }
      messages.round(Address.DEFAULT);

      assertThat(told(ann)).as("seed " + seed).isEqualTo(expected);
    }
  }

  @Test
  void peopleWithAnAddressGetALetterThroughTheCitysMailServer() throws Exception {
    var server = new GreenMail(ServerSetup.SMTP.dynamicPort());
    server.start();
    try {
      var post =
          new SmtpPost(
              new SmtpPost.Server(
                  "127.0.0.1",
                  server.getSmtp().getPort(),
                  SmtpPost.Security.NONE,
                  "plaza@city.example",
                  null,
                  null));
      var need = published();
      city.people.emails.put("urn:plaza:person:ann", "ann@example.org");
      city.programme.needs().support(city.person("ann", "resident"), need.id());
      city.programme.needs().support(city.person("bob", "resident"), need.id());
      var messages = messages(post);
      city.move(officer, need, "acknowledge", "{'department': '" + DEPARTMENT + "'}");
      messages.round(Address.DEFAULT);
      messages.round(Address.DEFAULT);

      assertThat(server.getReceivedMessages()).hasSize(1);
      var letter = server.getReceivedMessages()[0];
      assertThat(letter.getAllRecipients()[0]).hasToString("ann@example.org");
      assertThat(letter.getSubject()).isEqualTo("No bike in the morning: acknowledged");
      assertThat(letter.getContent().toString())
          .contains("https://city.example/needs/" + need.id());
    } finally {
      server.stop();
    }
  }

  @Test
  void aMailServerThatRefusesIsAskedAgainUnderTheSameId() {
    var ids = new ArrayList<String>();
    var post =
        new Post() {
          @Override
          public void send(Letter letter) {
            ids.add(letter.id());
            if (ids.size() < 3) throw new PostFailure("try later", true, null);
          }

          @Override
          public boolean isOpen() {
            return true;
          }
        };
    var need = published();
    city.people.emails.put("urn:plaza:person:ann", "ann@example.org");
    city.programme.needs().support(city.person("ann", "resident"), need.id());
    var messages = messages(post);
    city.move(officer, need, "acknowledge", "{'department': '" + DEPARTMENT + "'}");
    for (int i = 0; i < 6; i++) {
      messages.round(Address.DEFAULT);
      city.pass(Duration.ofMinutes(2));
    }

    assertThat(ids).hasSize(3).containsOnly(ids.getFirst());
  }

  @Test
  void aWebhookIsToldOfPublicStepsInOrderSignedAndAgainAfterFailures() throws Exception {
    var bodies = new CopyOnWriteArrayList<String>();
    var signatures = new CopyOnWriteArrayList<String>();
    var failures = new AtomicInteger(2);
    var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          var body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
          boolean fails = failures.getAndDecrement() > 0;
          if (!fails) {
            bodies.add(body);
            signatures.add(exchange.getRequestHeaders().getFirst("Plaza-Signature"));
          }
          exchange.sendResponseHeaders(fails ? 503 : 204, -1);
          exchange.close();
        });
    server.start();
    try {
      var messages = messages(Post.NONE);
      var opened =
          messages
              .webhooks()
              .open(
                  city.person("po", "pmo"),
                  struct(
                      "{'url': 'http://127.0.0.1:%d/', 'kinds': ['Need']}"
                          .formatted(server.getAddress().getPort())));
      var secret = ((Value.Text) opened.answers().get("secret")).text();
      var need = published();
      city.move(officer, need, "acknowledge", "{'department': '" + DEPARTMENT + "'}");
      for (int i = 0; i < 5; i++) {
        messages.round(Address.DEFAULT);
        city.pass(Duration.ofHours(1));
      }

      assertThat(bodies).hasSize(2);
      assertThat(bodies.get(0)).contains("\"action\":\"publish\"").doesNotContain("mei");
      assertThat(bodies.get(1)).contains("\"action\":\"acknowledge\"");
      var parts = signatures.getFirst().split(",v1=", -1);
      assertThat(parts[1]).isEqualTo(hmac(secret, parts[0].substring(2) + "." + bodies.getFirst()));
    } finally {
      server.stop(0);
    }
  }

  @Test
  void webhooksAreForTheOffice() {
    assertThatThrownBy(() ->
            messages(Post.NONE)
                .webhooks()
                .open(city.person("ann", "resident"), struct("{'url': 'https://a.example/'}")))
        .isInstanceOf(Refusal.Forbidden.class);
  }

  private static String hmac(String secret, String text) throws Exception {
    var mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
    return HexFormat.of().formatHex(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
  }

  private String token = "";

  private Dossier published() {
    var stated =
        city.programme
            .needs()
            .submit(
                nobody(),
                NewNeed.of(struct("{'title': 'No bike in the morning', 'language': 'en'}")));
    token = ((Value.Text) stated.answers().get("token")).text();
    return city.move(moderator, stated.record(), "publish", "{}");
  }

  private Messages messages(Post post) {
    return city.programme.messages(city.ledger, post, web, "https://city.example");
  }

  private List<String> told(Caller caller) {
    return city.programme.noticeBoard().list(caller, 100).stream()
        .map(notice -> ((Value.Text) notice.members().get("action")).text())
        .toList();
  }
}
