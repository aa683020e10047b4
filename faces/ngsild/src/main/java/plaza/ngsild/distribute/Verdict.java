package plaza.ngsild.distribute;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import plaza.graph.Value;

/// What became of one parcel.
///
/// @param fault null when it was done
/// @param created whether the source says that something exists now that did not
public record Verdict(Routing.Parcel parcel, @Nullable Fault fault, boolean created) {
  /// Why a part was not done (clause 6.3.17).
  ///
  /// @param attributes that were not done, with the reason of each, when others were
  /// @param said what the source says of it in a batch's result, to be told on: ProblemDetails, or
  ///   of a part its whole BatchOperationResult; null for nothing
  public record Fault(
      Kind kind, String detail, Map<String, String> attributes, Value.@Nullable Struct said) {
    public Fault {
      attributes = Map.copyOf(attributes);
    }

    Fault(Kind kind, String detail, Map<String, String> attributes) {
      this(kind, detail, attributes, null);
    }
  }

  /// How it is told to the caller.
  public enum Kind {
    /// The source does not offer the operation; or what is there stands against it.
    CONFLICT,
    EXISTS,
    /// It exists there, and the source offers nothing that changes it (clause 5.6.8.4).
    UNSUPPORTED,
    NOT_FOUND,
    LATE,
    LOOP,
    FAILED,
    /// Some of it was done.
    PARTIAL
  }

  public String registrationId() {
    return parcel.match().registration().id();
  }

  /// That an inclusive source does not have it is nothing abnormal: it said that it may.
  public boolean isAbsence() {
    return fault != null && fault.kind == Kind.NOT_FOUND && parcel.isInclusive();
  }

  static Verdict of(Routing.Parcel parcel, Sources.Reply reply) {
    return of(parcel, reply, false);
  }

  /// @param creation whether something was to be created: a 409 that does not say what stands
  ///   against it then says that it exists
  static Verdict of(Routing.Parcel parcel, Sources.Reply reply, boolean creation) {
    return new Verdict(
        parcel,
        fault(reply, creation),
        reply.answer() instanceof SourceAnswer.Answered answered && answered.status() == 201);
  }

  /// Of one parcel that went in several requests: the trouble that says most; what was not there to
  /// be deleted is none when something was.
  static Verdict together(List<Verdict> several) {
    return several.stream()
        .min(
            Comparator.comparingInt(
                one -> one.fault == null ? 1 : one.fault.kind == Kind.NOT_FOUND ? 2 : 0))
        .orElseThrow();
  }

  static Verdict unsent(Routing.Parcel parcel, String operation) {
    return switch (parcel.way()) {
      case OPEN -> throw new IllegalArgumentException("it can be sent");
      case UNSUPPORTED ->
          failed(parcel, Kind.CONFLICT, "the source does not offer the operation " + operation);
      case LOOP -> failed(parcel, Kind.LOOP, "the request has come from the source it would go to");
    };
  }

  static Verdict failed(Routing.Parcel parcel, Kind kind, String detail) {
    return new Verdict(parcel, new Fault(kind, detail, Map.of()), false);
  }

  static @Nullable Fault fault(Sources.Reply reply) {
    return fault(reply, false);
  }

  private static @Nullable Fault fault(Sources.Reply reply, boolean creation) {
    return switch (reply.answer()) {
      case SourceAnswer.Failed(var cause, var reason) ->
          new Fault(cause == SourceAnswer.Cause.LATE ? Kind.LATE : Kind.FAILED, reason, Map.of());
      case SourceAnswer.Answered answered when answered.status() == 207 -> partial(reply, answered);
      case SourceAnswer.Answered answered when answered.isFine() -> null;
      case SourceAnswer.Answered answered ->
          new Fault(kind(answered, creation), Trouble.sentence(answered), Map.of());
    };
  }

  private static Kind kind(SourceAnswer.Answered answered, boolean creation) {
    return switch (answered.status()) {
      case 404 -> Kind.NOT_FOUND;
      case 409 -> {
        var type = Trouble.type(answered.body());
        boolean exists = type.endsWith("AlreadyExists") || (creation && !type.endsWith("Conflict"));
        yield exists ? Kind.EXISTS : Kind.CONFLICT;
      }
      case 504 -> Kind.LATE;
      case 508 -> Kind.LOOP;
      default -> Kind.FAILED;
    };
  }

  /// An UpdateResult or BatchOperationResult (clauses 5.2.16, 5.2.18).
  private static @Nullable Fault partial(Sources.Reply reply, SourceAnswer.Answered answered) {
    if (!(answered.body() instanceof Value.Struct(var members)))
      return new Fault(Kind.PARTIAL, "it did a part of it and does not say which", Map.of());
    if (members.get("notUpdated") instanceof Value.Items(var left)) {
      var reasons = new LinkedHashMap<String, String>();
      for (var one : left)
        if (one instanceof Value.Struct(var told)
            && told.get("attributeName") instanceof Value.Text(var name))
          reasons.put(
              reply.dialect().context().expand(name),
              told.get("reason") instanceof Value.Text(var reason) ? reason : "not updated");
      return reasons.isEmpty() ? null : new Fault(Kind.PARTIAL, "it did a part of it", reasons);
    }
    if (members.get("errors") instanceof Value.Items(var errors)) {
      if (errors.isEmpty()) return null;
      var detail =
          errors.getFirst() instanceof Value.Struct(var error)
              ? Trouble.detail(error.get("error"))
              : "";
      return new Fault(
          Kind.PARTIAL, "it did a part of it: " + detail, Map.of(), new Value.Struct(members));
    }
    return new Fault(Kind.PARTIAL, "it did a part of it and does not say which", Map.of());
  }
}
