package plaza.programme.regulation;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import plaza.graph.Refusal;
import plaza.graph.Value;
import plaza.programme.procedure.Caller;
import plaza.programme.procedure.Engine;
import plaza.programme.procedure.Outcome;
import plaza.programme.record.Dossier;
import plaza.programme.record.Fields;
import plaza.programme.record.Kind;

/// Where regulatory cases are raised. All else about them are steps of the regulatory officer and
/// of the competent authority, or time's.
public final class RegulationDesk {
  private final Engine engine;

  public RegulationDesk(Engine engine) {
    this.engine = engine;
  }

  /// Asks whether a rule stands in the way: `{title, pilot, organisation, act, location, area,
  /// placeDescription, scale, supersedes}`. The title is needed at once; the rest before the
  /// officer begins. Of a pilot, by its team or the office; without one by a member of the
  /// organisation.
  public Outcome raise(Caller caller, Value.Struct json) {
    var input = new Fields("a regulatory case", json);
    var fields = new LinkedHashMap<String, Value>();
    fields.put("title", Value.of(input.text("title", 300)));
    for (var name : new String[] {"pilot", "organisation", "supersedes"})
      input.findUri(name).ifPresent(id -> fields.put(name, Value.of(id)));
    fields.putAll(fields(input));
    input.done();
    fields.put("raisedBy", Value.of(caller.id()));
    return engine.run(
        caller,
        work -> {
          if (fields.get("pilot") instanceof Value.Text(var pilot))
            work.get(Kind.PILOT, pilot)
                .find("organisation")
                .ifPresent(team -> fields.put("organisation", team));
          if (fields.get("supersedes") instanceof Value.Text(var earlier))
            requireSame(work.get(Kind.REGULATORY_CASE, earlier), fields);
          var record =
              Dossier.of(
                  Kind.REGULATORY_CASE, work.ids().next(Kind.REGULATORY_CASE), "RAISED", fields);
          requireParty(caller, record);
          return work.done(record, "raise");
        });
  }

  /// Describes the case better, until its confirmation has begun.
  public Outcome amend(
      Caller caller, String id, Value.Struct json, @Nullable Long expectedVersion) {
    return engine.run(
        caller,
        work -> {
          var record = work.get(Kind.REGULATORY_CASE, id).expect(expectedVersion);
          requireParty(caller, record);
          if (!record.is("RAISED"))
            throw new Refusal.Conflict(
                id + " is " + record.state() + "; it is described while it is RAISED");
          var input = new Fields("a regulatory case", json);
          var changes = fields(input);
          input.findText("title", 300).ifPresent(title -> changes.put("title", Value.of(title)));
          input.done();
          var amended = record.with(changes);
          return work.done(amended, "amend");
        });
  }

  private static Map<String, Value> fields(Fields input) {
    var fields = new LinkedHashMap<String, Value>();
    input.findText("act", 20_000).ifPresent(act -> fields.put("act", Value.of(act)));
    input.findText("scale", 1_000).ifPresent(scale -> fields.put("scale", Value.of(scale)));
    input
        .findText("placeDescription", 2_000)
        .ifPresent(text -> fields.put("placeDescription", Value.of(text)));
    for (var name : new String[] {"location", "area"})
      input.findPlace(name).ifPresent(shape -> fields.put(name, shape));
    return fields;
  }

  /// A case takes the place of an earlier one of the same pilot, or of none.
  private static void requireSame(Dossier earlier, Map<String, Value> fields) {
    var pilot = fields.get("pilot");
    if (pilot == null || !earlier.find("pilot").filter(pilot::equals).isPresent())
      throw new Refusal.Invalid(
          "a regulatory case supersedes one of the same pilot, which " + earlier.id() + " is not");
  }

  private void requireParty(Caller caller, Dossier record) {
    var standing = engine.standing(caller);
    if (standing.holds("pmo")
        || standing.holds("regulatoryOfficer")
        || standing.belongsToAny(record.texts("organisation"))) return;
    var sentence =
        "a regulatory case is raised by the pilot's team or organisation, the regulatoryOfficer or"
            + " the pmo";
    throw caller.isSignedIn()
        ? new Refusal.Forbidden(sentence)
        : new Refusal.Unauthenticated(sentence + "; sign in");
  }
}
