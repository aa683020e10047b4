package plaza.ngsild.http;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import plaza.graph.Address;
import plaza.graph.Refusal;
import plaza.graph.Value;
import plaza.graph.change.Outcome;
import plaza.json.Json;
import plaza.ngsild.distribute.Errand;
import plaza.ngsild.distribute.Forwarding;
import plaza.ngsild.distribute.Routing;
import plaza.ngsild.distribute.Verdict;
import plaza.ngsild.distribute.Writing;
import plaza.ngsild.query.Selections;
import plaza.ngsild.source.Operation;

/// Changes of one entity that concern context sources: parts go out, the rest is done here, and
/// what became of all of it is one answer (clauses 5.6, 6.3.17).
final class Provision {
  /// How it is told that only a part was done.
  enum Form {
    /// BatchOperationResult (clause 5.2.16).
    ENTITY,
    /// UpdateResult (clause 5.2.18).
    ATTRIBUTES
  }

  /// What is done here, with what is left of the document; it may be refused.
  @FunctionalInterface
  interface Here extends Function<Value, Outcome.Done> {}

  private final Desk desk;

  Provision(Desk desk) {
    this.desk = desk;
  }

  /// @param location of what is created; null when nothing is
  /// @return whether sources were concerned and the call has been answered
  boolean handle(
      Call call, Address address, Errand errand, Form form, @Nullable String location, Here here) {
    var distributor = desk.federation.distributor(call, address);
    if (distributor == null) return false;
    var passage = Federation.passage(call, address, distributor);
    var routing = distributor.forwarding().route(passage, errand);
    if (routing.parcels().isEmpty()) return false;
    requireRight(call, address, errand, routing);
    var verdicts = distributor.forwarding().send(passage, errand, routing.parcels());
    Outcome.@Nullable Done done = null;
    @Nullable Refusal trouble = null;
    if (routing.staysHere())
      try {
        var writing = errand.writing();
        done =
            here.apply(
                writing == null
                    ? Value.Null.VALUE
                    : errand.attributeBody()
                        ? writing.document()
                        : writing.only(routing.here()).document());
      } catch (Refusal refusal) {
        trouble = refusal;
      }
    new Settlement(call, errand, form, routing, verdicts, done, trouble).answer(location);
    return true;
  }

  private void requireRight(Call call, Address address, Errand errand, Routing routing) {
    var attributes = new LinkedHashSet<String>();
    for (var parcel : routing.parcels()) attributes.addAll(parcel.attributes());
    Forwarding.requireRight(
        call.actor(),
        desk.policy.rights(call.actor(), address).write(),
        errand.entityId(),
        errand.types(),
        attributes);
  }

  /// What is known of an entity's types: what the body and the URL say, and what is held here.
  List<String> types(Call call, Address address, String id, List<String> said) {
    var distributor = desk.federation.distributor(call, address);
    if (distributor == null) return said;
    var types = new LinkedHashSet<>(said);
    var inUrl = call.get("type");
    var selection = inUrl == null ? null : Selections.types(inUrl, call.context());
    if (selection != null) types.addAll(selection.named());
    var held = desk.reader.findAll(call.actor(), address, List.of(id)).get(id);
    if (held != null) types.addAll(held.types());
    return List.copyOf(types);
  }

  /// Parameters of the URL that mean the same to a source.
  static Map<String, String> parameters(Call call, String... names) {
    var parameters = new LinkedHashMap<String, String>();
    for (var name : names) {
      var value = call.get(name);
      if (value != null)
        parameters.put(name, name.equals("datasetId") ? call.context().datasetId(value) : value);
    }
    return parameters;
  }

  static Problem problem(Verdict.Fault fault, String registrationId) {
    var type =
        switch (fault.kind()) {
          case CONFLICT -> Problem.Type.CONFLICT;
          case EXISTS -> Problem.Type.ALREADY_EXISTS;
          case UNSUPPORTED -> Problem.Type.OPERATION_NOT_SUPPORTED;
          case NOT_FOUND -> Problem.Type.RESOURCE_NOT_FOUND;
          case LATE -> Problem.Type.SOURCE_LATE;
          case LOOP -> Problem.Type.LOOP;
          case FAILED, PARTIAL -> Problem.Type.SOURCE_FAILED;
        };
    var said = fault.kind() == Verdict.Kind.PARTIAL ? null : fault.said();
    return new Problem(type, registrationId + ": " + fault.detail(), said);
  }

  /// The one answer.
  private record Settlement(
      Call call,
      Errand errand,
      Form form,
      Routing routing,
      List<Verdict> verdicts,
      Outcome.@Nullable Done done,
      @Nullable Refusal trouble) {

    void answer(@Nullable String location) {
      boolean any =
          done != null
              || verdicts.stream()
                  .anyMatch(
                      one -> one.fault() == null || one.fault().kind() == Verdict.Kind.PARTIAL);
      // That it is not held at a place where it only may be is nothing abnormal, if it is
      // somewhere.
      var failed =
          verdicts.stream()
              .filter(one -> one.fault() != null && !(any && one.isAbsence()))
              .toList();
      boolean absentHere = trouble instanceof Refusal.NotFound;
      var here = any && absentHere ? null : trouble;
      boolean left = done != null && !done.notUpdated().isEmpty();
      if (!any) throw together(failed, here);
      boolean created =
          (done != null && done.created()) || verdicts.stream().anyMatch(Verdict::created);
      if (location != null) call.exchange().setHeader("Location", location);
      if (failed.isEmpty() && here == null && !left)
        call.exchange().send(isCreation() || (location != null && created) ? 201 : 204);
      else
        call.exchange()
            .send(
                207,
                Media.JSON.type,
                Json.bytes(form == Form.ENTITY ? entity(failed, here) : attributes(failed, here)));
    }

    /// Whatever a source answers when it has done it: of a creation there is one answer (clause
    /// 6.4.3.1); what is recorded may be there already (6.18.3.1).
    private boolean isCreation() {
      return errand.operation() == Operation.CREATE_ENTITY;
    }

    /// Nothing was done: the error that says most.
    private Problem together(List<Verdict> failed, @Nullable Refusal here) {
      var problems = new ArrayList<Problem>();
      for (var one : failed)
        if (one.fault() != null) problems.add(problem(one.fault(), one.registrationId()));
      if (here != null) problems.add(Problem.of(here));
      var first =
          problems.stream()
              .filter(one -> one.type != Problem.Type.RESOURCE_NOT_FOUND)
              .findFirst()
              .orElse(problems.getFirst());
      var details = problems.stream().map(Throwable::getMessage).distinct().toList();
      return new Problem(first.type, String.join("; ", details));
    }

    private Value entity(List<Verdict> failed, @Nullable Refusal here) {
      var errors = new ArrayList<Value>();
      for (var one : failed)
        if (one.fault() != null)
          errors.add(
              BatchResults.error(
                  errand.entityId(),
                  problem(one.fault(), one.registrationId()),
                  one.registrationId()));
      if (here != null) errors.add(BatchResults.error(errand.entityId(), Problem.of(here), null));
      var members = new LinkedHashMap<String, Value>();
      members.put("success", Value.of(List.of(errand.entityId())));
      members.put("errors", new Value.Items(errors));
      return new Value.Struct(members);
    }

    /// What was done at one place and not at another is both (clause 5.2.19: the registration says
    /// where it was not).
    private Value attributes(List<Verdict> failed, @Nullable Refusal here) {
      var left = new ArrayList<Value>();
      for (var one : failed) {
        var fault = one.fault();
        if (fault == null) continue;
        var reasons = new LinkedHashMap<>(fault.attributes());
        if (reasons.isEmpty())
          for (var name : one.parcel().attributes()) reasons.put(name, fault.detail());
        reasons.forEach((name, reason) -> left.add(detail(name, reason, one.registrationId())));
      }
      if (here != null)
        for (var name : routing.here().attributes())
          left.add(detail(name, String.valueOf(here.getMessage()), null));
      if (done != null)
        for (var one : done.notUpdated()) left.add(detail(one.attribute(), one.reason(), null));
      var members = new LinkedHashMap<String, Value>();
      members.put("updated", Value.of(Writing.named(updated(), call.context())));
      members.put("notUpdated", new Value.Items(left));
      return new Value.Struct(members);
    }

    private Set<String> updated() {
      var updated = new LinkedHashSet<String>();
      if (done != null) {
        updated.addAll(routing.here().attributes());
        for (var one : done.notUpdated()) updated.remove(one.attribute());
      }
      for (var one : verdicts) {
        var fault = one.fault();
        if (fault != null && fault.attributes().isEmpty()) continue;
        for (var name : one.parcel().attributes())
          if (fault == null || !fault.attributes().containsKey(name)) updated.add(name);
      }
      return updated;
    }

    private Value detail(String name, String reason, @Nullable String registrationId) {
      var members = new LinkedHashMap<String, Value>();
      members.put("attributeName", Value.of(call.context().name(name)));
      members.put("reason", Value.of(reason));
      if (registrationId != null) members.put("registrationId", Value.of(registrationId));
      return new Value.Struct(members);
    }
  }
}
