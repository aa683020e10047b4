package plaza.programme;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static plaza.programme.ProgrammeCity.holding;
import static plaza.programme.ProgrammeCity.nobody;
import static plaza.programme.ProgrammeCity.struct;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import plaza.graph.Address;
import plaza.graph.Refusal;
import plaza.graph.Value;
import plaza.graph.query.Query;
import plaza.json.Json;
import plaza.ledger.Actor;
import plaza.ledger.store.Layer;
import plaza.ledger.store.Position;
import plaza.ledger.store.Span;
import plaza.outbound.OutboundGuard;
import plaza.outbound.WebCall;
import plaza.outbound.mail.Post;
import plaza.programme.demand.NewNeed;
import plaza.programme.privacy.Accounts;
import plaza.programme.privacy.Privacy;
import plaza.programme.privacy.PrivacyRules;
import plaza.programme.procedure.Caller;
import plaza.programme.record.Dossier;
import plaza.programme.record.Dossiers;
import plaza.programme.record.Kind;

/// Who asks for it is taken out of the records; counts and the audit chain stay as they are.
class PrivacyTest {
  private static final Layer LAYER = Layer.of(Address.DEFAULT);

  /// Accounts by id, with what names their people.
  private static final class Names implements Accounts {
    final Map<String, Set<String>> all = new HashMap<>();

    @Override
    public Set<String> names(String person) {
      return all.getOrDefault(person, Set.of());
    }

    @Override
    public Optional<Value.Struct> export(String person) {
      return Optional.ofNullable(all.get(person))
          .map(names -> new Value.Struct(Map.of("names", Value.of(List.copyOf(names)))));
    }

    @Override
    public void requireMayErase(Actor by, String person) {}

    @Override
    public void erase(Actor by, String person) {
      all.remove(person);
    }
  }

  private final Names names = new Names();

  private Privacy privacy(ProgrammeCity city) {
    return PersonalData.of(
        city.programme, city.ledger, names, PrivacyRules.DEFAULT, () -> List.of(Address.DEFAULT));
  }

  private Caller resident(ProgrammeCity city, String id, String name, String email) {
    names.all.put("urn:plaza:person:" + id, Set.of(name, email));
    return city.person(id, "resident");
  }

  @Test
  void nothingNamesWhoWasErasedWhileCountsAndChainStay() {
    try (var city = new ProgrammeCity()) {
      var moderator = city.person("mod", "moderator", "pmo");
      var ada = resident(city, "k7", "Ada Byron", "ada@byron.example");
      var bob = resident(city, "k8", "Bob Jones", "bob@jones.example");
      var need = need(city, ada, "Steps", "I am Ada Byron (ada@byron.example, 0912 345 678).");
      city.move(moderator, need, "publish", "{'moderationNote': 'contact details may stay'}");
      for (var someone : List.of(ada, bob)) city.programme.needs().support(someone, need.id());
      var lonely = need(city, ada, "A bench for Ada Byron", "Only I want it.");
      city.move(ada, lonely, "withdraw", "{'reason': 'Ada Byron has moved away'}");
      plant(
          city,
          Kind.PILOT,
          "urn:ngsi-ld:Pilot:p",
          "{'title': 't', 'organisation': 'urn:o:1', 'team': ['Ada Byron', 'Cy', 'k9']}");
      notices(city);
      var privacy = privacy(city);
      var exported = Json.text(privacy.export(ada));
      assertThat(exported)
          .contains("Ada Byron", "ada@byron.example", need.id(), lonely.id(), "moved away")
          .contains("urn:ngsi-ld:Pilot:p", "Support", "Follow")
          .doesNotContain("bob@jones.example", "tokenHash", "personKey");
      var head = city.programme.events(moderator, need.id()).size();

      assertThatThrownBy(() -> privacy.erase(ada, struct("{}")))
          .isInstanceOf(Refusal.Invalid.class);
      privacy.erase(ada, struct("{'confirm': true}"));

      var everything = everything(city);
      for (var trace : List.of("Ada", "Byron", "byron", "0912"))
        assertThat(everything).doesNotContain(trace);
      assertThat(city.get(Kind.NEED, need.id()).count("supporters")).isEqualTo(2);
      assertThat(city.get(Kind.NEED, need.id()).text("title")).isEqualTo("Steps");
      assertThat(city.get(Kind.NEED, lonely.id()).text("title")).isEqualTo("[…]");
      assertThat(city.get(Kind.PILOT, "urn:ngsi-ld:Pilot:p").texts("team"))
          .containsExactly("Cy", "k9");
      assertThat(city.programme.events(moderator, need.id())).hasSize(head);
      InvariantsTest.assertSupportsCount(city);
      assertThat(city.programme.verify(Address.DEFAULT)).isEmpty();
      assertThat(Json.text(privacy.export(bob))).contains("bob@jones.example", need.id());
      assertThatThrownBy(() -> privacy.log(bob)).isInstanceOf(Refusal.Forbidden.class);
      assertThat(privacy.log(city.person("adm", "admin"))).hasSize(1);
      try (var again = city.restarted()) {
        assertThat(everything(again)).doesNotContain("Ada");
      }
    }
  }

  @Test
  void whoHasOnlyATokenAsksWithItAndCountsOnceAllTheSame() {
    try (var city = new ProgrammeCity()) {
      var moderator = city.person("mod", "moderator");
      var stated =
          city.programme
              .needs()
              .submit(
                  nobody(),
                  NewNeed.of(
                      struct("{'title': 'Light', 'description': 'Write to me: a@b.example'}")));
      var token = ((Value.Text) stated.answers().get("token")).text();
      var need =
          city.move(moderator, stated.record(), "publish", "{'moderationNote': 'it may stay'}");
      city.programme.needs().support(holding(token), need.id());
      city.programme.needs().support(city.person("r1", "resident"), need.id());
      var privacy = privacy(city);
      assertThat(Json.text(privacy.export(holding(token)))).contains("a@b.example", "Light");
      assertThatThrownBy(() -> privacy.export(nobody()))
          .isInstanceOf(Refusal.Unauthenticated.class);

      privacy.erase(holding(token), struct("{'confirm': true}"));

      assertThat(everything(city)).doesNotContain("a@b.example").contains("Light");
      city.programme.needs().support(holding(token), need.id());
      assertThat(city.get(Kind.NEED, need.id()).count("supporters")).isEqualTo(2);
      assertThat(city.get(Kind.NEED, need.id()).has("tokenHash")).isFalse();

      privacy.erase(holding(token), struct("{'confirm': true, 'texts': 'all'}"));
      InvariantsTest.assertSupportsCount(city);
      assertThat(city.programme.verify(Address.DEFAULT)).isEmpty();
    }
  }

  @Test
  void anAdministratorErasesOnBehalfOfSomebodyWithAReason() {
    try (var city = new ProgrammeCity()) {
      var admin = city.person("adm", "admin");
      var ada = resident(city, "k7", "Ada Byron", "ada@byron.example");
      need(city, ada, "Steps", "for Ada Byron");
      var privacy = privacy(city);
      var request = struct("{'reason': 'a letter of 1 June'}");
      assertThatThrownBy(() -> privacy.erase(ada, "urn:plaza:person:adm", request))
          .isInstanceOf(Refusal.Forbidden.class);

      privacy.erase(admin, "urn:plaza:person:k7", request);

      assertThat(everything(city)).doesNotContain("Ada");
      assertThat(privacy.log(admin).getFirst().members())
          .containsEntry("onBehalf", Value.of(true))
          .containsEntry("by", Value.of("urn:plaza:person:adm"))
          .containsEntry("reason", Value.of("a letter of 1 June"));
    }
  }

  @Test
  void aYearAfterANeedHasEndedNobodyCanBeReachedAboutIt() {
    try (var city = new ProgrammeCity()) {
      var stated =
          city.programme.needs().submit(nobody(), NewNeed.of(struct("{'title': 'Light'}")));
      var token = ((Value.Text) stated.answers().get("token")).text();
      city.move(holding(token), stated.record(), "withdraw", "{}");
      var privacy = privacy(city);
      city.pass(Duration.ofDays(364));
      privacy.tick(Address.DEFAULT);
      assertThat(city.get(Kind.NEED, stated.record().id()).has("tokenHash")).isTrue();

      city.pass(Duration.ofDays(2));
      privacy.tick(Address.DEFAULT);

      assertThat(city.get(Kind.NEED, stated.record().id()).has("tokenHash")).isFalse();
      assertThat(city.all(Kind.FOLLOW)).isEmpty();
      assertThat(everything(city)).doesNotContain(Caller.hash(token));
      assertThat(city.get(Kind.NEED, stated.record().id()).text("title")).isEqualTo("Light");
    }
  }

  @Test
  void theRegisterSaysWhatIsKeptWhyAndHowLong() {
    try (var city = new ProgrammeCity()) {
      for (var row : privacy(city).register().rows())
        assertThat(
                Kind.find(row.kind()).isPresent()
                    || Set.of("Account", "Usage").contains(row.kind()))
            .as(row.kind())
            .isTrue();
      assertThat(Json.text(privacy(city).register().toValue()))
          .contains("E-mail address", "365 days after the record has ended", "GDPR");
    }
  }

  /// Whatever residents and the office do in whatever order, who is erased in the middle is named
  /// nowhere from then on, everybody else stays, all counts stay, and the chain verifies.
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6})
  void erasureInTheMiddleOfAnythingLeavesCountsAndChain(long seed) {
    var city = new ProgrammeCity();
    try {
      var random = new Random(seed);
      var moderator = city.person("mod", "moderator", "pmo");
      var people = new ArrayList<Caller>();
      for (int i = 0; i < 6; i++)
        people.add(resident(city, "k" + i, "Quill" + i + " Vexley" + i, "q" + i + "@vex.example"));
      var erased = new ArrayList<Integer>();
      for (int i = 0; i < 240; i++) {
        int who = random.nextInt(people.size());
        try {
          if (random.nextInt(60) == 0 && !erased.contains(who)) {
            var counts = counts(city);
            privacy(city).erase(people.get(who), struct("{'confirm': true}"));
            erased.add(who);
            assertThat(counts(city)).isEqualTo(counts);
          } else if (!erased.contains(who)) {
            step(city, random, moderator, people.get(who), who);
          }
        } catch (Refusal refused) {
          assertThat(refused).isNotInstanceOf(Refusal.Unsupported.class);
        }
        if (random.nextInt(40) == 0) notices(city);
        if (random.nextInt(60) == 0) city = city.restarted();
      }
      var everything = everything(city);
      for (int who : erased)
        for (var trace : List.of("Quill" + who, "Vexley" + who, "q" + who + "@"))
          assertThat(everything).doesNotContain(trace);
      InvariantsTest.assertSupportsCount(city);
      assertThat(city.programme.verify(Address.DEFAULT)).isEmpty();
    } finally {
      city.close();
    }
  }

  private static void step(
      ProgrammeCity city, Random random, Caller moderator, Caller someone, int who) {
    var needs = city.all(Kind.NEED);
    if (needs.size() < 3 || random.nextInt(10) == 0) {
      need(
          city,
          someone,
          "Want of Quill%1$d Vexley%1$d".formatted(who),
          "Write to q%d@vex.example".formatted(who));
      return;
    }
    var need = needs.get(random.nextInt(needs.size()));
    switch (random.nextInt(9)) {
      case 0, 1 -> city.move(moderator, need, "publish", "{'moderationNote': 'it may stay'}");
      case 2, 3, 4 -> city.programme.needs().support(someone, need.id());
      case 5 -> city.programme.needs().withdrawSupport(someone, need.id());
      case 6 ->
          city.programme
              .clusters()
              .open(moderator, struct("{'title': 'c', 'needs': ['%s']}".formatted(need.id())));
      case 7 -> city.move(someone, need, "withdraw", "{'reason': 'says Quill" + who + "'}");
      default -> city.programme.followers().follow(someone, Kind.NEED, need.id());
    }
  }

  private static Map<String, Long> counts(ProgrammeCity city) {
    var counts = new HashMap<String, Long>();
    for (var kind : List.of(Kind.NEED, Kind.NEED_CLUSTER))
      for (var record : city.all(kind)) counts.put(record.id(), record.count("supporters"));
    counts.put("supports", (long) city.all(Kind.SUPPORT).size());
    return counts;
  }

  private static Dossier need(ProgrammeCity city, Caller by, String title, String description) {
    return city.programme
        .needs()
        .submit(
            by,
            NewNeed.of(
                struct("{'title': '%s', 'description': '%s'}".formatted(title, description))))
        .record();
  }

  private static void notices(ProgrammeCity city) {
    try (var web = new WebCall(OutboundGuard.ALLOW_PRIVATE)) {
      city.programme.messages(city.ledger, Post.NONE, web, "").round(Address.DEFAULT);
    }
  }

  private static void plant(ProgrammeCity city, Kind kind, String id, String json) {
    for (var edit : Dossiers.edits(null, Dossier.of(kind, id, "ACTIVE", struct(json).members())))
      city.write(edit);
  }

  /// All that can be read of a city by whoever holds its store: state, history, feed and notes.
  private static String everything(ProgrammeCity city) {
    city.store.scrubFeed(city.store.head());
    var text = new StringBuilder();
    var ids = new LinkedHashSet<String>();
    city.reader.each(
        Dossiers.PROGRAMME,
        Address.DEFAULT,
        Query.EVERYTHING,
        entity -> {
          text.append(entity).append('\n');
          ids.add(entity.id());
          return true;
        });
    for (var entry : city.store.feed(Position.START, 100_000)) {
      text.append(entry).append('\n');
      for (var change : entry.changes()) ids.add(change.entity().id());
    }
    for (var id : ids)
      for (var name : city.store.historyAttributes(LAYER, id))
        text.append(city.store.history(LAYER, id, name, Span.ALWAYS, false, 100_000));
    for (var owner : List.of("programme.privacy", "programme.notices"))
      for (var note : city.store.notes(owner, "", "", 1_000))
        text.append(note.key())
            .append(
                note.value() == null
                    ? ""
                    : new String(note.value(), java.nio.charset.StandardCharsets.UTF_8));
    return text.toString();
  }
}
