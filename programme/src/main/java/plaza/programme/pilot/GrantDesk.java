package plaza.programme.pilot;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import plaza.graph.Names;
import plaza.graph.Refusal;
import plaza.graph.Value;
import plaza.programme.procedure.Caller;
import plaza.programme.procedure.Engine;
import plaza.programme.procedure.Outcome;
import plaza.programme.procedure.Situation;
import plaza.programme.record.Dossier;
import plaza.programme.record.Fields;
import plaza.programme.record.Kind;

/// Where data are asked for. Everything else about a grant is a step: the data steward's, or
/// Plaza's own when the pilot starts, stops or the grant ends.
public final class GrantDesk {
  private final Engine engine;

  public GrantDesk(Engine engine) {
    this.engine = engine;
  }

  /// Asks for data for a pilot, a service or an exploration: `{pilot, service or exploration,
  /// types, attributes, area, areaName, dataFrom, dataUntil, startDate, endDate, purpose,
  /// personalData, dpiaRef, licence, agreementClause}`; pilot, types, endDate and purpose are
  /// needed sooner or later, pilot, types and endDate at once.
  public Outcome request(Caller caller, Value.Struct json) {
    var input = new Fields("a data grant", json);
    var kind =
        input.has("service")
            ? Kind.SERVICE
            : input.has("exploration") ? Kind.EXPLORATION : Kind.PILOT;
    var field = kind == Kind.EXPLORATION ? "exploration" : GateDesk.field(kind);
    var holderId = input.uri(field);
    var fields = new LinkedHashMap<String, Value>();
    fields.put(field, Value.of(holderId));
    var types = input.uris("types");
    if (types.isEmpty())
      throw new Refusal.Invalid("a data grant needs types: expanded entity types, at least one");
    for (var type : types)
      if (Names.isPrivate(type))
        throw new Refusal.Invalid("the type " + type + " is never granted to anybody");
    fields.put("types", Value.of(types));
    fields.put("attributes", Value.of(input.uris("attributes")));
    input.findPlace("area").ifPresent(area -> fields.put("area", area));
    for (var date : new String[] {"dataFrom", "dataUntil", "startDate"})
      input.findMoment(date).ifPresent(at -> fields.put(date, Value.of(at.toString())));
    var end = input.moment("endDate");
    if (input.findMoment("startDate").filter(start -> !start.isBefore(end)).isPresent())
      throw input.wrong("startDate", "a moment before endDate");
    fields.put("endDate", Value.of(end.toString()));
    for (var text : new String[] {"areaName", "purpose", "dpiaRef", "licence", "agreementClause"})
      input.findText(text, 4_000).ifPresent(t -> fields.put(text, Value.of(t)));
    fields.put("personalData", Value.of(input.flag("personalData")));
    input.done();
    fields.put("requestedBy", Value.of(caller.id()));
    return engine.run(
        caller,
        work -> {
          var holder = work.get(kind, holderId);
          requireMay(caller, holder);
          if (engine.procedures().isTerminal(kind, holder.state()))
            throw new Refusal.Conflict(holderId + " is " + holder.state() + " and needs no data");
          fields.put("organisation", Value.of(organisation(holder)));
          var record =
              Dossier.of(Kind.DATA_GRANT, work.ids().next(Kind.DATA_GRANT), "REQUESTED", fields);
          return work.done(record, "request", new Value.Struct(Map.of()));
        });
  }

  private void requireMay(Caller caller, Dossier holder) {
    var standing = engine.standing(caller);
    boolean may =
        standing.holds("pmo")
            || standing.belongsToAny(holder.texts("organisation"))
            || standing.belongsToAny(holder.texts("operator"))
            || (holder.kind() == Kind.SERVICE
                && standing.holds("serviceOwner", Situation.scopes(holder)));
    if (!may)
      throw PilotDesk.refused(
          caller, "data for " + holder.id() + " are asked for by its organisation or the pmo");
  }

  /// Who gets the data: of a service its operator, else its department.
  private static String organisation(Dossier holder) {
    for (var field : List.of("organisation", "operator", "department"))
      if (holder.findText(field).isPresent()) return holder.text(field);
    throw new Refusal.Conflict("name the operator or department of " + holder.id() + " first");
  }
}
