package plaza.links;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static plaza.testkit.Eventually.eventually;
import static plaza.testkit.TestCity.NOON;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import plaza.graph.Address;
import plaza.graph.Attribute;
import plaza.graph.Entity;
import plaza.graph.Names;
import plaza.graph.Refusal;
import plaza.graph.Value;
import plaza.graph.change.Edit;
import plaza.graph.change.Write;
import plaza.graph.query.Query;
import plaza.json.Json;
import plaza.ledger.Actor;
import plaza.ledger.Policy;
import plaza.links.inbox.DeadLetter;
import plaza.links.kind.Body;
import plaza.links.kind.Identity;
import plaza.links.kind.Message;
import plaza.links.kind.Outside;
import plaza.links.mapping.MappingLimits;
import plaza.outbound.OutboundGuard;
import plaza.testkit.MemoryStore;
import plaza.testkit.MovableClock;
import plaza.testkit.StumblingStore;
import plaza.testkit.TestCity;

class LinkDeskTest {
  private static final Actor OPERATOR = Actor.of("urn:plaza:person:operator");
  private static final String LAMP = "urn:ngsi-ld:Streetlight:";
  private static final String MAPPING =
      """
      {"id": "urn:ngsi-ld:Streetlight:" + .row.id, "type": .row.type, "power": number(.row.power)}
      """;

  @TempDir Path folder;
  private final StumblingStore store = new StumblingStore(new MemoryStore());
  private final TestCity city = new TestCity(store, Policy.OPEN);
  private LinkDesk desk;

  @AfterEach
  void close() {
    if (desk != null) desk.close();
    city.close();
  }

  @Test
  void whatCannotBeMappedIsReplayedWithTheMendedMapping() throws IOException {
    open("id,type,power\n1,Streetlight,9\n2,Streetlight,many\n");
    desk.create(OPERATOR, lamps("{}", MAPPING));
    eventually(() -> assertThat(reasons()).hasSize(1));
    assertThat(reasons().getFirst()).contains("number").contains("many");
    eventually(() -> assertThat(committed()).isEqualTo(1));

    assertThat(desk.replayAll("lamps")).as("nothing is mended yet").isZero();
    assertThat(desk.deadLetters("lamps", 0, 10))
        .singleElement()
        .extracting(DeadLetter::attempts)
        .isEqualTo(2);

    desk.change(OPERATOR, lamps("{}", MAPPING.replace("number(.row.power)", ".row.power")));
    assertThat(desk.replayAll("lamps")).isEqualTo(1);

    assertThat(reasons()).isEmpty();
    assertThat(city.get(LAMP + 2).findText(Names.DEFAULT_VOCAB + "power")).hasValue("many");
    assertThat(desk.get("lamps").health().progress().replayed()).isEqualTo(1);
  }

  @Test
  void oneRowThatTheLedgerRefusesDoesNotHoldTheOthersBack() throws IOException {
    var need = Entity.of(LAMP + 3, Names.PLAZA + "Need", List.of(text("title", "More light")));
    city.ledger.write(
        OPERATOR.through("programme"), Write.atomic(Address.DEFAULT, new Edit.Create(need)));
    var rows = new StringBuilder("id,type,power\n");
    for (int i = 1; i <= 40; i++) rows.append(i).append(",Streetlight,9\n");
    open(rows.toString());

    desk.create(OPERATOR, lamps("{}", MAPPING));

    eventually(() -> assertThat(desk.get("lamps").health().progress().committed()).isEqualTo(39));
    assertThat(reasons()).singleElement().asString().contains("belongs to the programme");
    assertThat(city.get(LAMP + 3).types()).containsExactly(Names.PLAZA + "Need");
  }

  @Test
  void aMappingCannotWriteWhatARoomOwns() throws IOException {
    open(
        "id,type,power\n1,%s,9\n2,%s,9\n3,urn:x:Lamp,9\n"
            .formatted(Names.PLAZA + "Pilot", Names.PRIVATE + "Key"));
    desk.create(OPERATOR, lamps("{}", MAPPING));

    eventually(() -> assertThat(reasons()).hasSize(2));
    assertThat(reasons()).allSatisfy(reason -> assertThat(reason).contains("belongs to Plaza"));
    assertThatThrownBy(() -> lamps("{\"Lamp\": \"" + Names.PRIVATE + "Key\"}", MAPPING))
        .isInstanceOf(Refusal.Forbidden.class);
  }

  @Test
  void whenThereAreTooManyDeadLettersTheOldestGoAndAreCounted() throws IOException {
    var rows = new StringBuilder("id,type,power\n");
    for (int i = 1; i <= 1_200; i++) rows.append(i).append(",Streetlight,?\n");
    open(rows.toString());
    desk.create(OPERATOR, lamps("{}", MAPPING, 100));

    eventually(() -> assertThat(desk.get("lamps").health().progress().dead()).isEqualTo(1_200));
    var health = desk.get("lamps").health();
    assertThat(health.deadLetters()).isEqualTo(100);
    assertThat(health.progress().dropped()).isEqualTo(1_100);
    var left = desk.deadLetters("lamps", 0, 1_000);
    assertThat(left).hasSize(100);
    assertThat(left.getLast().text()).contains("1200");

    assertThat(desk.discard("lamps", List.of(left.getFirst().number()))).isEqualTo(1);
    assertThat(desk.discardAll("lamps")).isEqualTo(99);
    assertThat(desk.deadLetters("lamps", 0, 10)).isEmpty();
  }

  @Test
  void whatIsLeftOutByTheMappingIsNoReading() throws IOException {
    open("id,type,power\n2,,9\n");
    desk.create(OPERATOR, lamps("{}", "if (.row.type == \"\") null else " + MAPPING.strip()));

    eventually(() -> assertThat(committed()).isEqualTo(1));
    assertThat(reasons()).isEmpty();
    assertThat(desk.get("lamps").health().progress().newestReadingAt()).isNull();
    assertThat(city.reader.find(OPERATOR, Address.DEFAULT, LAMP + 2)).isEmpty();
  }

  @Test
  void whatAnIslandRepeatsWithEveryReadingIsWrittenOnce() throws IOException {
    open("id,name,power,at\n1,Corner,9,2026-06-01T11:00:00Z\n");
    var mapping =
        """
        {"id": "urn:ngsi-ld:Streetlight:" + .row.id, "type": "Streetlight", "name": .row.name,
         "power": {"value": number(.row.power), "observedAt": .row.at}}
        """;
    desk.create(OPERATOR, lamps("{}", mapping));
    eventually(() -> assertThat(committed()).isEqualTo(1));
    Files.writeString(
        folder.resolve("lamps.csv"), "id,name,power,at\n1,Corner,8,2026-06-01T11:01:00Z\n");
    eventually(() -> assertThat(committed()).isEqualTo(2));

    var names = history("name");
    assertThat(names).isEqualTo(1);
    assertThat(history("power")).isEqualTo(2);
  }

  @Test
  void secretsAreNeverShownAgain() throws IOException {
    open("");
    var settings =
        "{\"url\": \"http://127.0.0.1:1/x\", \"headers\": {\"Authorization\": \"Bearer s3cret\"}}";
    var made = desk.create(OPERATOR, read(settings, "{}", MAPPING, 10));
    assertThat(Json.text(made.definition().write())).doesNotContain("s3cret").contains("***");

    desk.change(
        OPERATOR,
        read(
            settings.replace("{\"Authorization\": \"Bearer s3cret\"}", "\"***\""),
            "{}",
            MAPPING,
            10));
    assertThat(kept()).contains("s3cret");
    assertThat(
            city.reader
                .query(Actor.ANONYMOUS, Address.SYSTEM, Query.EVERYTHING, 0, 10, false)
                .entities())
        .as("what a face could see")
        .isEmpty();
  }

  @Test
  void aDeletedLinkLeavesItsReadingsAndNothingElse() throws IOException {
    open("id,type,power\n1,Streetlight,9\n2,Streetlight,many\n");
    desk.create(OPERATOR, lamps("{}", MAPPING));
    eventually(() -> assertThat(reasons()).hasSize(1));

    desk.delete(OPERATOR, "lamps");

    assertThat(desk.list()).isEmpty();
    assertThatThrownBy(() -> desk.get("lamps")).isInstanceOf(Refusal.NotFound.class);
    assertThat(city.ledger.notebook("link.urn:plaza:link:lamps").list("", "", 10)).isEmpty();
    assertThat(city.get(LAMP + 1)).isNotNull();
  }

  @Test
  void aLinkThatCannotBeDeletedNowGoesOn() throws IOException {
    open("id,type,power\n1,Streetlight,9\n");
    desk.create(OPERATOR, lamps("{}", MAPPING));
    eventually(() -> assertThat(committed()).isEqualTo(1));

    store.full(true);
    assertThatThrownBy(() -> desk.delete(OPERATOR, "lamps"))
        .isInstanceOf(Refusal.Unavailable.class);
    store.full(false);
    assertThat(desk.list()).hasSize(1);
    Files.writeString(
        folder.resolve("lamps.csv"), "id,type,power\n1,Streetlight,9\n2,Streetlight,8\n");
    eventually(() -> assertThat(committed()).isEqualTo(2));
    desk.delete(OPERATOR, "lamps");
    assertThat(desk.list()).isEmpty();
  }

  @Test
  void aWrongDefinitionIsRefusedBeforeItIsStored() throws IOException {
    open("");
    refused(lamps("{}", "{\"id\": "), Refusal.Invalid.class, "no JSLT");
    refused(
        lamps("{}", "import \"/etc/passwd\" as p p(.)"), Refusal.Invalid.class, "cannot import");
    refused(
        read("{\"file\": \"../x.csv\"}", "{}", MAPPING, 10), Refusal.Forbidden.class, "outside");
    refused(
        read("{\"fil\": \"x\"}", "{}", MAPPING, 10), Refusal.Invalid.class, "'fil' is no setting");
    refused(read("{}", "{}", MAPPING, 10), Refusal.Invalid.class, "'url' or 'file'");
    assertThatThrownBy(() -> LinkDefinition.read(Json.parse("{\"name\": \"A b\"}")))
        .isInstanceOf(Refusal.Invalid.class);
    desk.create(OPERATOR, lamps("{}", MAPPING));
    refused(lamps("{}", MAPPING), Refusal.AlreadyExists.class, "exists already");
    assertThat(desk.list()).hasSize(1);
  }

  @Test
  void aDefinitionIsTriedOutWithoutWriting() throws IOException {
    open("");
    var row =
        (Value.Struct) Json.parse("{\"id\": \"1\", \"type\": \"Streetlight\", \"power\": \"9\"}");
    var message = new Message("lamps", new Identity.Certain(1), new Body.Row(row), Map.of(), NOON);

    assertThat(desk.tryOut(lamps("{}", MAPPING), message))
        .singleElement()
        .isInstanceOf(Edit.Append.class);
    assertThat(city.feed.head().number()).isZero();
  }

  private void refused(LinkDefinition definition, Class<?> refusal, String why) {
    assertThatThrownBy(() -> desk.create(OPERATOR, definition))
        .isInstanceOf(refusal)
        .hasMessageContaining(why);
  }

  private void open(String csv) throws IOException {
    Files.writeString(folder.resolve("lamps.csv"), csv);
    var outside = new Outside(OutboundGuard.ALLOW_PRIVATE, List.of(folder), new MovableClock(NOON));
    desk =
        new LinkDesk(
            city.ledger, city.reader, LinkDesk.installedKinds(), outside, MappingLimits.DEFAULT);
    desk.start();
  }

  private static LinkDefinition lamps(String context, String mapping) {
    return lamps(context, mapping, 10);
  }

  private static LinkDefinition lamps(String context, String mapping, int deadLetters) {
    return read(
        "{\"file\": \"lamps.csv\", \"interval\": \"PT0.1S\"}", context, mapping, deadLetters);
  }

  private static LinkDefinition read(
      String settings, String context, String mapping, int deadLetters) {
    return LinkDefinition.read(
        new Value.Struct(
            Map.of(
                "name", Value.of("lamps"),
                "kind", Value.of("poll"),
                "settings", Json.parse(settings),
                "context", Json.parse(context),
                "mapping", Value.of(mapping),
                "deadLetterLimit", Value.of(deadLetters))));
  }

  private List<String> reasons() {
    return desk.deadLetters("lamps", 0, 10_000).stream().map(DeadLetter::reason).toList();
  }

  private long committed() {
    return desk.get("lamps").health().progress().committed();
  }

  private int history(String name) {
    return city.store
        .history(
            plaza.ledger.store.Layer.of(Address.DEFAULT),
            LAMP + 1,
            Names.DEFAULT_VOCAB + name,
            plaza.ledger.store.Span.ALWAYS,
            false,
            100)
        .size();
  }

  private String kept() {
    return city.reader
        .get(OPERATOR.through("links"), Address.SYSTEM, "urn:plaza:link:lamps")
        .toString();
  }

  private static Attribute text(String name, String value) {
    return Attribute.of(Names.DEFAULT_VOCAB + name, Value.of(value));
  }
}
