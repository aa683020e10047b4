package plaza.programme.place;

import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import plaza.graph.GeoValue;
import plaza.graph.Refusal;
import plaza.graph.Value;
import plaza.programme.procedure.Caller;
import plaza.programme.procedure.Engine;
import plaza.programme.procedure.Outcome;
import plaza.programme.procedure.Situation;
import plaza.programme.procedure.Work;
import plaza.programme.record.Dossier;
import plaza.programme.record.Fields;
import plaza.programme.record.Ids;
import plaza.programme.record.Kind;

/// Where places are described: a district holds sites, a site holds spaces, equipment and test
/// fields, which can be booked.
public final class PlaceDesk {
  /// What can be booked.
  static final List<String> BOOKABLE = List.of("space", "equipment", "testField");

  private static final int DEEPEST = 10;
  private static final long MOST_CAPACITY = 100_000;
  private final Engine engine;

  public PlaceDesk(Engine engine) {
    this.engine = engine;
  }

  /// Describes a place: `{name, kind (district | site | space | equipment | testField), within,
  /// owner, location, capacity, …}` and what [#amend] takes. The owner is the organisation whose
  /// fieldOwner looks after it; without one it is the owner of what it lies in.
  public Outcome open(Caller caller, Value.Struct json) {
    var input = new Fields("a place", json);
    var slug = input.findText("slug", 60).map(s -> Ids.slug(Kind.PLACE, s));
    var fields = new LinkedHashMap<String, Value>();
    fields.put("name", Value.of(input.text("name", 300)));
    var kind = input.oneOf("kind", "district", "site", "space", "equipment", "testField");
    fields.put("kind", Value.of(kind));
    input.findUri("within").ifPresent(id -> fields.put("within", Value.of(id)));
    fields.putAll(fields(input, kind));
    input.done();
    if (BOOKABLE.contains(kind)) defaults(fields, kind);
    return engine.run(
        caller,
        work -> {
          inherit(work, fields, kind);
          requireKeeper(caller, Dossier.of(Kind.PLACE, "urn:new", Dossier.KEPT, fields));
          var id = work.chosen(Kind.PLACE, slug);
          var record = Dossier.of(Kind.PLACE, id, Dossier.KEPT, fields);
          return work.done(record, "open");
        });
  }

  /// Changes what is said of a place: `{name, description, owner, address, location,
  /// locationQuality, fact, source, timeZone}` and, of what can be booked, `{capacity, unit,
  /// openingHours, closures, hoursApplyTo, conditions, autoConfirm, openTo, grace, dismantleDays,
  /// retired}`. Bookings that are confirmed stay; a capacity below what is taken is refused.
  public Outcome amend(
      Caller caller, String id, Value.Struct json, @Nullable Long expectedVersion) {
    return engine.run(
        caller,
        work -> {
          var record = work.get(Kind.PLACE, id).expect(expectedVersion);
          requireKeeper(caller, record);
          var input = new Fields("a place", json);
          var changes = fields(input, record.text("kind"));
          input.findText("name", 300).ifPresent(name -> changes.put("name", Value.of(name)));
          if (input.flag("retired")) changes.put("retiredAt", Value.of(work.now().toString()));
          input.done();
          var amended = record.with(changes);
          requireRoom(work, amended);
          return work.done(amended, "amend");
        });
  }

  private static void defaults(Map<String, Value> fields, String kind) {
    fields.putIfAbsent("capacity", Value.of(1));
    fields.putIfAbsent("grace", Value.of(30));
    fields.putIfAbsent("hoursApplyTo", Value.of(kind.equals("space") ? "WHOLE" : "ENDS"));
    if (kind.equals("testField")) fields.putIfAbsent("dismantleDays", Value.of(14));
  }

  private static Map<String, Value> fields(Fields input, String kind) {
    var fields = new LinkedHashMap<String, Value>();
    for (var name : List.of("description", "address", "locationQuality", "fact", "source"))
      input.findText(name, 4_000).ifPresent(text -> fields.put(name, Value.of(text)));
    input.findUri("owner").ifPresent(owner -> fields.put("owner", Value.of(owner)));
    input.findPlace("location").ifPresent(place -> fields.put("location", place));
    input.findText("timeZone", 60).ifPresent(zone -> fields.put("timeZone", zone(input, zone)));
    if (BOOKABLE.contains(kind)) booking(input, fields);
    return fields;
  }

  private static void booking(Fields input, Map<String, Value> fields) {
    input
        .findCount("capacity", 1, MOST_CAPACITY)
        .ifPresent(n -> fields.put("capacity", Value.of(n)));
    input.findText("unit", 60).ifPresent(unit -> fields.put("unit", Value.of(unit)));
    if (input.has("openingHours"))
      fields.put(
          "openingHours",
          OpeningHours.toValue(
              input.structs("openingHours", 50).stream().map(OpeningHours::shift).toList()));
    if (input.has("closures"))
      fields.put(
          "closures",
          new Value.Items(
              input.structs("closures", 500).stream()
                  .<Value>map(one -> Interval.of(one).toValue())
                  .toList()));
    input
        .findOneOf("hoursApplyTo", "WHOLE", "ENDS")
        .ifPresent(what -> fields.put("hoursApplyTo", Value.of(what)));
    input.findText("conditions", 20_000).ifPresent(t -> fields.put("conditions", Value.of(t)));
    if (input.has("autoConfirm")) fields.put("autoConfirm", Value.of(input.flag("autoConfirm")));
    input
        .findOneOf("openTo", "members", "residents")
        .ifPresent(who -> fields.put("openTo", Value.of(who)));
    input.findCount("grace", 0, 10_080).ifPresent(n -> fields.put("grace", Value.of(n)));
    input
        .findCount("dismantleDays", 0, 365)
        .ifPresent(n -> fields.put("dismantleDays", Value.of(n)));
  }

  private static Value zone(Fields input, String text) {
    try {
      return Value.of(ZoneId.of(text).getId());
    } catch (DateTimeException e) {
      throw input.wrong("timeZone", "a time zone such as Europe/London");
    }
  }

  /// What a place does not say of itself holds as for what it lies in.
  private static void inherit(Work work, Map<String, Value> fields, String kind) {
    var within = fields.get("within") instanceof Value.Text(var id) ? id : null;
    if (within == null) {
      if (!kind.equals("district") && !kind.equals("site"))
        throw new Refusal.Invalid("a " + kind + " lies within a site: send within, the site's id");
      return;
    }
    var around = work.get(Kind.PLACE, within);
    requireOrder(kind, around);
    for (var name : List.of("owner", "timeZone"))
      around.find(name).ifPresent(value -> fields.putIfAbsent(name, value));
    if (!fields.containsKey("location"))
      around
          .findStruct("location")
          .filter(shape -> Value.of("Point").equals(shape.members().get("type")))
          .ifPresent(shape -> fields.put("location", shape));
  }

  private static void requireOrder(String kind, Dossier around) {
    var outer = around.text("kind");
    boolean fits =
        switch (kind) {
          case "district", "site" -> outer.equals("district");
          default -> outer.equals("district") || outer.equals("site") || outer.equals("space");
        };
    if (!fits)
      throw new Refusal.Invalid(
          "a " + kind + " does not lie within a " + outer + " (" + around.id() + ")");
  }

  /// Nobody is left without a place because it became smaller.
  private static void requireRoom(Work work, Dossier place) {
    if (!place.has("capacity")) return;
    var occupancy = Vacancy.occupancy(work, place, "");
    for (var use : occupancy.uses())
      if (use.when().until().isAfter(work.now()) && occupancy.leastFree(use.when()) < 0)
        throw new Refusal.Conflict(
            place.id()
                + " is booked for more than "
                + place.count("capacity")
                + " between "
                + use.when().from()
                + " and "
                + use.when().until()
                + "; cancel bookings first");
  }

  /// The keeper of a place: its fieldOwner, the pmo, or who configures the city.
  private void requireKeeper(Caller caller, Dossier place) {
    var standing = engine.standing(caller);
    if (standing.holds("pmo")
        || standing.holds("admin")
        || standing.holds("fieldOwner", Situation.scopes(place))) return;
    throw refused(caller, "places are described by their fieldOwner, the pmo and the admin");
  }

  /// A place and what it lies in, from the inside out.
  static List<Dossier> path(Work work, Dossier place) {
    var path = new ArrayList<Dossier>();
    Optional<Dossier> next = Optional.of(place);
    while (next.isPresent() && path.size() < DEEPEST) {
      path.add(next.get());
      next = next.get().findText("within").flatMap(id -> work.find(Kind.PLACE, id));
    }
    return path;
  }

  /// The middle of a place; empty when it has no location.
  static Optional<GeoValue> location(Dossier place) {
    return place.findStruct("location").map(GeoValue::of);
  }

  static Refusal refused(Caller caller, String sentence) {
    return caller.isSignedIn()
        ? new Refusal.Forbidden(sentence)
        : new Refusal.Unauthenticated(sentence + "; sign in");
  }
}
