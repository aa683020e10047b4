package plaza.ngsild.subscription;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static plaza.ngsild.subscription.SubscribedCity.stations;
import static plaza.ngsild.subscription.SubscribedCity.struct;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import plaza.graph.Address;
import plaza.graph.Refusal;
import plaza.graph.Value;
import plaza.ledger.Actor;
import plaza.ledger.Policy;
import plaza.testkit.MemoryStore;

/// Clauses 5.8.1 to 5.8.5 and 5.2.12 to 5.2.15.
class SubscriptionDeskTest {
  private static final String URL = "http://127.0.0.1:9/";
  private static final Actor ANA = SubscribedCity.SUBSCRIBER;
  private static final Actor BO = Actor.of("urn:plaza:person:bo");

  private final SubscribedCity city =
      new SubscribedCity(
          new MemoryStore(),
          new TestTime(),
          (actor, _) ->
              actor.room() != null
                  ? Policy.Rights.EVERYTHING
                  : new Policy.Rights(
                      plaza.graph.query.Sight.PUBLIC, plaza.graph.query.Sight.nothing("readers")));
  private final SubscriptionDesk desk = city.subscriptions.desk();

  @AfterEach
  void stop() {
    city.close();
  }

  @Test
  void aSubscriptionIsShownAsItWasWritten() {
    var id =
        city.subscribe(
            URL,
            stations()
                + ", \"id\": \"urn:my:sub\", \"q\": \"a==1\", \"status\": \"expired\","
                + " \"subscriptionName\": \"bikes\"",
            "\"format\": \"concise\", \"timesSent\": 7");

    assertThat(id).isEqualTo("urn:my:sub");
    assertThat(city.shown(id))
        .containsEntry("type", Value.of("Subscription"))
        .containsEntry("q", Value.of("a==1"))
        .containsEntry("subscriptionName", Value.of("bikes"))
        .containsEntry("status", Value.of("active"))
        .containsEntry("isActive", Value.of(true));
    assertThat(city.notification(id)).containsOnlyKeys("format", "endpoint");
    assertThat(desk.list(ANA, Address.DEFAULT, 0, 10, true).total()).isEqualTo(1);
  }

  /// Clause 5.5.7: ids mean the same in every context.
  @Test
  void idsAreKeptWithTheirPrefixesResolved() {
    var context = city.contexts.of(plaza.json.Json.parse("{\"bus\": \"https://bus.example/\"}"));
    var document =
        SubscribedCity.document(
            URL,
            "\"entities\": [{\"type\": \"Bus\", \"id\": [\"bus:1\", \"urn:bus:2\"]}],"
                + " \"datasetId\": [\"bus:a\", \"@none\"]",
            "\"join\": \"flat\", \"containedBy\": [\"bus:3\"]");
    var id = desk.create(ANA, Address.DEFAULT, document, context, SubscribedCity.ORIGIN);

    assertThat(city.shown(id).get("entities").toString())
        .contains("https://bus.example/1", "urn:bus:2");
    assertThat(city.shown(id))
        .containsEntry("datasetId", Value.of(java.util.List.of("https://bus.example/a", "@none")));
    assertThat(city.notification(id))
        .containsEntry("containedBy", Value.of(java.util.List.of("https://bus.example/3")));

    desk.update(
        ANA,
        Address.DEFAULT,
        id,
        struct("{\"entities\": [{\"type\": \"Bus\", \"id\": \"bus:4\"}]}"),
        context);
    assertThat(city.shown(id).get("entities").toString()).contains("https://bus.example/4");
  }

  @Test
  void aNameIsTakenOnce() {
    city.subscribe(URL, stations() + ", \"id\": \"urn:my:sub\"", "");
    assertThatThrownBy(() -> city.subscribe(URL, stations() + ", \"id\": \"urn:my:sub\"", ""))
        .isInstanceOf(Refusal.AlreadyExists.class)
        .hasMessageContaining("urn:my:sub");
  }

  @Test
  void nobodyMeetsTheSubscriptionsOfAnother() {
    var id = city.subscribe(URL, stations(), "");

    assertThatThrownBy(() -> desk.get(BO, Address.DEFAULT, id))
        .isInstanceOf(Refusal.NotFound.class);
    assertThatThrownBy(() -> desk.delete(BO, Address.DEFAULT, id))
        .isInstanceOf(Refusal.NotFound.class);
    assertThat(desk.list(BO, Address.DEFAULT, 0, 10, false).page()).isEmpty();
    assertThatThrownBy(() ->
            desk.create(
                Actor.ANONYMOUS,
                Address.DEFAULT,
                SubscribedCity.document(URL, stations(), ""),
                city.contexts.core(),
                SubscribedCity.ORIGIN))
        .isInstanceOf(Refusal.Unauthenticated.class);
  }

  @Test
  void aFragmentReplacesWhatItNamesAndNullTakesAway() {
    var id = city.subscribe(URL, stations() + ", \"q\": \"a==1\", \"throttling\": 5", "");
    update(id, "{\"throttling\": 9, \"q\": \"urn:ngsi-ld:null\", \"type\": \"Subscription\"}");

    assertThat(city.shown(id)).containsEntry("throttling", Value.of(9)).doesNotContainKey("q");
    desk.delete(ANA, Address.DEFAULT, id);
    assertThatThrownBy(() -> city.shown(id)).isInstanceOf(Refusal.NotFound.class);
    assertThatThrownBy(() -> update(id, "{\"throttling\": 9}"))
        .isInstanceOf(Refusal.NotFound.class);
  }

  /// Clauses 4.5.0, 5.2.1, 5.4: null in an array, and inside of what a fragment replaces.
  @Test
  void nullTakesAwayListsAndInnerMembersToo() {
    var id =
        city.subscribe(
            URL, stations() + ", \"watchedAttributes\": [\"a\"]", "\"format\": \"concise\"");
    update(
        id,
        "{\"watchedAttributes\": [\"urn:ngsi-ld:null\"], \"notification\": {\"endpoint\": {\"uri\": \""
            + URL
            + "\"}, \"format\": \"urn:ngsi-ld:null\"}}");

    assertThat(city.shown(id)).doesNotContainKey("watchedAttributes");
    assertThat(city.notification(id)).containsOnlyKeys("endpoint");
    for (var wrong :
        new String[] {
          "{\"watchedAttributes\": [\"a\", \"urn:ngsi-ld:null\"]}", "{\"description\": null}"
        }) assertThatThrownBy(() -> update(id, wrong)).isInstanceOf(Refusal.Invalid.class);
  }

  @Test
  void idAndTypeStayAsTheyAre() {
    var id = city.subscribe(URL, stations(), "");

    update(id, "{\"id\": \"" + id + "\", \"type\": \"Subscription\", \"description\": \"bikes\"}");
    assertThatThrownBy(() -> update(id, "{\"id\": \"urn:another:one\"}"))
        .isInstanceOf(Refusal.Invalid.class)
        .hasMessageContaining("cannot be changed");
    assertThatThrownBy(() -> update(id, "{\"type\": \"Registration\"}"))
        .isInstanceOf(Refusal.Invalid.class);
    assertThat(city.shown(id)).containsEntry("description", Value.of("bikes"));
  }

  /// Clause 5.8.2.4, line by line.
  @Test
  void statusFollowsWhatIsSaidOfActivityAndExpiry() {
    var id = city.subscribe(URL, stations() + ", \"expiresAt\": \"2026-06-01T12:10:00Z\"", "");
    update(id, "{\"isActive\": false}");
    assertThat(city.shown(id)).containsEntry("status", Value.of("paused"));
    update(id, "{\"isActive\": true}");
    assertThat(city.shown(id)).containsEntry("status", Value.of("active"));

    city.time.skip(java.time.Duration.ofMinutes(11));
    assertThat(city.shown(id)).containsEntry("status", Value.of("expired"));
    for (var still : new String[] {"{\"isActive\": true}", "{\"isActive\": false}"}) {
      update(id, still);
      assertThat(city.shown(id)).containsEntry("status", Value.of("expired"));
    }
    assertThatThrownBy(
            () -> update(id, "{\"isActive\": true, \"expiresAt\": \"2026-06-01T12:00:01Z\"}"))
        .isInstanceOf(Refusal.Invalid.class)
        .hasMessageContaining("must lie in the future");
    update(id, "{\"expiresAt\": \"2026-06-01T13:00:00Z\"}");
    assertThat(city.shown(id)).containsEntry("status", Value.of("active"));
    city.time.skip(java.time.Duration.ofHours(1));
    update(id, "{\"isActive\": true, \"expiresAt\": \"2026-06-01T15:00:00Z\"}");
    assertThat(city.shown(id)).containsEntry("status", Value.of("active"));
  }

  private void update(String id, String fragment) {
    desk.update(ANA, Address.DEFAULT, id, struct(fragment), city.contexts.core());
  }

  @Test
  void namesAreShownByTheReadersContext() {
    var context =
        city.contexts.of(
            struct("{\"Bike\": \"https://bikes.org/Bike\", \"n\": \"https://n.org/n\"}"));
    var odd = "https://uri.etsi.org/ngsi-ld/default-context/off-street";
    var id =
        desk.create(
            ANA,
            Address.DEFAULT,
            SubscribedCity.document(
                URL,
                "\"entities\": [{\"type\": \"(Bike;Thing)|Other\"}], \"watchedAttributes\": [\"n\"]",
                "\"pick\": [\"id\", \"n\", \"" + odd + "\"]"),
            context,
            SubscribedCity.ORIGIN);

    var shown = desk.get(ANA, Address.DEFAULT, id).show(city.contexts.core(), true);
    assertThat(shown.members())
        .containsEntry(
            "entities",
            struct("{\"e\": [{\"type\": \"(https://bikes.org/Bike;Thing)|Other\"}]}")
                .members()
                .get("e"))
        .containsKeys("createdAt", "modifiedAt");
    assertThat(shown.members().toString()).contains("https://n.org/n").contains("Text[text=id]");
    // What could not be read again is shown in full (clause 4.6.2).
    assertThat(shown.members().toString()).contains(odd);
    assertThat(desk.get(ANA, Address.DEFAULT, id).show(context, false).members().toString())
        .contains("(Bike;Thing)|Other");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '#',
      quoteCharacter = '`',
      value = {
        "{} # needs a notification",
        "{\"entities\": []} # at least one selector",
        "{\"type\": \"Entity\"} # must be \"Subscription\"",
        "{\"type\": null} # must be \"Subscription\"",
        "{\"description\": 5} # ``",
        "{\"description\": null} # null is no value",
        "{\"description\": \"urn:ngsi-ld:null\"} # may stand only where",
        "{\"watchedAttributes\": [\"urn:ngsi-ld:null\"]} # may stand only where",
        "{\"notification\": {\"endpoint\": {\"uri\": \"http://a.b:99999/\"}}} # is no port",
        "{\"notification\": {\"endpoint\": {\"uri\": \"urn:a:b\"}}} # is not offered",
        "{\"notification\": {\"join\": \"flat\", \"joinLevel\": \"1\", \"endpoint\": {\"uri\": \"http://a.b/\"}}} # must be a number",
        "{\"notification\": {\"joinLevel\": -1, \"endpoint\": {\"uri\": \"http://a.b/\"}}} # joinLevel must be",
        "{\"splitEntities\": \"yes\"} # must be true or false",
        "{\"localOnly\": false, \"entities\": [{\"type\": \"*\"}]} # are local ones only",
        "{\"ngsildConformance\": \"newest\"} # a version of the standard such as 1.5",
        "{\"notification\": {\"join\": \"all\", \"endpoint\": {\"uri\": \"http://a.b/\"}}} # join must be",
        "{\"notification\": {\"join\": \"flat\", \"joinLevel\": 0, \"endpoint\": {\"uri\": \"http://a.b/\"}}} # joinLevel must be",
        "{\"notification\": {\"pick\": [\"a{b}\"], \"endpoint\": {\"uri\": \"http://a.b/\"}}} # needs their retrieval",
        "{\"id\": \"no uri\"} # must be an absolute URI",
        "{\"throttling\": 0} # greater than 0",
        "{\"throttling\": \"5\"} # greater than 0",
        "{\"timeInterval\": 5, \"throttling\": 5} # exclude each other",
        "{\"timeInterval\": 5, \"watchedAttributes\": [\"a\"]} # exclude each other",
        "{\"watchedAttributes\": []} # not empty",
        "{\"watchedAttributes\": \"a\"} # must be an array",
        "{\"notificationTrigger\": [\"never\"]} # notificationTrigger must be",
        "{\"expiresAt\": \"2020-01-01T00:00:00Z\"} # must lie in the future",
        "{\"expiresAt\": \"soon\"} # must be a UTC date-time",
        "{\"isActive\": \"yes\"} # must be true or false",
        "{\"q\": \"a=~\"} # ``",
        "{\"geoQ\": {\"georel\": \"near\"}} # geoQ needs",
        "{\"notification\": {}} # needs an endpoint",
        "{\"notification\": {\"endpoint\": {}}} # needs a uri",
        "{\"notification\": {\"endpoint\": {\"uri\": \"mqtt://h.example\"}}} # needs a topic",
        "{\"notification\": {\"endpoint\": {\"uri\": \"x y\"}}} # is no URI",
        "{\"notification\": {\"format\": \"xml\", \"endpoint\": {\"uri\": \"http://a.b/\"}}} # format must be",
        "{\"notification\": {\"attributes\": [\"id\"], \"endpoint\": {\"uri\": \"http://a.b/\"}}} # use pick",
        "{\"notification\": {\"showChanges\": true, \"format\": \"keyValues\", \"endpoint\": {\"uri\": \"http://a.b/\"}}} # showChanges cannot",
        "{\"notification\": {\"endpoint\": {\"uri\": \"http://a.b/\", \"accept\": \"text/xml\"}}} # accept must be",
        "{\"notification\": {\"endpoint\": {\"uri\": \"http://a.b/\", \"timeout\": -1}}} # greater than 0",
        "{\"notification\": {\"endpoint\": {\"uri\": \"http://a.b/\", \"receiverInfo\": [{\"key\": \"Host\", \"value\": \"x\"}]}}} # set by Plaza itself",
        "{\"notification\": {\"endpoint\": {\"uri\": \"http://a.b/\", \"receiverInfo\": [{\"key\": \"A\", \"value\": \"x\\r\\nB: c\"}]}}} # cannot stand in an HTTP header",
      })
  void whatTheClausesForbidIsRefusedWithASentence(String members, String sentence) {
    var document = new java.util.LinkedHashMap<>(struct(members).members());
    if (!members.equals("{\"type\": null}")) document.putIfAbsent("type", Value.of("Subscription"));
    if (!members.equals("{}")) document.putIfAbsent("notification", struct(NOTIFICATION));
    document.putIfAbsent("entities", struct("{" + stations() + "}").members().get("entities"));

    assertThatThrownBy(() ->
            desk.create(
                ANA,
                Address.DEFAULT,
                new Value.Struct(document),
                city.contexts.core(),
                SubscribedCity.ORIGIN))
        .isInstanceOf(Refusal.class)
        .hasMessageContaining(sentence);
  }

  /// Clauses 5.2.1, 5.2.15: a URI may be an IRI; the receiver is called by what it stands for.
  @Test
  void anAddressBeyondAsciiIsCalledAsUrisAre() {
    var endpoint = struct("{\"uri\": \"http://a.example/bücher?q=é%20x\"}");
    assertThat(Destination.parse(endpoint.members()).endpoint().uri())
        .hasToString("http://a.example/b%C3%BCcher?q=%C3%A9%20x");
  }

  private static final String NOTIFICATION = "{\"endpoint\": {\"uri\": \"http://a.b/\"}}";

  @Test
  void aSubscriptionToEverythingMustSayThatItIsLocal() {
    assertThatThrownBy(() -> city.subscribe(URL, "\"q\": \"a==1\"", ""))
        .hasMessageContaining("needs entities or watchedAttributes");
    assertThat(city.subscribe(URL, "\"localOnly\": true", "")).isNotEmpty();
  }
}
