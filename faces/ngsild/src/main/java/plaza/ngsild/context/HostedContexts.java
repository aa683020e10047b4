package plaza.ngsild.context;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import plaza.graph.Address;
import plaza.graph.Refusal;
import plaza.graph.Value;
import plaza.json.Json;
import plaza.ledger.Actor;
import plaza.ledger.Notebook;
import plaza.ledger.store.Note;

/// The contexts this server itself serves (clause 5.13): added by users and kept for good, or made
/// for requests that carried theirs in the body and kept for a while.
public final class HostedContexts {
  /// Where they are served, before the id.
  public static final String PATH = "/ngsi-ld/v1/jsonldContexts/";

  /// Smart Data Models' short names for the city's data, in the default vocabulary.
  public static final String CITY = "city";

  private static final int IMPLICIT_KEPT = 1_000;
  private static final List<String> CITY_NAMES =
      List.of(
          "BikeHireDockingStation",
          "availableBikeNumber",
          "freeSlotNumber",
          "totalSlotNumber",
          "name",
          "address",
          "District",
          "FloodZone",
          "PumpingStation",
          "Organization",
          "dataProvider",
          "source",
          "owner",
          "refDistrict",
          "alternateName",
          "areaServed",
          "seeAlso");

  private final Notebook notebook;
  private final InstantSource clock;
  private final Map<String, Hosted> added = new ConcurrentHashMap<>();
  private final Map<String, Hosted> implicit =
      Collections.synchronizedMap(
          new LinkedHashMap<>() {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<String, Hosted> eldest) {
              return size() > IMPLICIT_KEPT;
            }
          });

  /// @param document with its member `@context`
  public record Hosted(String id, Kind kind, Instant createdAt, Value.Struct document) {}

  public enum Kind {
    HOSTED("Hosted"),
    IMPLICITLY_CREATED("ImplicitlyCreated");

    public final String label;

    Kind(String label) {
      this.label = label;
    }
  }

  public HostedContexts(Notebook notebook, InstantSource clock) {
    this.notebook = notebook;
    this.clock = clock;
    added.put(CITY, new Hosted(CITY, Kind.HOSTED, Instant.EPOCH, city()));
    for (var note : notebook.list("", "", 10_000)) {
      var bytes = note.value();
      if (bytes != null && Json.parse(bytes) instanceof Value.Struct(var members))
        added.put(note.key(), read(note.key(), members));
    }
  }

  private static Hosted read(String id, Map<String, Value> members) {
    var at = members.get("createdAt");
    var document = members.get("document");
    return new Hosted(
        id,
        Kind.HOSTED,
        at instanceof Value.Text(var text) ? Instant.parse(text) : Instant.EPOCH,
        document instanceof Value.Struct struct ? struct : Value.Struct.EMPTY);
  }

  private static Value.Struct city() {
    var terms = new LinkedHashMap<String, Value>();
    for (var name : CITY_NAMES) terms.put(name, Value.of(plaza.graph.Names.DEFAULT_VOCAB + name));
    return new Value.Struct(Map.of("@context", new Value.Struct(terms)));
  }

  /// Keeps a document with a member `@context`; returns when it is durable.
  public String add(Actor actor, Address address, Value.Struct document) {
    var id = java.util.UUID.randomUUID().toString();
    var hosted = new Hosted(id, Kind.HOSTED, clock.instant(), document);
    var note =
        new Value.Struct(
            Map.of("createdAt", Value.of(hosted.createdAt.toString()), "document", document));
    notebook.keep(actor, address, List.of(new Note(id, Json.bytes(note))));
    added.put(id, hosted);
    return id;
  }

  /// The URL of a context that came in a body.
  public String implicitly(Value context) {
    var text = Json.text(context);
    var id = java.util.UUID.nameUUIDFromBytes(text.getBytes(StandardCharsets.UTF_8)).toString();
    implicit.put(
        id,
        new Hosted(
            id,
            Kind.IMPLICITLY_CREATED,
            clock.instant(),
            new Value.Struct(Map.of("@context", context))));
    return PATH + id;
  }

  public Optional<Hosted> find(String id) {
    var found = added.get(id);
    return Optional.ofNullable(found == null ? implicit.get(id) : found);
  }

  /// The document at a URL, when this server serves it.
  public Optional<Value> document(String url) {
    int at = url.indexOf(PATH);
    return at < 0
        ? Optional.empty()
        : find(url.substring(at + PATH.length())).map(Hosted::document);
  }

  /// All that somebody gave, not what is built in.
  public List<Hosted> list() {
    var all = new java.util.ArrayList<>(added.values());
    all.removeIf(one -> one.id().equals(CITY));
    synchronized (implicit) {
      all.addAll(implicit.values());
    }
    all.sort(java.util.Comparator.comparing(Hosted::createdAt).thenComparing(Hosted::id));
    return all;
  }

  public void delete(Actor actor, Address address, String id) {
    if (id.equals(CITY)) throw new Refusal.Conflict("the context " + CITY + " is built in");
    if (added.containsKey(id)) {
      notebook.keep(actor, address, List.of(new Note(id, null)));
      added.remove(id);
    } else if (implicit.remove(id) == null) throw new Refusal.NotFound("there is no context " + id);
  }
}
