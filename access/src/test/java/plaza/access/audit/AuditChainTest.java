package plaza.access.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import plaza.graph.Address;
import plaza.graph.Attribute;
import plaza.graph.Content;
import plaza.graph.Entity;
import plaza.graph.Names;
import plaza.graph.Refusal;
import plaza.graph.Value;
import plaza.graph.change.Edit;
import plaza.graph.change.Write;
import plaza.ledger.Actor;
import plaza.testkit.TestCity;

class AuditChainTest {
  private static final Actor ROOM = Actor.of("urn:plaza:test").through("programme");
  private static final Actor MEI = Actor.of("urn:plaza:person:mei");

  private final TestCity city = new TestCity();
  private final AuditChain chain = open();

  @AfterEach
  void close() {
    city.close();
  }

  @Test
  void anEntryIsWrittenTogetherWithWhatItTells() {
    chain.append(
        MEI,
        Event.of("bikesCounted", TestCity.DAAN).with("bikes", Value.of(3)),
        List.of(new Edit.Create(TestCity.daan(3))));

    assertThat(city.get(TestCity.DAAN)).isNotNull();
    var entry = chain.head().orElseThrow();
    assertThat(entry.actor()).isEqualTo(MEI.id());
    assertThat(entry.action()).isEqualTo("bikesCounted");
    assertThat(entry.previous()).isEqualTo(AuditEntry.NONE);
    assertThat(chain.verify()).isEmpty();
  }

  @Test
  void whatIsRefusedLeavesNoEntry() {
    fill(1);
    assertThatThrownBy(() ->
            chain.append(
                MEI, Event.of("gone", "urn:x:y"), List.of(new Edit.Delete("urn:ngsi-ld:No:1"))))
        .isInstanceOf(Refusal.NotFound.class);

    assertThat(chain.head().orElseThrow().number()).isEqualTo(1);
    fill(1);
    assertThat(chain.verify()).isEmpty();
  }

  @Test
  void itGoesOnWhereItEnded() {
    for (int length : new int[] {1, 2, 5, 30}) {
      fill(length);
      var again = open();
      assertThat(again.head()).isEqualTo(chain.head());
    }
    assertThat(open().list(Long.MAX_VALUE, 3)).hasSize(3).isEqualTo(chain.list(39, 3));
    assertThat(chain.verify()).isEmpty();
  }

  @Test
  void aChangedEntryShows() {
    fill(5);
    overwrite(3, "eve did nothing");

    assertThat(chain.verify())
        .singleElement()
        .asString()
        .contains("urn:plaza:audit:test:3 was changed after it was written");
  }

  @Test
  void aRemovedEntryShows() {
    fill(5);
    city.ledger.write(
        ROOM, Write.atomic(Address.DEFAULT, new Edit.Delete("urn:plaza:audit:test:3")));

    assertThat(chain.verify()).isNotEmpty();
  }

  @Test
  void twoExchangedEntriesShow() {
    fill(5);
    var second = entity(2);
    var third = entity(3);
    city.ledger.write(
        ROOM,
        Write.atomic(
            Address.DEFAULT,
            new Edit.Put(Entity.of(second.id(), second.types().getFirst(), third.attributes())),
            new Edit.Put(Entity.of(third.id(), third.types().getFirst(), second.attributes()))));

    assertThat(chain.verify()).isNotEmpty();
  }

  @Test
  void noFaceReadsIt() {
    fill(1);

    assertThatThrownBy(() -> city.get("urn:plaza:audit:test:1"))
        .isInstanceOf(Refusal.NotFound.class);
  }

  private void fill(int entries) {
    for (int i = 0; i < entries; i++)
      chain.append(MEI, Event.of("did", "urn:ngsi-ld:Thing:" + i), List.of());
  }

  private Entity entity(long number) {
    return city.reader.get(ROOM, Address.DEFAULT, "urn:plaza:audit:test:" + number);
  }

  private void overwrite(long number, String action) {
    var old = entity(number);
    var name = Names.PRIVATE + "entry";
    if (!(old.find(name).orElseThrow().content()
        instanceof Content.JsonProperty(Value.Struct(var members)))) throw new AssertionError(old);
    var changed = new java.util.LinkedHashMap<>(members);
    changed.put("action", Value.of(action));
    city.ledger.write(
        ROOM,
        Write.atomic(
            Address.DEFAULT,
            new Edit.Put(
                old.with(
                    List.of(
                        Attribute.of(
                            name, new Content.JsonProperty(new Value.Struct(changed))))))));
  }

  private AuditChain open() {
    InstantSource clock = () -> TestCity.NOON;
    return new AuditChain(city.ledger, city.reader, "programme", Address.DEFAULT, "test", clock);
  }
}
