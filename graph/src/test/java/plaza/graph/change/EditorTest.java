package plaza.graph.change;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import plaza.graph.Attribute;
import plaza.graph.Content;
import plaza.graph.Entity;
import plaza.graph.Names;
import plaza.graph.Refusal;
import plaza.graph.Value;

/// What fragments make of entities, by clause.
class EditorTest {
  private static final String ID = "urn:x:1";
  private static final Instant BORN = Instant.parse("2026-06-01T12:00:00Z");
  private static final Instant LATER = Instant.parse("2026-06-01T13:00:00Z");

  private final Attribute bikes =
      new Attribute(
          "urn:bikes",
          null,
          new Content.Property(Value.of(25)),
          BORN,
          "C62",
          List.of(Attribute.of("urn:accuracy", Value.of(1))),
          null,
          null,
          null,
          null);
  private final Attribute address =
      Attribute.of(
          "urn:address",
          new Value.Struct(
              Map.of(
                  "street", Value.of("Xinyi"), "city", Value.of("Taipei"), "zip", Value.of(110))));
  private final Entity before =
      after(null, new Edit.Create(Entity.of(ID, "urn:A", List.of(bikes, address))), BORN);

  @Test
  void clause558APartialUpdateReplacesWhatItNamesAndKeepsTheRest() {
    var patch =
        new AttributePatch(
            "urn:bikes",
            null,
            false,
            new Content.Property(Value.of(100)),
            LATER,
            null,
            null,
            List.of(),
            List.of(),
            null);

    var after = after(before, new Edit.Patch(ID, patch), LATER).find("urn:bikes").orElseThrow();

    assertThat(after.content()).isEqualTo(new Content.Property(Value.of(100)));
    assertThat(after.observedAt()).isEqualTo(LATER);
    assertThat(after.unitCode()).isEqualTo("C62");
    assertThat(after.subAttributes()).hasSize(1);
    assertThat(after.createdAt()).isEqualTo(BORN);
    assertThat(after.modifiedAt()).isEqualTo(LATER);
  }

  @Test
  void clause558APartialUpdateReplacesAnObjectWhole() {
    var after =
        after(before, new Edit.Patch(ID, value("urn:address", struct("street", "Daan"))), LATER);

    assertThat(after.findValue("urn:address")).contains(struct("street", "Daan"));
  }

  @Test
  void clause5512AMergeGoesIntoAnObjectAndNullTakesMembersAway() {
    var given =
        new Value.Struct(Map.of("street", Value.of("Daan"), "zip", Value.of(Names.NGSI_NULL)));

    var after = after(before, merge(value("urn:address", given)), LATER);

    assertThat(after.findValue("urn:address"))
        .contains(new Value.Struct(Map.of("street", Value.of("Daan"), "city", Value.of("Taipei"))));
    assertThat(after.find("urn:bikes")).isPresent();
  }

  @Test
  void clause5617AMergeAddsWhatIsNewWithoutItsNulls() {
    var given = new Value.Struct(Map.of("a", Value.of(1), "b", Value.of(Names.NGSI_NULL)));

    var after = after(before, merge(value("urn:new", given)), LATER);

    assertThat(after.findValue("urn:new")).contains(new Value.Struct(Map.of("a", Value.of(1))));
  }

  @Test
  void clause5617ACommonObservationTimeReachesWhatWasObserved() {
    var edit =
        new Edit.Merge(
            ID,
            List.of("urn:B"),
            null,
            List.of(value("urn:bikes", Value.of(7)), value("urn:address", Value.of(1))),
            LATER,
            null);

    var after = after(before, edit, LATER);

    assertThat(after.find("urn:bikes").orElseThrow().observedAt()).isEqualTo(LATER);
    assertThat(after.find("urn:address").orElseThrow().observedAt()).isNull();
    assertThat(after.types()).containsExactly("urn:A", "urn:B");
  }

  @Test
  void clause562AnUpdateReplacesWholeInstancesAddsMissingOnesAndRemovesNulls() {
    var edit =
        new Edit.Update(
            ID,
            List.of(),
            List.of("/Taipei"),
            List.of(Attribute.of("urn:bikes", Value.of(3)), Attribute.of("urn:new", Value.of(1))),
            List.of(new Edit.Instance("urn:address", null)));

    var after = after(before, edit, LATER);

    assertThat(after.find("urn:bikes").orElseThrow().unitCode()).isNull();
    assertThat(after.find("urn:bikes").orElseThrow().createdAt()).isEqualTo(BORN);
    assertThat(after.has("urn:new")).isTrue();
    assertThat(after.has("urn:address")).isFalse();
    assertThat(after.scopes()).as("an entity without scopes gets none").isEmpty();
  }

  @Test
  void clause563AppendingOverwritesOrReports() {
    var fragment =
        new Entity(
            ID,
            List.of("urn:A"),
            List.of("/Daan"),
            List.of(Attribute.of("urn:bikes", Value.of(3))),
            null,
            null,
            null,
            0);

    assertThat(after(before, new Edit.Append(fragment, true, false), LATER).findValue("urn:bikes"))
        .contains(Value.of(3));
    var kept = Editor.apply(before, new Edit.Append(fragment, false, false), LATER, 2);
    assertThat(kept.outcome().notUpdated()).hasSize(1);
    assertThat(Objects.requireNonNull(kept.change()).entity().findValue("urn:bikes"))
        .contains(Value.of(25));
    assertThat(kept.change().entity().scopes()).containsExactly("/Daan");
  }

  @Test
  void clause564TheKindOfAnAttributeCannotBeChangedByAnUpdate() {
    var link =
        new AttributePatch(
            "urn:bikes",
            null,
            false,
            new Content.Relationship("urn:y:1"),
            null,
            null,
            null,
            List.of(),
            List.of(),
            null);

    assertThatThrownBy(() -> after(before, new Edit.Patch(ID, link), LATER))
        .isInstanceOf(Refusal.Invalid.class)
        .hasMessageContaining("Relationship");
    assertThatThrownBy(
            () -> after(before, new Edit.Patch(ID, value("urn:nothing", Value.of(1))), LATER))
        .isInstanceOf(Refusal.NotFound.class);
  }

  @Test
  void clause5619AReplacedAttributeKeepsItsBirthdayOnly() {
    var after =
        after(before, new Edit.ReplaceAttribute(ID, Attribute.of("urn:bikes", Value.of(1))), LATER)
            .find("urn:bikes")
            .orElseThrow();

    assertThat(after.unitCode()).isNull();
    assertThat(after.subAttributes()).isEmpty();
    assertThat(after.createdAt()).isEqualTo(BORN);
  }

  private static Edit.Merge merge(AttributePatch patch) {
    return new Edit.Merge(ID, List.of(), null, List.of(patch));
  }

  private static AttributePatch value(String name, Value value) {
    return new AttributePatch(
        name,
        null,
        false,
        new Content.Property(value),
        null,
        null,
        null,
        List.of(),
        List.of(),
        null);
  }

  private static Value.Struct struct(String name, String text) {
    return new Value.Struct(Map.of(name, Value.of(text)));
  }

  private static Entity after(
      @org.jspecify.annotations.Nullable Entity before, Edit edit, Instant at) {
    return Objects.requireNonNull(Editor.apply(before, edit, at, 1).change()).entity();
  }
}
