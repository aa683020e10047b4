package plaza.programme.place;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import plaza.graph.Refusal;
import plaza.graph.Value;
import plaza.programme.procedure.Caller;
import plaza.programme.procedure.Engine;
import plaza.programme.procedure.Outcome;
import plaza.programme.procedure.Situation;
import plaza.programme.procedure.Standing;
import plaza.programme.procedure.Work;
import plaza.programme.record.Dossier;
import plaza.programme.record.Fields;
import plaza.programme.record.Ids;
import plaza.programme.record.Kind;

/// Where innovation clusters and events are kept: organisations that work on a theme, the places
/// they do it at, and what happens there.
///
/// Being in a cluster or at an event says nothing of working together: the collaboration network is
/// made of joint proposals, pilots, funding and packages alone.
public final class HubDesk {
  private final Engine engine;

  public HubDesk(Engine engine) {
    this.engine = engine;
  }

  /// Opens an innovation cluster: `{title, theme, description, places, source, slug}`, by the pmo
  /// or the admin.
  public Outcome openCluster(Caller caller, Value.Struct json) {
    var input = new Fields("an innovation cluster", json);
    var slug = input.findText("slug", 60).map(s -> Ids.slug(Kind.INNOVATION_CLUSTER, s));
    var fields = new LinkedHashMap<String, Value>();
    fields.put("title", Value.of(input.text("title", 300)));
    fields.put("theme", Value.of(input.text("theme", 300)));
    fields.putAll(cluster(input));
    input.done();
    return engine.run(
        caller,
        work -> {
          if (!isOffice(caller))
            throw PlaceDesk.refused(
                caller, "an innovation cluster is opened by the pmo or the admin");
          var id = work.chosen(Kind.INNOVATION_CLUSTER, slug);
          return opened(work, Dossier.of(Kind.INNOVATION_CLUSTER, id, Dossier.KEPT, fields));
        });
  }

  /// Changes a cluster's `{title, theme, description, places, source}`, by the pmo or the admin.
  public Outcome amendCluster(
      Caller caller, String id, Value.Struct json, @Nullable Long expectedVersion) {
    var input = new Fields("an innovation cluster", json);
    var changes = cluster(input);
    for (var name : List.of("title", "theme"))
      input.findText(name, 300).ifPresent(text -> changes.put(name, Value.of(text)));
    input.done();
    return engine.run(
        caller,
        work -> {
          if (!isOffice(caller))
            throw PlaceDesk.refused(
                caller, "an innovation cluster is changed by the pmo or the admin");
          var record = work.get(Kind.INNOVATION_CLUSTER, id).expect(expectedVersion);
          return work.done(requirePlaces(work, record.with(changes)), "amend");
        });
  }

  private static Map<String, Value> cluster(Fields input) {
    var fields = new LinkedHashMap<String, Value>();
    for (var name : List.of("description", "source"))
      input.findText(name, 4_000).ifPresent(text -> fields.put(name, Value.of(text)));
    if (input.has("places")) fields.put("places", Value.of(input.uris("places")));
    return fields;
  }

  /// An organisation joins a cluster: `{organisation, since, role}`, by the office or one of its
  /// members. Joining again changes nothing.
  public Outcome join(Caller caller, String id, Value.Struct json) {
    var input = new Fields("a membership", json);
    var organisation = input.uri("organisation");
    var since = input.findMoment("since");
    var role = input.findText("role", 200);
    input.done();
    return engine.run(
        caller,
        work -> {
          requireOfficeOr(caller, organisation);
          var cluster = work.get(Kind.INNOVATION_CLUSTER, id);
          if (cluster.texts("organisations").contains(organisation)) return cluster;
          var membership = new LinkedHashMap<String, Value>();
          membership.put("organisation", Value.of(organisation));
          membership.put("since", Value.of(since.orElse(work.now()).toString()));
          role.ifPresent(text -> membership.put("role", Value.of(text)));
          var memberships = new ArrayList<>(cluster.items("memberships"));
          memberships.add(new Value.Struct(membership));
          var now = new LinkedHashSet<>(cluster.texts("organisations"));
          now.add(organisation);
          var joined =
              cluster
                  .with("memberships", new Value.Items(memberships))
                  .with("organisations", List.copyOf(now));
          return work.done(joined, "join", new Value.Struct(membership));
        });
  }

  /// An organisation leaves a cluster: `{organisation}`. That it was a member stays on record.
  public Outcome leave(Caller caller, String id, Value.Struct json) {
    var input = new Fields("a membership", json);
    var organisation = input.uri("organisation");
    input.done();
    return engine.run(
        caller,
        work -> {
          requireOfficeOr(caller, organisation);
          var cluster = work.get(Kind.INNOVATION_CLUSTER, id);
          var now = new ArrayList<>(cluster.texts("organisations"));
          if (!now.remove(organisation))
            throw new Refusal.NotFound(organisation + " is no member of " + id);
          var memberships =
              cluster.items("memberships").stream()
                  .map(one -> ended((Value.Struct) one, organisation, work))
                  .toList();
          var left =
              cluster
                  .with("memberships", new Value.Items(memberships))
                  .with("organisations", List.copyOf(now));
          return work.done(left, "leave", json);
        });
  }

  private static Value ended(Value.Struct membership, String organisation, Work work) {
    if (membership.members().containsKey("until")
        || !Value.of(organisation).equals(membership.members().get("organisation")))
      return membership;
    var ended = new LinkedHashMap<>(membership.members());
    ended.put("until", Value.of(work.now().toString()));
    return new Value.Struct(ended);
  }

  /// Announces an event: `{title, start, end, place, cluster, organiser, description, url, status
  /// (TENTATIVE | CONFIRMED | CANCELLED)}`, by the office, the place's fieldOwner or a member of
  /// the organiser. It takes no room: for that the place is booked.
  public Outcome announce(Caller caller, Value.Struct json) {
    var input = new Fields("an event", json);
    var fields = event(input);
    fields.put("title", Value.of(input.text("title", 300)));
    if (!fields.containsKey("start") || !fields.containsKey("end"))
      throw new Refusal.Invalid("an event needs start and end, two date-times");
    input.done();
    fields.putIfAbsent("status", Value.of("CONFIRMED"));
    fields.put("sequence", Value.of(0));
    fields.put("openedBy", Value.of(caller.id()));
    return engine.run(
        caller,
        work -> {
          var record = Dossier.of(Kind.EVENT, work.ids().next(Kind.EVENT), Dossier.KEPT, fields);
          requireHost(caller, work, record);
          return opened(work, record);
        });
  }

  /// Changes an event; calendars see the next revision.
  public Outcome amendEvent(
      Caller caller, String id, Value.Struct json, @Nullable Long expectedVersion) {
    var input = new Fields("an event", json);
    var changes = event(input);
    input.findText("title", 300).ifPresent(title -> changes.put("title", Value.of(title)));
    input.done();
    return engine.run(
        caller,
        work -> {
          var record = work.get(Kind.EVENT, id).expect(expectedVersion);
          requireHost(caller, work, record);
          var next =
              record
                  .with(changes)
                  .with("sequence", record.count("sequence") + 1)
                  .with("calendarChangedAt", work.now());
          requireHost(caller, work, next);
          return work.done(next, "amend");
        });
  }

  private static Map<String, Value> event(Fields input) {
    var fields = new LinkedHashMap<String, Value>();
    for (var name : List.of("start", "end"))
      input.findMoment(name).ifPresent(at -> fields.put(name, Value.of(at.toString())));
    for (var name : List.of("place", "cluster", "organiser", "url"))
      input.findUri(name).ifPresent(uri -> fields.put(name, Value.of(uri)));
    input.findText("description", 10_000).ifPresent(t -> fields.put("description", Value.of(t)));
    input
        .findOneOf("status", "TENTATIVE", "CONFIRMED", "CANCELLED")
        .ifPresent(status -> fields.put("status", Value.of(status)));
    return fields;
  }

  private static Dossier opened(Work work, Dossier record) {
    return work.done(requirePlaces(work, record), "open");
  }

  private static Dossier requirePlaces(Work work, Dossier record) {
    record.texts("places").forEach(id -> work.get(Kind.PLACE, id));
    return record;
  }

  private boolean isOffice(Caller caller) {
    var standing = engine.standing(caller);
    return standing.holds("pmo") || standing.holds("admin");
  }

  private void requireOfficeOr(Caller caller, String organisation) {
    if (!isOffice(caller) && !engine.standing(caller).organisations().contains(organisation))
      throw PlaceDesk.refused(
          caller,
          "who is in a cluster is said by the organisation's members, the pmo or the admin");
  }

  private void requireHost(Caller caller, Work work, Dossier event) {
    Vacancy.when(event); // refuses what ends before it begins
    event.findText("cluster").ifPresent(id -> work.get(Kind.INNOVATION_CLUSTER, id));
    var place = event.findText("place").map(id -> work.get(Kind.PLACE, id));
    Standing standing = engine.standing(caller);
    boolean keeper =
        place.filter(p -> standing.holds("fieldOwner", Situation.scopes(p))).isPresent();
    if (isOffice(caller) || keeper || standing.belongsToAny(event.texts("organiser"))) return;
    throw PlaceDesk.refused(
        caller,
        "an event is announced by the pmo, the admin, the place's fieldOwner or a member of its"
            + " organiser");
  }
}
