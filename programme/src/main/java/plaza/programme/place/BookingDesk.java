package plaza.programme.place;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import plaza.graph.Refusal;
import plaza.graph.Value;
import plaza.programme.procedure.Caller;
import plaza.programme.procedure.Engine;
import plaza.programme.procedure.Outcome;
import plaza.programme.procedure.Situation;
import plaza.programme.procedure.Work;
import plaza.programme.record.Dossier;
import plaza.programme.record.Fields;
import plaza.programme.record.Kind;

/// Where places are asked for. What becomes of it are steps: the field owner's, the holder's, or
/// Plaza's own at a place that confirms by itself.
public final class BookingDesk {
  private static final Duration LONGEST = Duration.ofDays(1_830);
  private static final Duration FARTHEST = Duration.ofDays(1_100);
  private final Engine engine;

  public BookingDesk(Engine engine) {
    this.engine = engine;
  }

  /// Asks for a place: `{place, start, end, units, title, purpose, pilot, organisation,
  /// conditionsAccepted}`. At a place that confirms by itself it is confirmed at once when it can
  /// be; else, and elsewhere, it waits: what is free instead is answered as `alternatives`.
  ///
  /// @throws Refusal.Forbidden when the caller is neither of the pilot's or the named organisation,
  ///   nor the office, nor may book for themselves there
  public Outcome request(Caller caller, Value.Struct json) {
    var input = new Fields("a booking", json);
    var placeId = input.uri("place");
    var fields = times(input);
    if (!fields.containsKey("start") || !fields.containsKey("end"))
      throw new Refusal.Invalid("a booking needs start and end, two date-times");
    fields.putIfAbsent("units", Value.of(1));
    input.findUri("pilot").ifPresent(id -> fields.put("pilot", Value.of(id)));
    input.findUri("organisation").ifPresent(id -> fields.put("organisation", Value.of(id)));
    boolean accepted = input.flag("conditionsAccepted");
    input.done();
    return engine.run(
        caller,
        work -> {
          var place = bookable(work, placeId);
          fields.put("place", Value.of(placeId));
          place.find("owner").ifPresent(owner -> fields.put("owner", owner));
          fields.put("placeKind", Value.of(place.text("kind")));
          fields.put("grace", Value.of(place.count("grace")));
          fields.put("holder", Value.of(caller.id()));
          fields.put("sequence", Value.of(0));
          requireHolder(caller, work, place, fields);
          if (accepted) accept(work, place, fields);
          var record = Dossier.of(Kind.BOOKING, work.ids().next(Kind.BOOKING), "REQUESTED", fields);
          requireSensible(work, place, record);
          work.save(record);
          work.enter(record, "request", Waitlist.told(record, "fieldOwner"));
          return settled(work, place, record);
        });
  }

  /// Another time, or the conditions accepted, while the booking waits: `{start, end, units, title,
  /// purpose, conditionsAccepted}`.
  public Outcome amend(
      Caller caller, String id, Value.Struct json, @Nullable Long expectedVersion) {
    return engine.run(
        caller,
        work -> {
          var record = work.get(Kind.BOOKING, id).expect(expectedVersion);
          if (!record.is("REQUESTED"))
            throw new Refusal.Conflict(
                id
                    + " is "
                    + record.state()
                    + "; its time is changed while it is REQUESTED. Cancel it and ask anew");
          if (!isHolder(caller, record))
            throw PlaceDesk.refused(caller, id + " is changed by who asked for it");
          var input = new Fields("a booking", json);
          var changes = times(input);
          var place = bookable(work, record.text("place"));
          if (input.flag("conditionsAccepted")) accept(work, place, changes);
          input.done();
          var amended = record.with(changes).with("sequence", record.count("sequence") + 1);
          requireSensible(work, place, amended);
          work.save(amended);
          work.enter(amended, "amend", Value.Struct.EMPTY);
          return settled(work, place, amended);
        });
  }

  /// Notes that the kit of a pilot is gone from the field: `{note}`, by the fieldOwner or the pmo.
  public Outcome dismantled(Caller caller, String id, Value.Struct json) {
    var input = new Fields("a dismantling", json);
    var note = input.text("note", 4_000);
    input.done();
    return engine.run(
        caller,
        work -> {
          var record = work.get(Kind.BOOKING, id);
          var standing = engine.standing(caller);
          if (!standing.holds("pmo") && !standing.holds("fieldOwner", Situation.scopes(record)))
            throw PlaceDesk.refused(
                caller, "that " + id + " is dismantled is noted by the fieldOwner or the pmo");
          var task = record.findStruct("dismantle");
          if (task.isEmpty())
            throw new Refusal.Conflict(id + " has nothing to dismantle: it is " + record.state());
          var done = new LinkedHashMap<>(task.get().members());
          done.put("doneAt", Value.of(work.now().toString()));
          done.put("note", Value.of(note));
          var noted = record.with("dismantle", new Value.Struct(done));
          return work.done(noted, "dismantled");
        });
  }

  /// Confirms at once what can be where nobody has to look at it; tells what is free instead.
  private Dossier settled(Work work, Dossier place, Dossier booking) {
    var obstacles = Vacancy.obstacles(work, booking);
    if (obstacles.isEmpty()) {
      if (!place.flag("autoConfirm")) return booking;
      return engine.move(work, Kind.BOOKING, booking.id(), "confirm", "auto", Value.Struct.EMPTY);
    }
    work.answer("obstacles", Value.of(obstacles));
    work.answer("alternatives", new Value.Items(Alternatives.of(work, booking)));
    return booking;
  }

  private static Map<String, Value> times(Fields input) {
    var fields = new LinkedHashMap<String, Value>();
    for (var name : new String[] {"start", "end"})
      input.findMoment(name).ifPresent(at -> fields.put(name, Value.of(at.toString())));
    input.findCount("units", 1, 100_000).ifPresent(units -> fields.put("units", Value.of(units)));
    input.findText("title", 200).ifPresent(title -> fields.put("title", Value.of(title)));
    input.findText("purpose", 4_000).ifPresent(text -> fields.put("purpose", Value.of(text)));
    return fields;
  }

  private static Dossier bookable(Work work, String placeId) {
    var place = work.get(Kind.PLACE, placeId);
    if (!PlaceDesk.BOOKABLE.contains(place.text("kind")))
      throw new Refusal.Invalid(
          placeId
              + " is a "
              + place.text("kind")
              + "; a space, equipment or a test field can be booked");
    if (place.has("retiredAt")) throw new Refusal.Conflict(placeId + " is no longer offered");
    return place;
  }

  private static void accept(Work work, Dossier place, Map<String, Value> fields) {
    Vacancy.conditionsHash(place)
        .ifPresent(hash -> {
          fields.put("conditionsHash", Value.of(hash));
          fields.put("conditionsAcceptedAt", Value.of(work.now().toString()));
        });
  }

  private static void requireSensible(Work work, Dossier place, Dossier booking) {
    var when = Vacancy.when(booking);
    if (!when.until().isAfter(work.now()))
      throw new Refusal.Invalid("a booking must end in the future, not at " + when.until());
    if (when.length().compareTo(LONGEST) > 0)
      throw new Refusal.Invalid("a booking lasts at most " + LONGEST.toDays() + " days");
    if (when.from().isAfter(work.now().plus(FARTHEST)))
      throw new Refusal.Invalid("a booking starts within " + FARTHEST.toDays() + " days");
    if (booking.count("units") > place.count("capacity"))
      throw new Refusal.Invalid(
          place.id() + " has " + place.count("capacity") + "; more cannot be booked at once");
  }

  /// Who books for a pilot belongs to it; who books for an organisation belongs to that; a resident
  /// books what is open to residents.
  private void requireHolder(Caller caller, Work work, Dossier place, Map<String, Value> fields) {
    var standing = engine.standing(caller);
    if (fields.get("pilot") instanceof Value.Text(var pilotId)) {
      var pilot = work.get(Kind.PILOT, pilotId);
      if (engine.procedures().isTerminal(Kind.PILOT, pilot.state()))
        throw new Refusal.Conflict(pilotId + " is " + pilot.state() + " and needs no place");
      pilot.find("organisation").ifPresent(team -> fields.put("organisation", team));
      if (standing.belongsToAny(pilot.texts("organisation"))) return;
    } else if (fields.get("organisation") instanceof Value.Text(var organisation)) {
      if (standing.organisations().contains(organisation)) return;
    } else if (place.findText("openTo").orElse("").equals("residents") && caller.isSignedIn()) {
      return;
    }
    if (standing.holds("pmo") || standing.holds("fieldOwner", Situation.scopes(place))) return;
    throw PlaceDesk.refused(
        caller,
        place.id()
            + " is booked for a pilot by its team, for an organisation by its members"
            + (place.findText("openTo").orElse("").equals("residents") ? ", or by residents" : "")
            + "; send pilot or organisation");
  }

  private boolean isHolder(Caller caller, Dossier booking) {
    return isHolder(caller, booking, engine.standing(caller));
  }

  static boolean isHolder(
      Caller caller, Dossier booking, plaza.programme.procedure.Standing standing) {
    return caller.isSignedIn()
        && (booking.texts("holder").contains(caller.id())
            || standing.belongsToAny(booking.texts("organisation")));
  }
}
