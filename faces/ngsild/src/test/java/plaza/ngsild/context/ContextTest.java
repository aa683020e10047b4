package plaza.ngsild.context;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import plaza.graph.Names;
import plaza.graph.Refusal;
import plaza.json.Json;

class ContextTest {
  private final Contexts contexts = Contexts.builtIn();

  @Test
  void clause44WithoutAUserContextNamesGoToTheDefaultVocabulary() {
    assertThat(contexts.core().expand("BikeHireDockingStation"))
        .isEqualTo(Names.DEFAULT_VOCAB + "BikeHireDockingStation");
    assertThat(contexts.core().compact(Names.DEFAULT_VOCAB + "name")).isEqualTo("name");
    assertThat(contexts.core().expand("location")).isEqualTo(Names.LOCATION);
    assertThat(contexts.core().compact(Names.LOCATION)).isEqualTo("location");
    assertThat(contexts.core().expand("title")).isEqualTo("http://purl.org/dc/terms/title");
  }

  @Test
  void clause557TheCoreContextCannotBeOverridden() {
    var context =
        of("{\"location\": \"https://example.org/place\", \"a\": \"https://example.org/a\"}");

    assertThat(context.expand("location")).isEqualTo(Names.LOCATION);
    assertThat(context.expand("a")).isEqualTo("https://example.org/a");
  }

  @Test
  void prefixesAliasesAndTypedTermsExpand() {
    var context =
        of(
            """
            {"ex": "https://example.org/", "speed": "ex:speed", "kmh": {"@id": "speed"},
             "fast": {"@id": "ex:fast", "@type": "@vocab"}, "urnish": "urn:x:"}
            """);

    assertThat(context.expand("speed")).isEqualTo("https://example.org/speed");
    assertThat(context.expand("kmh")).isEqualTo("https://example.org/speed");
    assertThat(context.expand("ex:other")).isEqualTo("https://example.org/other");
    assertThat(context.expand("urnish:7")).isEqualTo("urn:x:7");
    assertThat(context.expand("https://example.org/x")).isEqualTo("https://example.org/x");
    assertThat(context.coercesToVocab("fast")).isTrue();
  }

  @Test
  void compactionChoosesTheShortestNameThatExpandsBack() {
    var context =
        of(
            "{\"ex\": \"https://example.org/\", \"velocity\": \"ex:speed\", \"speed\": \"ex:speed\"}");

    assertThat(context.compact("https://example.org/speed")).isEqualTo("speed");
    assertThat(context.compact("https://example.org/other")).isEqualTo("ex:other");
    assertThat(context.compact("https://elsewhere.org/x")).isEqualTo("https://elsewhere.org/x");
  }

  @Test
  void aNameThatTheContextGivesAnotherMeaningStaysAnIri() {
    var context = of("{\"name\": \"https://example.org/name\"}");

    assertThat(context.compact(Names.DEFAULT_VOCAB + "name"))
        .isEqualTo(Names.DEFAULT_VOCAB + "name");
  }

  /// JSON-LD 1.1 §9.15.4: neither is a prefix.
  @Test
  void aNameWithAColonOrASlashShortensNothing() {
    var context = of("{\"a:b\": \"https://example.org/\", \"c/d\": \"https://other.org/\"}");

    for (var iri : new String[] {"https://example.org/x", "https://other.org/x"})
      assertThat(context.compact(iri)).isEqualTo(iri);
  }

  @Test
  void aPrefixThatTheCoreHasAnotherMeaningForShortensNothing() {
    var context = of("{\"description\": \"https://example.org/\"}");

    assertThat(context.compact("https://example.org/x")).isEqualTo("https://example.org/x");
  }

  /// Clause 4.6.2: a vocabulary's terms may be called anything, attributes and types may not.
  @Test
  void aNameThatCouldNotBeReadAgainStaysAnIri() {
    var context = of("{\"@vocab\": \"https://example.org/\"}");

    assertThat(context.compact("https://example.org/off-street")).isEqualTo("off-street");
    assertThat(context.name("https://example.org/off-street"))
        .isEqualTo("https://example.org/off-street");
    assertThat(context.name("https://example.org/street")).isEqualTo("street");
  }

  @Test
  void aVocabularyOfTheUsersTakesTheNamesNothingElseDefines() {
    var context = of("{\"@vocab\": \"https://example.org/vocab#\"}");

    assertThat(context.expand("bikes")).isEqualTo("https://example.org/vocab#bikes");
    assertThat(context.compact("https://example.org/vocab#bikes")).isEqualTo("bikes");
  }

  @Test
  void laterContextsOfAnArrayWin() {
    var context =
        of(
            "[{\"a\": \"https://one.org/a\", \"b\": \"https://one.org/b\"}, {\"a\": \"https://two.org/a\"}]");

    assertThat(context.expand("a")).isEqualTo("https://two.org/a");
    assertThat(context.expand("b")).isEqualTo("https://one.org/b");
  }

  @Test
  void remoteContextsAreFetchedOnceAndTheCoreNever() {
    var calls = new int[1];
    var remote =
        new Contexts(
            url -> {
              calls[0]++;
              return new ContextFetcher.Document(
                  "{\"@context\": [\"" + Contexts.CORE + "\", {\"a\": \"https://one.org/a\"}]}",
                  Duration.ofHours(1));
            },
            _ -> Optional.empty(),
            _ -> "http://implicit",
            InstantSource.system());

    for (int i = 0; i < 3; i++)
      assertThat(remote.link("https://example.org/c.jsonld").expand("a"))
          .isEqualTo("https://one.org/a");
    assertThat(remote.link("https://example.org/c.jsonld").link())
        .isEqualTo("https://example.org/c.jsonld");
    assertThat(calls[0]).isEqualTo(1);
  }

  @Test
  void theCoreIsNamedByTheVersionThatWasAskedFor() {
    var contexts = Contexts.builtIn();
    var older = "https://uri.etsi.org/ngsi-ld/v1/ngsi-ld-core-context-v1.6.jsonld";

    assertThat(contexts.link(Contexts.CORE)).isSameAs(contexts.core());
    assertThat(contexts.link(older).link()).isEqualTo(older);
    assertThat(contexts.link(older).expand("datasetId"))
        .isEqualTo(contexts.core().expand("datasetId"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "5",
        "{\"a\": 5}",
        "{\"a\": {\"@id\": \"https://x.org/a\", \"@context\": {}}}",
        "{\"a\": \"b:x\", \"b\": \"a:y\"}",
        "{\"@vocab\": \"@context\"}",
        "{\"a\": \"@id\", \"@vocab\": \"a\"}",
        "\"ftp://example.org/x\"",
        "\"not a url\""
      })
  void whatIsNoContextIsRefused(String context) {
    assertThatThrownBy(() -> of(context)).isInstanceOf(Refusal.Invalid.class);
  }

  @Test
  void aContextThatCannotBeFetchedIsUnavailable() {
    assertThatThrownBy(() -> contexts.link("https://example.org/c.jsonld"))
        .isInstanceOf(ContextUnavailable.class);
  }

  @Test
  void aContextThatRefersToItselfEnds() {
    var loop =
        new Contexts(
            url -> new ContextFetcher.Document("{\"@context\": \"" + url + "\"}", Duration.ZERO),
            _ -> Optional.empty(),
            _ -> "http://implicit",
            InstantSource.system());

    assertThatThrownBy(() -> loop.link("https://example.org/c.jsonld"))
        .isInstanceOf(Refusal.Invalid.class);
  }

  @Test
  void everyTermOfTheCoreContextIsKnown() {
    var terms = Map.of("observedAt", "observedAt", "Property", "Property", "value", "hasValue");
    terms.forEach(
        (name, local) -> assertThat(contexts.core().expand(name)).isEqualTo(Names.NGSI_LD + local));
  }

  private Context of(String json) {
    return contexts.of(Json.parse(json));
  }
}
