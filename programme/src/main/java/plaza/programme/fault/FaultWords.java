package plaza.programme.fault;

import static java.util.Optional.empty;
import static plaza.programme.procedure.CommonWords.keep;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import plaza.graph.Value;
import plaza.programme.demand.NewNeed;
import plaza.programme.notice.Followers;
import plaza.programme.procedure.Functions;
import plaza.programme.procedure.Situation;
import plaza.programme.record.Dossier;
import plaza.programme.record.Kind;

/// What the words of the procedure ServiceRequest mean, and those that hand a need over as a fault.
public final class FaultWords {
  private static final int LONGEST = 4_000;

  public void register(Functions functions) {
    functions
        .guard(
            "statusNotes",
            (s, _) ->
                s.input().findText("statusNotes", LONGEST).isPresent()
                    ? empty()
                    : Optional.of("send statusNotes: what was done, for everybody to read"))
        .guard("isFaultNotNeed", (s, _) -> isFaultNotNeed(s))
        .guard("isNeedNotFault", (s, _) -> isNeedNotFault(s))
        .guard(
            "byOfficer",
            (s, _) ->
                s.standing().holds("departmentOfficer") || s.standing().holds("pmo")
                    ? empty()
                    : Optional.of("ask the department to reopen it"))
        .effect("createServiceRequest", (s, _) -> createServiceRequest(s))
        .effect("createNeed", (s, _) -> createNeed(s))
        .intake(Kind.NEED, "refer", FaultWords::takeReferral)
        .intake(Kind.SERVICE_REQUEST, "accept", FaultWords::takeProgress)
        .intake(Kind.SERVICE_REQUEST, "update", FaultWords::takeProgress)
        .intake(Kind.SERVICE_REQUEST, "close", FaultWords::takeProgress)
        .intake(Kind.SERVICE_REQUEST, "reopen", FaultWords::takeProgress)
        .intake(Kind.SERVICE_REQUEST, "withdraw", s -> note(s, "Taken back by who reported it."))
        .intake(Kind.SERVICE_REQUEST, "hide", FaultWords::takeReasonCode)
        .intake(Kind.SERVICE_REQUEST, "restore", FaultWords::touch)
        .intake(
            Kind.SERVICE_REQUEST,
            "handOver",
            s -> {
              s.input()
                  .findText("publicReason", LONGEST)
                  .ifPresent(why -> note(s, "Handed to the innovation programme: " + why));
              keep(s, "publicReason", LONGEST);
            });
  }

  private static void touch(Situation s) {
    s.set("updatedAt", s.now());
  }

  private static void note(Situation s, String text) {
    s.set("statusNotes", text);
    touch(s);
  }

  private static void takeReasonCode(Situation s) {
    keep(s, "reasonCode", 40);
    keep(s, "moderationNote", 2_000);
    touch(s);
  }

  private static void takeProgress(Situation s) {
    s.input().findUri("department").ifPresent(id -> s.set("department", id));
    keep(s, "agency", 300);
    keep(s, "statusNotes", LONGEST);
    keep(s, "serviceNotice", LONGEST);
    s.input().findMoment("expectedAt").ifPresent(at -> s.set("expectedAt", at));
    touch(s);
  }

  /// What the effect reads is read here, so that a misspelt member is noticed even when a guard is
  /// not met.
  private static void takeReferral(Situation s) {
    s.input().findText("serviceCode", 60);
    s.input().findText("address", 1_000);
    s.input().findUri("department");
  }

  /// Somebody names the kind of fault that it is, and where it is.
  private static Optional<String> isFaultNotNeed(Situation s) {
    var code = s.input().findText("serviceCode", 60);
    if (code.isEmpty())
      return Optional.of("send serviceCode, the kind of fault it is: " + offered(s));
    if (FaultDesk.find(s.work(), code.get()).isEmpty())
      return Optional.of("send a serviceCode that is offered: " + offered(s));
    if (!s.record().has("location") && !s.input().has("address"))
      return Optional.of("send address, where the fault is: the need has no place");
    return empty();
  }

  private static String offered(Situation s) {
    var codes =
        s.work().list(Kind.FAULT_CATEGORY).stream()
            .map(Category::new)
            .filter(Category::isOffered)
            .map(Category::code)
            .sorted()
            .toList();
    return codes.isEmpty()
        ? "the pmo has to offer a category of faults first"
        : String.join(", ", codes);
  }

  private static Optional<String> isNeedNotFault(Situation s) {
    return s.input().findText("title", 200).isPresent()
        ? empty()
        : Optional.of("send a title: what is needed, in one line, that no repair would bring");
  }

  /// The need and the fault name each other; the author follows the fault as they did the need.
  private static boolean createServiceRequest(Situation s) {
    var need = s.record();
    var category = FaultDesk.find(s.work(), s.input().text("serviceCode", 60)).orElseThrow();
    Map<String, Value> fields = new LinkedHashMap<>();
    NewFault.describe(
        fields, (need.text("title") + "\n" + need.findText("description").orElse("")).strip());
    for (var name : List.of("location", "author", "tokenHash"))
      need.find(name).ifPresent(value -> fields.put(name, value));
    s.input()
        .findText("address", 1_000)
        .ifPresent(address -> fields.put("address", Value.of(address)));
    s.input()
        .findUri("department")
        .ifPresent(department -> fields.put("department", Value.of(department)));
    fields.put("need", Value.of(need.id()));
    var fault = FaultDesk.opened(s.work(), category, fields);
    s.set("serviceRequest", fault.id());
    Followers.addAuthor(s.work(), fault);
    s.work().enter(fault, "report", FaultDesk.told("owner department", fault));
    return true;
  }

  /// What was reported begins again as a need that a moderator reads, in its author's name.
  private static boolean createNeed(Situation s) {
    var fault = s.record();
    Map<String, Value> json = new LinkedHashMap<>();
    json.put("title", Value.of(s.input().text("title", 200)));
    fault.find("description").ifPresent(text -> json.put("description", text));
    fault.find("location").ifPresent(place -> json.put("location", place));
    for (var name : List.of("field", "language", "affectedGroup"))
      s.input().find(name).ifPresent(value -> json.put(name, value));
    Map<String, Value> fields = new LinkedHashMap<>(NewNeed.of(new Value.Struct(json)).fields());
    fault
        .findText("author")
        .ifPresent(author ->
            fields.put(
                "identity", Value.of(s.standing(author).verified() ? "verified" : "registered")));
    fields.putIfAbsent("identity", Value.of("anonymous"));
    for (var name : List.of("author", "tokenHash"))
      fault.find(name).ifPresent(value -> fields.put(name, value));
    fields.put("supporters", Value.of(0));
    fields.put("verifiedSupporters", Value.of(0));
    fields.put("serviceRequest", Value.of(fault.id()));
    var need = Dossier.of(Kind.NEED, s.ids().next(Kind.NEED), "SUBMITTED", fields);
    s.work().save(need);
    s.set("need", need.id());
    Followers.addAuthor(s.work(), need);
    s.work().enter(need, "submit", Value.Struct.EMPTY);
    return true;
  }
}
