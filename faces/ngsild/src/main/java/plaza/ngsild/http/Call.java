package plaza.ngsild.http;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import plaza.graph.Address;
import plaza.graph.Names;
import plaza.graph.Refusal;
import plaza.graph.Value;
import plaza.graph.change.Edit;
import plaza.json.Json;
import plaza.json.JsonWriter;
import plaza.ledger.Actor;
import plaza.ngsild.context.Context;
import plaza.ngsild.context.Contexts;
import plaza.ngsild.parse.DateTimes;
import plaza.ngsild.query.QueryParser;
import plaza.ngsild.snapshot.Snapshots;
import plaza.web.Exchange;

/// One request, in NGSI-LD's terms: its tenant, its context, its body, what it accepts.
final class Call implements QueryParser.Parameters {
  private static final List<Media> PLAIN = List.of(Media.JSON, Media.LD_JSON);
  private static final List<Media> WITH_GEO = List.of(Media.JSON, Media.LD_JSON, Media.GEO_JSON);

  private static final Set<String> WRITING = Set.of("options", "format", "local", "at");
  private static final Set<String> WRITING_ONE = Set.of("options", "format", "type", "local", "at");
  private static final Set<String> MERGING =
      Set.of("options", "format", "type", "lang", "observedAt", "local", "at");

  /// A list may also be said piece by piece.
  private static final Set<String> LISTS =
      Set.of(
          "id",
          "attrs",
          "pick",
          "omit",
          "drop",
          "keep",
          "options",
          "datasetId",
          "containedBy",
          "expandValues",
          "jsonKeys",
          "aggrMethods",
          "orderBy");

  private static final String SNAPSHOT = "NGSILD-Snapshot";

  private final Exchange exchange;
  private final Contexts contexts;
  private final @Nullable Snapshots snapshots;
  private @Nullable Context context;
  private @Nullable Value document;
  private @Nullable Address address;

  /// @param snapshots null where operations cannot be about one
  Call(Exchange exchange, Contexts contexts, @Nullable Snapshots snapshots) {
    this.snapshots = snapshots;
    this.exchange = exchange;
    this.contexts = contexts;
  }

  Exchange exchange() {
    return exchange;
  }

  Actor actor() {
    return exchange.caller().actor();
  }

  /// Tenant, branch and moment. `Plaza-Branch` and `at` are additions to the standard.
  Address address() {
    var known = address;
    if (known == null) {
      known = readAddress();
      address = known;
    }
    return known;
  }

  private Address readAddress() {
    var tenant = exchange.header("NGSILD-Tenant").orElse(Address.DEFAULT_TENANT);
    if (tenant.startsWith("_"))
      throw new Problem(
          Problem.Type.NONEXISTENT_TENANT, "there is no tenant " + tenant + " for anybody outside");
    var at = exchange.query("at").map(text -> DateTimes.parse(text, "at")).orElse(null);
    return new Address(
        tenant.isEmpty() ? Address.DEFAULT_TENANT : tenant,
        branch(tenant.isEmpty() ? Address.DEFAULT_TENANT : tenant),
        at);
  }

  /// A snapshot is a branch of its own (clause 6.3.22).
  private String branch(String tenant) {
    var snapshot = exchange.header(SNAPSHOT);
    var branch = exchange.header("Plaza-Branch");
    if (snapshot.isEmpty()) return branch.orElse(Address.MAIN);
    if (branch.isPresent())
      throw new Refusal.Invalid("a request is about a snapshot or a branch, not about both");
    if (snapshots == null)
      throw new Refusal.Unsupported(
          "this operation is never about a snapshot; leave out " + SNAPSHOT);
    exchange.setHeader(SNAPSHOT, snapshot.get());
    return snapshots.branch(tenant, snapshot.get());
  }

  /// The address of a write: now.
  Address writeAddress() {
    var address = address();
    if (address.at() != null)
      throw new Refusal.Invalid("the past cannot be written: leave out at=" + address.at());
    return address;
  }

  @Override
  public @Nullable String get(String name) {
    var said = exchange.queries(name);
    return switch (said.size()) {
      case 0 -> null;
      case 1 -> said.getFirst();
      default -> String.join(",", said);
    };
  }

  boolean flag(String name) {
    // Clause 5.5.13: in a snapshot everything is local.
    if (name.equals("local") && exchange.header(SNAPSHOT).isPresent()) return true;
    return switch (exchange.query(name).orElse("false")) {
      case "true" -> true;
      case "false" -> false;
      case String other ->
          throw new Refusal.Invalid(name + " must be true or false, not '" + other + "'");
    };
  }

  /// The entity id of the path, with a prefix of the @context resolved as it is in documents.
  String id() {
    var id = exchange.parameter("id");
    return id.startsWith("urn:")
        ? Names.uri(id, "the id in the URL")
        : context().uri(id, "the id in the URL");
  }

  /// The one instance of an attribute that is meant; null for the default one.
  @Nullable String datasetId() {
    var id = get("datasetId");
    return id == null || id.equals("@none") ? null : context().datasetId(id);
  }

  /// The id in the path of a subscription, a registration, an entity map or a snapshot, as it is.
  String recordId() {
    return Names.uri(exchange.parameter("id"), "the id in the URL");
  }

  /// Clause 6.3.20: parameters the operation does not know are refused, so that no typing mistake
  /// widens a query. `local` every operation knows: up to version 1.7 the standard had it for all.
  void allow(Set<String> known) {
    allow(known, Set.of());
  }

  /// @param but those among them that this operation does not know either
  void allow(Set<String> known, Set<String> but) {
    for (var name : exchange.queryNames()) {
      boolean isKnown = known.contains(name) || name.equals("local");
      if (!isKnown || but.contains(name))
        throw new Problem(
            Problem.Type.INVALID_REQUEST,
            "the parameter '"
                + name
                + "' is not known here; known are "
                + String.join(
                    ", ", known.stream().filter(one -> !but.contains(one)).sorted().toList()));
      if (exchange.queries(name).size() > 1 && !LISTS.contains(name))
        throw new Problem(
            Problem.Type.INVALID_REQUEST, "the parameter '" + name + "' may stand but once");
      if (name.equals("local") || name.equals("splitEntities")) flag(name);
    }
  }

  /// Clause 6.3.20, for what changes entities: the parameters such operations share, and options.
  ///
  /// @param options those that this operation knows beside the ones that say how the body is
  ///   written
  /// @return the options that were given
  Set<String> allowWriting(String... options) {
    return allowWriting(WRITING, options);
  }

  /// For what changes one entity that there is, of a type that may be named.
  Set<String> allowWritingOne(String... options) {
    return allowWriting(WRITING_ONE, options);
  }

  /// Table 6.5.3.4-1.
  void allowMerging() {
    allowWriting(MERGING);
  }

  private Set<String> allowWriting(Set<String> parameters, String... options) {
    allow(parameters);
    var known = new HashSet<>(Arrays.asList(options));
    known.addAll(List.of("keyValues", "simplified", "concise", "normalized"));
    return Options.options(this, known);
  }

  /// The context of a request without a body, or of a body already read (clause 6.3.5).
  Context context() {
    var known = context;
    if (known != null) return known;
    var named =
        Links.context(exchange.headers("Link")).map(contexts::link).orElseGet(contexts::core);
    context = named;
    return named;
  }

  /// The body as JSON, with its context settled.
  Value document() {
    var known = document;
    if (known != null) return known;
    requireLength();
    var linked = Links.context(exchange.headers("Link"));
    boolean carriesContext =
        switch (exchange.contentType()) {
          case "application/ld+json" -> true;
          case "application/json" -> false;
          case "application/merge-patch+json" -> {
            if (!exchange.method().equals("PATCH")) throw new Unsupported();
            yield false;
          }
          default -> throw new Unsupported();
        };
    var body = body();
    if (carriesContext) {
      if (linked.isPresent())
        throw new Refusal.Invalid(
            "a body of application/ld+json carries its @context; leave out the Link header");
      // Each entity of a batch carries its own (clause 5.6.7).
      if (body instanceof Value.Struct(var members)) context = inside(members.get("@context"));
      else {
        requireAnyContext(body);
        context = contexts.core();
      }
    } else {
      refuseContext(body);
      context = linked.map(contexts::link).orElseGet(contexts::core);
    }
    document = body;
    return body;
  }

  /// The context of one entity of a batch.
  Context contextOf(Value element) {
    if (exchange.contentType().equals("application/ld+json")
        && element instanceof Value.Struct(var members)) return inside(members.get("@context"));
    return context();
  }

  private Context inside(@Nullable Value given) {
    if (given == null || given instanceof Value.Null) throw missingContext();
    return contexts.of(given);
  }

  private static Refusal missingContext() {
    return new Refusal.Invalid(
        "a body of application/ld+json needs an @context; send application/json without one");
  }

  /// Clause 6.3.5: a body that has none at all is refused whole; else each entity stands alone.
  private static void requireAnyContext(Value body) {
    if (body instanceof Value.Items(var items)
        && items.stream().anyMatch(Value.Struct.class::isInstance)
        && items.stream()
            .noneMatch(item ->
                item instanceof Value.Struct(var members) && members.containsKey("@context")))
      throw missingContext();
  }

  private static void refuseContext(Value body) {
    if (body instanceof Value.Items(var items)) {
      for (var item : items)
        if (item instanceof Value.Struct(var members) && members.containsKey("@context"))
          throw unexpectedContext();
    } else if (body instanceof Value.Struct(var members) && members.containsKey("@context"))
      throw unexpectedContext();
  }

  private static Refusal unexpectedContext() {
    return new Refusal.Invalid(
        "a body of application/json carries no @context; name it by a Link header, or send"
            + " application/ld+json");
  }

  private Value body() {
    try {
      var bytes = exchange.body();
      if (bytes.length == 0)
        throw new Problem(Problem.Type.INVALID_REQUEST, "the request needs a JSON body");
      return Json.parse(bytes);
    } catch (Refusal.Invalid broken) {
      throw new Problem(Problem.Type.INVALID_REQUEST, String.valueOf(broken.getMessage()));
    }
  }

  Media accepted() {
    return accepted(PLAIN);
  }

  Media acceptedOrGeo() {
    return accepted(WITH_GEO);
  }

  /// Clause 6.3.4: where no entities are consumed, GeoJSON is never an answer. What consumes them
  /// says itself what it offers.
  void requireNoGeo() {
    var method = exchange.method();
    if (method.equals("GET") || method.equals("HEAD") || exchange.path().endsWith("/query")) return;
    if (exchange.header("Accept").orElse("").contains("geo+json")) accepted(PLAIN);
  }

  private Media accepted(List<Media> offered) {
    var accept = exchange.header("Accept").orElse("");
    if (accept.isEmpty() || accept.equals("*/*") || accept.equals("application/json"))
      return Media.JSON;
    return Media.accepted(accept, offered).orElseThrow(() -> new NotAcceptable(offered));
  }

  /// The edit, and before it what If-Match expects.
  List<Edit> guarded(Edit edit) {
    var expected = exchange.header("If-Match");
    if (expected.isEmpty() || expected.get().equals("*")) return List.of(edit);
    var text = expected.get().replace("W/", "").replace("\"", "").strip();
    try {
      return List.of(new Edit.Expect(edit.entityId(), Long.parseLong(text)), edit);
    } catch (NumberFormatException e) {
      throw new Problem(
          Problem.Type.INVALID_REQUEST, "If-Match must be an ETag of this server, not " + text);
    }
  }

  Optional<String> ifNoneMatch() {
    return exchange.header("If-None-Match");
  }

  /// Answers with JSON that names its context as the media type wants (clause 6.3.6).
  void answer(int status, Media media, Consumer<JsonWriter> content) {
    if (media == Media.JSON) link();
    var out = new ByteArrayOutputStream(2048);
    try (var json = new JsonWriter(out)) {
      content.accept(json);
    }
    exchange.send(status, media.type, out.toByteArray());
  }

  /// Answers with one document of the standard.
  void answer(int status, Media media, Value.Struct document) {
    answer(status, media, out -> write(document, media, out));
  }

  /// Answers with documents of the standard.
  void answer(Media media, List<Value.Struct> documents) {
    answer(
        200,
        media,
        out -> {
          out.startArray();
          for (var document : documents) write(document, media, out);
          out.endArray();
        });
  }

  /// With its context where the media type carries it.
  private void write(Value.Struct document, Media media, JsonWriter out) {
    out.startObject();
    document.members().forEach((name, value) -> out.name(name).value(value));
    if (media == Media.LD_JSON) out.name("@context").value(context().source());
    out.endObject();
  }

  /// The Link header that names the context.
  void link() {
    var url = context().link();
    exchange.addHeader(
        "Link", Links.ofContext(url.startsWith("/") ? exchange.origin() + url : url));
  }

  /// Clause 6.3.4: a body says beforehand how long it is.
  void requireLength() {
    if (exchange.header("Content-Length").isEmpty()) throw new LengthRequired();
  }

  /// Status 411, without a body (clause 6.3.4).
  static final class LengthRequired extends RuntimeException {
    private static final long serialVersionUID = 1L;

    LengthRequired() {
      super("411", null, false, false);
    }
  }

  /// Status 415, without a body (clause 6.3.4).
  static final class Unsupported extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Unsupported() {
      super("415", null, false, false);
    }
  }

  /// Status 406.
  static final class NotAcceptable extends RuntimeException {
    private static final long serialVersionUID = 1L;
    final transient List<Media> offered;

    NotAcceptable(List<Media> offered) {
      super("406", null, false, false);
      this.offered = offered;
    }
  }
}
