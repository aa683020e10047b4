package plaza.programme;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static plaza.programme.ProgrammeCity.DEPARTMENT;
import static plaza.programme.ProgrammeCity.holding;
import static plaza.programme.ProgrammeCity.nobody;
import static plaza.programme.ProgrammeCity.struct;

import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import plaza.graph.Address;
import plaza.graph.Names;
import plaza.graph.Refusal;
import plaza.graph.Value;
import plaza.outbound.OutboundGuard;
import plaza.outbound.WebCall;
import plaza.outbound.mail.Post;
import plaza.programme.demand.NewNeed;
import plaza.programme.fault.NewFault;
import plaza.programme.procedure.Caller;
import plaza.programme.procedure.Outcome;
import plaza.programme.record.Dossiers;
import plaza.programme.record.Kind;

/// Faults and needs are different things; one becomes the other only when somebody says so.
class FaultTest {
  private static final String PLACE = "'location': {'type': 'Point', 'coordinates': [121.5, 25.0]}";
  private final ProgrammeCity city = new ProgrammeCity();
  private final Caller office = city.person("po", "pmo");
  private final Caller moderator = city.person("mei", "moderator");
  private final Caller officer = city.person("otto", "departmentOfficer");

  @BeforeEach
  void offerLamps() {
    city.programme
        .demand()
        .faults()
        .openCategory(
            office,
            struct(
                """
                {'code': 'lamp', 'title': 'Dark street lamp', 'department': '%s',
                 'notice': 'We look within three days.', 'respondWithinHours': 72,
                 'attributes': [{'code': 'POLE', 'description': 'Number on the pole',
                   'datatype': 'number', 'required': true}]}
                """
                    .formatted(DEPARTMENT)));
  }

  @AfterEach
  void close() {
    city.close();
  }

  private Outcome report(Caller caller, String more) {
    return city.programme
        .demand()
        .faults()
        .report(
            caller,
            NewFault.of(
                struct(
                    "{'category': 'lamp', 'attributes': {'POLE': '17'}, " + PLACE + more + "}")));
  }

  @Test
  void whoReportsStaysPrivateAndTheFaultIsPublic() {
    var fault =
        report(
                nobody(),
                """
                , 'description': 'Dark. Call 0912 345 678', 'email': 'ann@example.org',
                'phone': '0912345678', 'firstName': 'Ann', 'deviceId': 'd1'
                """)
            .record();

    var shown = city.programme.view(nobody(), Kind.SERVICE_REQUEST, fault.id());
    assertThat(shown.toString())
        .contains("Dark. Call […]", "Dark street lamp")
        .doesNotContain("0912", "example.org", "Ann", "d1", "POLE", "tokenHash");
    var entity = city.reader.get(Dossiers.PROGRAMME, Address.DEFAULT, fault.id());
    assertThat(entity.attributes().stream().filter(a -> a.toString().contains("example.org")))
        .isNotEmpty()
        .allMatch(attribute -> attribute.name().startsWith(Names.PRIVATE));
    assertThat(city.programme.view(officer, Kind.SERVICE_REQUEST, fault.id()).toString())
        .contains("ann@example.org", "0912 345 678", "POLE");
    var elsewhere = city.person("ola");
    city.people.give(elsewhere.id(), "departmentOfficer", "urn:plaza:organization:parks");
    assertThat(city.programme.view(elsewhere, Kind.SERVICE_REQUEST, fault.id()).toString())
        .doesNotContain("example.org");
  }

  @Test
  void whatACategoryAsksIsAnsweredOrTheReportIsRefused() {
    var faults = city.programme.demand().faults();
    for (var answers : List.of("{}", "{'POLE': 'abc'}", "{'POLE': '1', 'X': '2'}"))
      assertThatThrownBy(() ->
              faults.report(
                  nobody(),
                  NewFault.of(
                      struct(
                          "{'category': 'lamp', 'attributes': " + answers + ", " + PLACE + "}"))))
          .isInstanceOf(Refusal.Invalid.class)
          .hasMessageContaining("attribute[");
    assertThatThrownBy(() -> NewFault.of(struct("{'category': 'lamp'}")))
        .hasMessageContaining("needs a place");
    assertThatThrownBy(() ->
            faults.report(nobody(), NewFault.of(struct("{'category': 'nothing', " + PLACE + "}"))))
        .isInstanceOf(Refusal.NotFound.class);
  }

  @Test
  void aFaultIsTakenOnClosedAndOpenedAgain() {
    var opened = report(nobody(), "");
    var author = holding(token(opened));
    var fault = opened.record();
    assertThat(fault.moment("expectedAt")).isEqualTo(city.now.plusSeconds(72 * 3600));

    city.move(officer, fault, "accept", "{}");
    city.move(officer, fault, "update", "{'statusNotes': 'the part is ordered'}");
    var closed = city.move(officer, fault, "close", "{'statusNotes': 'new lamp'}");
    assertThat(closed.state()).isEqualTo("CLOSED");
    // What was asked and answered is still there for who mends it again.
    assertThat(closed.findStruct("attributes").toString()).contains("POLE", "17");
    assertThatThrownBy(() -> city.move(nobody(), fault, "reopen", "{'reason': 'dark'}"))
        .isInstanceOf(Refusal.Unauthenticated.class);
    assertThat(city.move(author, fault, "reopen", "{'reason': 'dark'}").state()).isEqualTo("OPEN");
    assertThat(
            city.programme.events(nobody(), fault.id()).stream()
                .map(link -> link.members().get("action")))
        .containsExactly(
            Value.of("report"),
            Value.of("accept"),
            Value.of("update"),
            Value.of("close"),
            Value.of("reopen"));
  }

  @Test
  void aNeedThatIsAFaultIsReferredInOneWriteAndItsAuthorFollowsTheFault() {
    var submitted =
        city.programme
            .needs()
            .submit(nobody(), NewNeed.of(struct("{'title': 'Dark', " + PLACE + "}")));
    var need =
        city.move(moderator, submitted.record(), "refer", "{'serviceCode': 'lamp', 'reason': 'r'}");

    assertThat(need.state()).isEqualTo("REFERRED");
    var fault = city.get(Kind.SERVICE_REQUEST, need.text("serviceRequest"));
    assertThat(fault.texts("need")).containsExactly(need.id());
    assertThat(fault.text("description")).isEqualTo("Dark");
    assertThat(fault.version()).isEqualTo(need.version());
    var author = holding(token(submitted));
    city.move(officer, fault, "close", "{'statusNotes': 'mended'}");
    assertThat(told(author)).containsExactlyInAnyOrder("Need refer", "ServiceRequest close");
    assertThat(told(officer)).contains("ServiceRequest report");
    assertThat(city.programme.verify(Address.DEFAULT)).isEmpty();
  }

  @Test
  void aFaultThatIsANeedIsHandedToTheProgrammeByAnOfficerAndReadByAModerator() {
    var reported = report(nobody(), ", 'description': 'No lamp at all here'");
    assertThatThrownBy(() -> city.move(officer, reported.record(), "handOver", "{}"))
        .isInstanceOf(Refusal.Unmet.class);
    var fault =
        city.move(
            officer,
            reported.record(),
            "handOver",
            "{'title': 'Lamps in the alley', 'publicReason': 'There never was one.', 'field': 'SEC'}");

    var need = city.get(Kind.NEED, fault.text("need"));
    assertThat(need.state()).isEqualTo("SUBMITTED");
    assertThat(need.texts("serviceRequest")).containsExactly(fault.id());
    var author = holding(token(reported));
    assertThat(told(author)).containsExactly("ServiceRequest handOver");
    city.move(moderator, need, "publish", "{}");
    assertThat(told(author)).contains("Need publish");
    // Who asked for it is its author: nobody lent them a voice.
    assertThat(city.move(author, need, "withdraw", "{}").state()).isEqualTo("WITHDRAWN");
  }

  @Test
  void nothingBecomesAFaultOrANeedByItself() {
    var need =
        city.programme.needs().submit(nobody(), NewNeed.of(struct("{'title': 'Dark lamp'}")));
    report(nobody(), "");
    city.pass(java.time.Duration.ofDays(400));
    city.tick();

    assertThat(city.get(Kind.NEED, need.record().id()).state()).isEqualTo("SUBMITTED");
    assertThat(city.all(Kind.SERVICE_REQUEST)).hasSize(1);
    assertThat(city.all(Kind.NEED)).hasSize(1);
  }

  @Test
  void aHiddenFaultIsGoneForEverybodyButThoseWhoWorkOnIt() {
    var fault = report(nobody(), "").record();
    city.move(moderator, fault, "hide", "{'reasonCode': 'offensive'}");

    assertThatThrownBy(() -> city.programme.view(nobody(), Kind.SERVICE_REQUEST, fault.id()))
        .isInstanceOf(Refusal.NotFound.class);
    var local = fault.id().substring(fault.id().lastIndexOf(':') + 1);
    assertThat(city.programme.demand().faults().find(Address.DEFAULT, local)).isEmpty();
  }

  private static String token(Outcome outcome) {
    return ((Value.Text) outcome.answers().get("token")).text();
  }

  private List<String> told(Caller caller) {
    try (var web = new WebCall(OutboundGuard.ALLOW_PRIVATE)) {
      var messages = city.programme.messages(city.ledger, Post.NONE, web, "");
      messages.notices().round(Address.DEFAULT);
      return city.programme.noticeBoard().list(caller, 100).stream()
          .map(n -> text(n, "kind") + " " + text(n, "action"))
          .toList();
    }
  }

  private static String text(Value.Struct view, String name) {
    return view.members().get(name) instanceof Value.Text(var text) ? text : "";
  }
}
