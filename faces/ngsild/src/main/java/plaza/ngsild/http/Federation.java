package plaza.ngsild.http;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import plaza.graph.Address;
import plaza.graph.Entity;
import plaza.graph.Refusal;
import plaza.graph.Value;
import plaza.graph.query.Query;
import plaza.graph.query.Sight;
import plaza.json.Json;
import plaza.ledger.Page;
import plaza.ledger.Reader;
import plaza.ngsild.distribute.Discovery;
import plaza.ngsild.distribute.Distributor;
import plaza.ngsild.distribute.Forwarding;
import plaza.ngsild.distribute.Inquiry;
import plaza.ngsild.distribute.Mapping;
import plaza.ngsild.distribute.Passage;
import plaza.ngsild.distribute.Recall;
import plaza.ngsild.distribute.Records;
import plaza.ngsild.distribute.Verdict;
import plaza.ngsild.distribute.Warning;
import plaza.ngsild.distribute.When;
import plaza.ngsild.parse.EntityParser;
import plaza.ngsild.query.QueryParser;
import plaza.ngsild.source.Operation;
import plaza.ngsild.source.SourceFilter;

/// Where entities come from: this server alone or, when its tenant has context sources and the
/// request is not for this server only, all together (clauses 5.5.13, 6.3.17, 6.3.18).
final class Federation {
  private static final List<String> FILTERS =
      List.of("q", "georel", "geometry", "coordinates", "geoproperty", "scopeQ", "expandValues");
  private static final int WARNINGS = 12;

  private final Reader reader;
  private final @Nullable Distributor distributor;

  Federation(Reader reader, @Nullable Distributor distributor) {
    this.reader = reader;
    this.distributor = distributor;
  }

  /// Who passes requests on; null when this one stays here. Branches and the past are this server's
  /// own.
  @Nullable Distributor distributor(Call call, Address address) {
    var known = distributor;
    if (known == null || known.isIdle(address.tenant())) return null;
    if (!address.isMain() || address.at() != null || call.flag("local")) return null;
    if (call.exchange().header("NGSILD-Snapshot").isPresent()) return null;
    return known;
  }

  /// @throws Problem 508 when the request has been here before (clause 6.3.18)
  static Passage passage(Call call, Address address, Distributor distributor) {
    var passage =
        new Passage(
            address.tenant(),
            distributor.alias(address.tenant()),
            Passage.elements(call.exchange().headers("Via")),
            call.context(),
            name -> call.exchange().header(name).orElse(null));
    if (passage.isLoop())
      throw new Problem(
          Problem.Type.LOOP,
          "the request has passed "
              + passage.alias()
              + " before; registrations lead in a circle: give them a contextSourceAlias");
    return passage;
  }

  /// @param map the one in use; null for none
  Entity get(Call call, Address address, String id, @Nullable EntityMap map) {
    var distributor = distributor(call, address);
    if (distributor == null) {
      var entity = reader.get(call.actor(), address, id);
      if (map != null) map.found(id, EntityMap.HERE);
      return entity;
    }
    var type = call.get("type");
    var query = QueryParser.parse(name -> name.equals("type") ? type : null, call.context());
    var inquiry =
        new Inquiry(
            passage(call, address, distributor),
            call.actor(),
            address,
            query,
            Map.of(),
            Options.datasetIds(call, call.context()),
            null,
            null,
            false,
            map);
    if (map != null) noteHeld(call, address, id, map);
    var attributes = QueryParser.names(call.list("attrs"), "attrs", call.context());
    var whole = distributor.gathering().find(inquiry, id, attributes, type);
    warn(call, inquiry.passage(), whole.warnings());
    return whole
        .entity()
        .orElseThrow(() -> new Refusal.NotFound(id + " does not exist here or at a source"));
  }

  private void noteHeld(Call call, Address address, String id, EntityMap map) {
    if (reader.findAll(call.actor(), address, List.of(id)).containsKey(id))
      map.found(id, EntityMap.HERE);
  }

  /// Where links lead.
  Map<String, Entity> findAll(Call call, Address address, Collection<String> ids) {
    var distributor = distributor(call, address);
    if (distributor == null) return reader.findAll(call.actor(), address, ids);
    var inquiry =
        Inquiry.of(passage(call, address, distributor), call.actor(), address, Query.EVERYTHING);
    var warnings = new ArrayList<Warning>();
    var found = distributor.gathering().findAll(inquiry, ids, warnings);
    warn(call, inquiry.passage(), warnings);
    return found;
  }

  /// @param local whether only this server is asked
  Page query(
      Call call,
      Address address,
      Query query,
      QueryParser.Parameters parameters,
      Paging paging,
      boolean local) {
    var distributor = local ? null : distributor(call, address);
    if (distributor != null) {
      var inquiry = inquiry(call, address, query, parameters, distributor);
      var matches = distributor.gathering().sources(inquiry);
      // Where nobody has such entities, their links may still lead elsewhere.
      var condition = query.condition();
      if (!matches.isEmpty() || (condition != null && condition.linkDepth() > 0)) {
        var found =
            distributor
                .gathering()
                .query(inquiry, matches, paging.offset(), paging.limit(), paging.counting());
        warn(call, inquiry.passage(), found.warnings());
        return new Page(found.entities(), found.total(), found.more());
      }
    }
    return reader.query(
        call.actor(), address, query, paging.offset(), paging.limit(), paging.counting());
  }

  /// What sources recorded of the entities a query is about; null when none is concerned.
  @Nullable Records recall(
      Call call,
      Address address,
      Query query,
      QueryParser.Parameters parameters,
      TemporalAsk asked,
      @Nullable EntityMap map,
      boolean local) {
    var distributor = local ? null : distributor(call, address);
    if (distributor == null) return null;
    var inquiry = inquiry(call, address, query, parameters, distributor).by(map);
    // Of filtered or aggregated evolutions all is needed.
    boolean whole =
        query.condition() != null
            || query.geo() != null
            || asked.form() == TemporalAsk.Form.AGGREGATES;
    return recalled(call, inquiry, distributor.recall().query(inquiry, when(asked, whole)));
  }

  /// What sources recorded of one entity; null when none is concerned.
  @Nullable Records recall(
      Call call, Address address, String id, TemporalAsk asked, @Nullable EntityMap map) {
    var distributor = distributor(call, address);
    if (distributor == null) return null;
    var inquiry =
        Inquiry.of(passage(call, address, distributor), call.actor(), address, Query.EVERYTHING)
            .by(map);
    boolean whole = asked.form() == TemporalAsk.Form.AGGREGATES;
    return recalled(
        call, inquiry, distributor.recall().find(inquiry, id, asked.names(), when(asked, whole)));
  }

  /// Lets sources delete what a query finds with them, and adds what went wrong.
  ///
  /// @param write what the caller may change here
  /// @param map leads to the sources that know the entities; null when nothing does
  void purge(
      Call call,
      Address address,
      Query query,
      @Nullable Set<String> drop,
      @Nullable Set<String> keep,
      Sight write,
      @Nullable EntityMap map,
      BatchResults results) {
    var distributor = "*".equals(call.get("type")) ? null : distributor(call, address);
    if (distributor == null) return;
    var inquiry = inquiry(call, address, query, call, distributor).by(map);
    var parcels = distributor.purging().route(inquiry, drop, keep);
    if (parcels.isEmpty()) return;
    var types = new LinkedHashSet<String>();
    for (var selector : query.selectors())
      if (selector.types() != null) types.addAll(selector.types().named());
    try {
      Forwarding.requireRight(
          call.actor(), write, "entities", List.copyOf(types), drop == null ? Set.of() : drop);
    } catch (Refusal refusal) {
      for (var parcel : parcels) {
        var id = parcel.match().registration().id();
        results.fail(id, Problem.of(refusal), id);
      }
      return;
    }
    for (var verdict : distributor.purging().send(inquiry, parcels, keep)) {
      var fault = verdict.fault();
      var id = verdict.registrationId();
      // That it has nothing of it is nothing abnormal.
      if (fault == null || fault.kind() == Verdict.Kind.NOT_FOUND) results.doneElsewhere();
      else if (fault.kind() == Verdict.Kind.PARTIAL && fault.said() != null)
        results.merge(fault.said(), id);
      else results.fail(id, Provision.problem(fault, id), id);
    }
  }

  private static When when(TemporalAsk asked, boolean whole) {
    var when = asked.when();
    return new When(when.timerel(), when.span(), whole ? 0 : when.lastN());
  }

  private static @Nullable Records recalled(Call call, Inquiry inquiry, Recall.Told told) {
    warn(call, inquiry.passage(), told.warnings());
    return told.records();
  }

  /// What sources have of a query's entities, for an entity map; null when it is answered here
  /// alone.
  ///
  /// @param when of a temporal query; null for other queries
  Mapping.@Nullable Plan plan(
      Call call,
      Address address,
      Query query,
      QueryParser.Parameters parameters,
      Duration lifetime,
      @Nullable TemporalAsk when,
      boolean local) {
    var distributor = local ? null : distributor(call, address);
    if (distributor == null) return null;
    var inquiry = inquiry(call, address, query, parameters, distributor);
    var plan =
        distributor.mapping().plan(inquiry, lifetime, when == null ? null : when(when, true));
    if (plan != null) warn(call, inquiry.passage(), plan.warnings());
    return plan;
  }

  /// The entities of some ids, from where a map leads to.
  ///
  /// @param query for which the map was made
  /// @param some the same about the ids
  List<Entity> mapped(
      Call call,
      Address address,
      Query query,
      Query some,
      List<String> ids,
      QueryParser.Parameters parameters,
      EntityMap map,
      boolean local) {
    var distributor = local ? null : distributor(call, address);
    if (distributor == null)
      return reader.query(call.actor(), address, some, 0, ids.size(), false).entities();
    var inquiry = inquiry(call, address, query, parameters, distributor).by(map);
    var found = distributor.gathering().mapped(inquiry, some, ids);
    warn(call, inquiry.passage(), found.warnings());
    return found.entities();
  }

  /// Lets sources do with their maps what is done with one here (clauses 5.14.2, 5.14.3).
  ///
  /// @param expiresAt null when it is deleted
  void pass(Call call, Address address, EntityMap map, @Nullable Value expiresAt) {
    var linked = map.linkedMaps();
    var distributor = linked.isEmpty() ? null : distributor(call, address);
    if (distributor != null)
      distributor.mapping().pass(passage(call, address, distributor), linked, expiresAt);
  }

  /// Which types and attributes sources have.
  ///
  /// @param name expanded name of the one asked about; null for all
  Discovery.Seen discover(
      Call call, Address address, Operation operation, String path, @Nullable String name) {
    var distributor = distributor(call, address);
    if (distributor == null) return Discovery.Seen.nothing();
    var passage = passage(call, address, distributor);
    var seen =
        distributor
            .discovery()
            .ask(
                passage,
                reader.sight(call.actor(), address),
                operation,
                path,
                name,
                call.flag("details"));
    warn(call, passage, seen.warnings());
    return seen;
  }

  private static Inquiry inquiry(
      Call call,
      Address address,
      Query query,
      QueryParser.Parameters parameters,
      Distributor distributor) {
    var written = written(call);
    var split = written.remove("splitEntities");
    if (split != null && !split.equals("true") && !split.equals("false"))
      throw new Refusal.Invalid("splitEntities must be true or false, not '" + split + "'");
    var csf = written.remove("csf");
    return new Inquiry(
        passage(call, address, distributor),
        call.actor(),
        address,
        query,
        written,
        Options.datasetIds(parameters, call.context()),
        SourceFilter.parse(csf, call.context()),
        split == null ? null : (Boolean) split.equals("true"),
        call.exchange().method().equals("POST"),
        null);
  }

  /// The filters in the caller's words, from the URL or a Query document.
  private static Map<String, String> written(Call call) {
    var written = new HashMap<String, String>();
    if (call.exchange().method().equals("POST")) {
      var members = EntityParser.object(call.document());
      members.forEach((name, value) -> keep(name, value, written));
      if (members.get("geoQ") instanceof Value.Struct(var geo))
        geo.forEach((name, value) -> keep(name, value, written));
    }
    for (var name : FILTERS) if (call.get(name) != null) written.put(name, call.get(name));
    for (var name : List.of("csf", "splitEntities"))
      if (call.get(name) != null) written.put(name, call.get(name));
    return written;
  }

  private static void keep(String name, Value value, Map<String, String> written) {
    if (!FILTERS.contains(name) && !name.equals("csf") && !name.equals("splitEntities")) return;
    written.put(
        name,
        switch (value) {
          case Value.Text(var text) -> text;
          case Value.Items _ when name.equals("expandValues") ->
              String.join(",", QueryParser.texts(value, name));
          default -> Json.text(value);
        });
  }

  static void warn(Call call, Passage passage, List<Warning> warnings) {
    // A thousand sources may be down at once; a caller's headers have room for some.
    var told = warnings.stream().distinct().toList();
    for (var warning : told.subList(0, Math.min(WARNINGS, told.size())))
      call.exchange().addHeader("NGSILD-Warning", warning.header(passage.alias()));
    if (told.size() > WARNINGS)
      call.exchange()
          .addHeader(
              "NGSILD-Warning",
              new Warning(199, "", "and " + (told.size() - WARNINGS) + " more of this kind")
                  .header(passage.alias()));
  }
}
