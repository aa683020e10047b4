package plaza.programme.directory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.locationtech.jts.geom.Coordinate;
import plaza.graph.Address;
import plaza.graph.GeoJson;
import plaza.graph.Refusal;
import plaza.graph.Value;
import plaza.graph.change.Edit;
import plaza.graph.change.Write;
import plaza.ledger.Feed;
import plaza.ledger.Ledger;
import plaza.ledger.Limits;
import plaza.ledger.Policy;
import plaza.ledger.Reader;
import plaza.programme.record.Dossier;
import plaza.programme.record.Dossiers;
import plaza.programme.record.Dossiers.Having;
import plaza.programme.record.Kind;
import plaza.programme.record.RecordFeed;
import plaza.testkit.MemoryStore;

class DirectoryTest {
  private static final Clearance MINE =
      new Clearance(false, Set.of(new Having("author", "urn:me")));
  private final MemoryStore store = new MemoryStore();
  private final Feed feed = new Feed(store);
  private Instant now = Instant.parse("2026-06-01T08:00:00Z");
  private final Ledger ledger = new Ledger(store, Policy.OPEN, feed, Limits.DEFAULT, () -> now);
  private final Dossiers dossiers =
      new Dossiers(new Reader(store, ledger, Policy.OPEN, Limits.DEFAULT));
  private Directory directory = opened();

  private Directory opened() {
    return new Directory(
        new RecordFeed("records", dossiers, feed),
        dossiers,
        need -> need.findMoment("dueAt").orElse(Instant.MAX));
  }

  @AfterEach
  void close() {
    feed.close();
    ledger.close();
  }

  @Test
  void whatWasWrittenIsInTheNextList() {
    for (int i = 0; i < 50; i++) {
      put(need("n" + i, "PUBLISHED", Map.of()));
      assertThat(list(Ask.of(List.of(), 0, 1)).ids()).containsExactly("urn:n:n" + i);
      assertThat(list(Ask.of(List.of(), 0, 1)).total()).isEqualTo(i + 1L);
    }
  }

  @Test
  void theNewestComeFirstAndPagesHaveNeitherGapsNorDoubles() {
    IntStream.range(0, 25).forEach(i -> put(need("n" + i, "PUBLISHED", Map.of())));
    var all = new ArrayList<String>();
    for (int offset = 0; offset < 25; offset += 10)
      all.addAll(list(Ask.of(List.of(), offset, 10)).ids());

    assertThat(all)
        .containsExactlyElementsOf(
            IntStream.range(0, 25).mapToObj(i -> "urn:n:n" + (24 - i)).toList());
    assertThat(list(ordered(Ask.Order.OLDEST)).ids()).startsWith("urn:n:n0", "urn:n:n1");
    assertThat(list(Ask.of(List.of(), 100, 10)).ids()).isEmpty();
  }

  /// Ids of records that were there at the start say nothing of their age.
  @Test
  void theNewestComeFirstAlsoAfterAStartAndWhatIsWrittenThenComesBeforeThem() {
    var random = new Random(7);
    var ids = new ArrayList<String>();
    for (int i = 0; i < 300; i++) {
      ids.addFirst("urn:n:" + Long.toHexString(random.nextLong()));
      put(need(ids.getFirst().substring(6), "PUBLISHED", Map.of()));
      if (i == 200) {
        delete(ids.remove(50));
        directory = opened();
        assertThat(list(Ask.of(List.of(), 0, 1_000)).ids()).containsExactlyElementsOf(ids);
      }
    }
    for (int offset : new int[] {0, 7, 90, 98, 99, 100, 101, 170, 290}) {
      assertThat(list(Ask.of(List.of(), offset, 10)).ids())
          .containsExactlyElementsOf(ids.subList(offset, Math.min(ids.size(), offset + 10)));
      assertThat(list(new Ask(List.of(), "", null, Ask.Order.OLDEST, offset, 10)).ids().reversed())
          .containsExactlyElementsOf(
              ids.subList(Math.max(0, ids.size() - offset - 10), ids.size() - offset));
    }
  }

  @Test
  void whatIsConcealedIsNeitherListedNorCountedExceptForWhoIsTiedToIt() {
    put(need("open", "PUBLISHED", Map.of()));
    put(need("mine", "SUBMITTED", Map.of("author", Value.of("urn:me"))));
    put(need("other", "SUBMITTED", Map.of("author", Value.of("urn:you"))));

    assertThat(list(Clearance.NONE, all()).total()).isEqualTo(1);
    assertThat(list(MINE, all()).ids()).containsExactlyInAnyOrder("urn:n:open", "urn:n:mine");
    assertThat(list(Clearance.WHOLE, all()).total()).isEqualTo(3);
  }

  @Test
  void nobodyFeelsForAHiddenFieldByAskingForItsValue() {
    put(need("a", "PUBLISHED", Map.of("author", Value.of("urn:you"))));
    var asked = Ask.of(List.of(new Having("author", "urn:you")), 0, 10);

    assertThat(list(Clearance.NONE, asked).total()).isZero();
    assertThat(list(MINE, asked).total()).isZero();
    assertThat(list(Clearance.WHOLE, asked).total()).isEqualTo(1);
  }

  @Test
  void aFieldThatManyShareAndOneThatFewHaveBothNarrow() {
    put(need("a", "PUBLISHED", Map.of("field", Value.of("TRA"), "affectedGroup", Value.of("me"))));
    put(need("b", "PUBLISHED", Map.of("field", Value.of("TRA"))));
    put(need("c", "ACKNOWLEDGED", Map.of("field", Value.of("ENV"))));

    assertThat(list(having("field", "TRA")).total()).isEqualTo(2);
    assertThat(list(having("affectedGroup", "me")).ids()).containsExactly("urn:n:a");
    assertThat(list(having("state", "ACKNOWLEDGED")).ids()).containsExactly("urn:n:c");
    assertThat(list(having("nothing", "x")).total()).isZero();
  }

  @Test
  void aRecordLeavesTheListsItDoesNotBelongToAnyMore() {
    put(need("a", "PUBLISHED", Map.of("title", Value.of("Benches"), "field", Value.of("TRA"))));
    put(need("a", "ACKNOWLEDGED", Map.of("title", Value.of("Trees"), "field", Value.of("ENV"))));

    assertThat(list(having("state", "PUBLISHED")).total()).isZero();
    assertThat(list(having("field", "TRA")).total()).isZero();
    assertThat(list(saying("benches")).total()).isZero();
    assertThat(list(saying("tree")).ids()).containsExactly("urn:n:a");
    delete("urn:n:a");
    assertThat(list(all()).total()).isZero();
    assertThat(list(saying("tree")).total()).isZero();
  }

  @Test
  void wordsAreFoundByTheirBeginningsInAnyScriptAndCase() {
    put(need("en", "PUBLISHED", Map.of("title", Value.of("Benches by the Río Tamsui"))));
    put(need("zh", "PUBLISHED", Map.of("title", Value.of("公園需要更多長椅"))));

    assertThat(list(saying("BENCH rio")).ids()).containsExactly("urn:n:en");
    assertThat(list(saying("bench lamp")).total()).isZero();
    assertThat(list(saying("enches")).total()).isZero();
    assertThat(list(saying("長椅")).ids()).containsExactly("urn:n:zh");
    assertThat(list(saying("椅")).ids()).containsExactly("urn:n:zh");
    assertThat(list(saying("椅長")).total()).isZero();
  }

  @Test
  void byPlaceTheNearestComeFirstAndFarOnesNotAtAll() {
    put(need("far", "PUBLISHED", Map.of("location", GeoJson.point(121.60, 25.05))));
    put(need("near", "PUBLISHED", Map.of("location", GeoJson.point(121.5655, 25.0331))));
    put(need("nowhere", "PUBLISHED", Map.of()));
    put(need("nearer", "PUBLISHED", Map.of("location", GeoJson.point(121.5654, 25.0330))));
    var near = new Ask.Near(new Coordinate(121.5654, 25.0330), 1_000);

    assertThat(list(new Ask(List.of(), "", near, Ask.Order.NEAREST, 0, 10)).ids())
        .containsExactly("urn:n:nearer", "urn:n:near");
    assertThatThrownBy(() -> ordered(Ask.Order.NEAREST)).isInstanceOf(Refusal.Invalid.class);
  }

  @Test
  void recordsAreSortedBySupportAndByTitleAsTheyChange() {
    put(need("b", "PUBLISHED", Map.of("title", Value.of("beta"), "supporters", Value.of(5))));
    put(need("a", "PUBLISHED", Map.of("title", Value.of("Alpha"), "supporters", Value.of(2))));
    assertThat(list(ordered(Ask.Order.TITLE)).ids()).containsExactly("urn:n:a", "urn:n:b");
    put(need("c", "PUBLISHED", Map.of("title", Value.of("aardvark"), "supporters", Value.of(9))));
    put(need("a", "PUBLISHED", Map.of("title", Value.of("zebra"), "supporters", Value.of(7))));

    assertThat(list(ordered(Ask.Order.TITLE)).ids())
        .containsExactly("urn:n:c", "urn:n:b", "urn:n:a");
    assertThat(list(ordered(Ask.Order.SUPPORTED)).ids())
        .containsExactly("urn:n:c", "urn:n:a", "urn:n:b");
  }

  @Test
  void onlyWhatTimeMayMoveIsDue() {
    put(need("soon", "PUBLISHED", Map.of("dueAt", Value.of("2026-06-01T09:00:00Z"))));
    put(need("never", "PUBLISHED", Map.of()));

    assertThat(directory.due(Address.DEFAULT, Kind.NEED, now)).isEmpty();
    assertThat(directory.due(Address.DEFAULT, Kind.NEED, now.plusSeconds(3_600)))
        .containsExactly("urn:n:soon");
  }

  /// Whatever happens to the records, a directory that saw it happen answers as one that reads what
  /// is there now, and as a look at every record does.
  @Test
  void aDirectoryThatFollowedAnswersAsOneThatReadsAnew() {
    var random = new Random(20_260_601);
    var states = List.of("SUBMITTED", "PUBLISHED", "ACKNOWLEDGED", "DECLINED");
    var words = List.of("bench", "light", "路燈", "noise", "公園");
    list(all());
    for (int i = 0; i < 600; i++) {
      var id = "n" + random.nextInt(60);
      if (random.nextInt(6) == 0) delete("urn:n:" + id);
      else
        put(
            need(
                id,
                states.get(random.nextInt(4)),
                Map.of(
                    "title", Value.of(words.get(random.nextInt(5)) + " " + random.nextInt(9)),
                    "field", Value.of(random.nextBoolean() ? "TRA" : "ENV"),
                    "author", Value.of(random.nextInt(3) == 0 ? "urn:me" : "urn:you"))));
    }
    var followed = directory;
    directory = opened();
    for (var clearance : List.of(Clearance.NONE, MINE, Clearance.WHOLE))
      for (var ask :
          List.of(
              all(),
              having("state", "PUBLISHED"),
              having("field", "TRA"),
              having("author", "urn:me"),
              saying("bench"),
              saying("公園"))) {
        var anew = directory.find(Address.DEFAULT, Kind.NEED, clearance, ask);
        var before = followed.find(Address.DEFAULT, Kind.NEED, clearance, ask);
        assertThat(before.ids()).as(clearance + " " + ask).hasSameElementsAs(anew.ids());
        assertThat(before.total()).isEqualTo(anew.total());
        assertThat(anew.ids())
            .hasSameElementsAs(
                dossiers.list(Address.DEFAULT, Kind.NEED).stream()
                    .filter(need -> shows(clearance, need, ask))
                    .map(Dossier::id)
                    .toList());
      }
  }

  private static boolean shows(Clearance clearance, Dossier need, Ask ask) {
    if (!clearance.covers(need) && need.is("SUBMITTED")) return false;
    for (var having : ask.having()) {
      if (having.field().equals("author") && !clearance.covers(need)) return false;
      if (having.field().equals("state")
          ? !need.is(having.text())
          : !need.texts(having.field()).contains(having.text())) return false;
    }
    return need.text("title").contains(ask.words());
  }

  private static Ask all() {
    return Ask.of(List.of(), 0, 100);
  }

  private static Ask having(String field, String text) {
    return Ask.of(List.of(new Having(field, text)), 0, 100);
  }

  private static Ask saying(String words) {
    return new Ask(List.of(), words, null, Ask.Order.NEWEST, 0, 100);
  }

  private static Ask ordered(Ask.Order order) {
    return new Ask(List.of(), "", null, order, 0, 100);
  }

  private Found list(Ask ask) {
    return list(Clearance.NONE, ask);
  }

  private Found list(Clearance clearance, Ask ask) {
    return directory.find(Address.DEFAULT, Kind.NEED, clearance, ask);
  }

  private static Dossier need(String id, String state, Map<String, Value> fields) {
    return Dossier.of(Kind.NEED, "urn:n:" + id, state, new LinkedHashMap<>(fields));
  }

  private void put(Dossier need) {
    now = now.plusMillis(1);
    var before = dossiers.find(Address.DEFAULT, Kind.NEED, need.id()).orElse(null);
    var _ =
        ledger.write(
            Dossiers.PROGRAMME,
            Write.atomic(Address.DEFAULT, List.copyOf(Dossiers.edits(before, need))));
  }

  private void delete(String id) {
    if (dossiers.find(Address.DEFAULT, Kind.NEED, id).isEmpty()) return;
    var _ = ledger.write(Dossiers.PROGRAMME, Write.atomic(Address.DEFAULT, new Edit.Delete(id)));
  }
}
