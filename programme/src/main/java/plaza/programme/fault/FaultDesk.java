package plaza.programme.fault;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import plaza.graph.Address;
import plaza.graph.Refusal;
import plaza.graph.Value;
import plaza.programme.notice.Followers;
import plaza.programme.procedure.Caller;
import plaza.programme.procedure.Engine;
import plaza.programme.procedure.Outcome;
import plaza.programme.procedure.Work;
import plaza.programme.record.Dossier;
import plaza.programme.record.Dossiers;
import plaza.programme.record.Fields;
import plaza.programme.record.Ids;
import plaza.programme.record.Kind;

/// Where the city says which faults it takes reports of, and where they are reported.
public final class FaultDesk {
  private final Engine engine;

  public FaultDesk(Engine engine) {
    this.engine = engine;
  }

  /// Offers a category from `{code, title, description, group, keywords, department, agency,
  /// notice, respondWithinHours, attributes}`; code and title are required.
  ///
  /// @throws Refusal.Forbidden unless the caller is pmo or admin
  public Outcome openCategory(Caller caller, Value.Struct json) {
    requireOffice(caller);
    var input = new Fields("a category of faults", json);
    var code = input.text("code", 60);
    var id = Category.id(code);
    var fields = fields(input);
    fields.put("code", Value.of(code));
    fields.put("title", Value.of(input.text("title", 200)));
    fields.put("openedBy", Value.of(caller.id()));
    input.done();
    return engine.run(
        caller,
        work -> {
          if (work.find(Kind.FAULT_CATEGORY, id).isPresent())
            throw new Refusal.AlreadyExists("there is a category of faults " + code + " already");
          var record = Dossier.of(Kind.FAULT_CATEGORY, id, Dossier.KEPT, fields);
          return work.done(record, "open");
        });
  }

  /// Changes a category: what [#openCategory] takes but the code, and `retired`. Reports that were
  /// made stay as they are.
  public Outcome amendCategory(
      Caller caller, String id, Value.Struct json, @Nullable Long expectedVersion) {
    requireOffice(caller);
    return engine.run(
        caller,
        work -> {
          var record = work.get(Kind.FAULT_CATEGORY, id).expect(expectedVersion);
          var input = new Fields("a category of faults", json);
          var changes = fields(input);
          input.findText("title", 200).ifPresent(title -> changes.put("title", Value.of(title)));
          if (input.has("retired"))
            changes.put(
                "retiredAt",
                input.flag("retired") ? Value.of(work.now().toString()) : Value.Null.VALUE);
          input.done();
          var amended = record.with(changes);
          return work.done(amended, "amend");
        });
  }

  private static Map<String, Value> fields(Fields input) {
    var fields = new LinkedHashMap<String, Value>();
    for (var name : List.of("description", "group", "agency", "notice"))
      input.findText(name, 2_000).ifPresent(text -> fields.put(name, Value.of(text)));
    if (input.has("keywords")) fields.put("keywords", Value.of(input.texts("keywords", 50)));
    input.findUri("department").ifPresent(id -> fields.put("department", Value.of(id)));
    input
        .findCount("respondWithinHours", 1, 87_600)
        .ifPresent(hours -> fields.put("respondWithinHours", Value.of(hours)));
    if (input.has("attributes"))
      fields.put(
          "attributes",
          new Value.Items(
              Question.list(input, "attributes").stream().<Value>map(Question::toValue).toList()));
    return fields;
  }

  private void requireOffice(Caller caller) {
    var standing = engine.standing(caller);
    if (standing.holds("pmo") || standing.holds("admin")) return;
    var sentence = "which faults the city takes reports of is for the pmo and the admin to say";
    throw caller.isSignedIn()
        ? new Refusal.Forbidden(sentence)
        : new Refusal.Unauthenticated(sentence + "; sign in");
  }

  /// Reports a fault. Who has neither account nor token is answered a `token` to follow it with.
  /// The department of its category is told.
  ///
  /// @throws Refusal.NotFound when the city takes no reports of such faults
  public Outcome report(Caller caller, NewFault fault) {
    return engine.run(
        caller,
        work -> {
          var category =
              find(work, fault.code())
                  .orElseThrow(() ->
                      new Refusal.NotFound(
                          "the service_code " + fault.code() + " is not offered here"));
          category.check(fault.answers());
          var key = Followers.key(work);
          var fields = new LinkedHashMap<String, Value>(fault.fields());
          if (caller.isSignedIn()) fields.put("author", Value.of(caller.id()));
          else fields.put("tokenHash", Value.of(key));
          var record = opened(work, category, fields);
          Followers.add(work, record, key);
          work.enter(record, "report", told("owner department", record));
          return record;
        });
  }

  /// The record of a fault that begins now, saved in the work.
  static Dossier opened(Work work, Category category, Map<String, Value> given) {
    var fields = new LinkedHashMap<>(given);
    fields.put("title", Value.of(category.title()));
    fields.put("category", Value.of(category.record().id()));
    fields.put("serviceCode", Value.of(category.code()));
    fields.put("requestedAt", Value.of(work.now().toString()));
    fields.put("updatedAt", Value.of(work.now().toString()));
    for (var name : List.of("department", "agency"))
      category.record().find(name).ifPresent(value -> fields.putIfAbsent(name, value));
    category
        .record()
        .findText("notice")
        .ifPresent(text -> fields.put("serviceNotice", Value.of(text)));
    category
        .expected(work.now())
        .ifPresent(at -> fields.put("expectedAt", Value.of(at.toString())));
    var record =
        Dossier.of(Kind.SERVICE_REQUEST, work.ids().next(Kind.SERVICE_REQUEST), "OPEN", fields);
    work.save(record);
    return record;
  }

  /// Names who is to learn of something that is no step.
  static Value.Struct told(String audience, Dossier record) {
    return new Value.Struct(Map.of("told", Value.of(List.of(audience + " of " + record.id()))));
  }

  static Optional<Category> find(Work work, String code) {
    if (!Category.isCode(code)) return Optional.empty();
    return work.find(Kind.FAULT_CATEGORY, Category.id(code))
        .map(Category::new)
        .filter(Category::isOffered);
  }

  /// The categories that are offered, by code.
  public List<Category> categories(Address address) {
    return engine.dossiers().list(address, Kind.FAULT_CATEGORY).stream()
        .map(Category::new)
        .filter(Category::isOffered)
        .sorted(java.util.Comparator.comparing(Category::code))
        .toList();
  }

  /// @throws Refusal.NotFound when no such category is offered
  public Category category(Address address, String code) {
    return Optional.of(code)
        .filter(Category::isCode)
        .flatMap(one -> engine.dossiers().find(address, Kind.FAULT_CATEGORY, Category.id(one)))
        .map(Category::new)
        .filter(Category::isOffered)
        .orElseThrow(() -> new Refusal.NotFound("the service_code " + code + " is not offered"));
  }

  /// Faults that everybody may see, the newest first.
  public List<Dossier> search(Address address, FaultSearch search) {
    return search.run(engine.dossiers(), address);
  }

  /// The fault whose reporter holds a token; of several the youngest.
  public Optional<Dossier> findByToken(Address address, String token) {
    if (!token.matches("[0-9A-Z]{16,64}")) return Optional.empty();
    return engine
        .dossiers()
        .list(
            address,
            Kind.SERVICE_REQUEST,
            List.of(new Dossiers.Having("tokenHash", Caller.hash(token))))
        .stream()
        .filter(fault -> !fault.kind().isConcealed(fault.state()))
        .max(java.util.Comparator.comparing(Dossier::id));
  }

  /// A fault by the last part of its id; empty when there is none that everybody may see.
  public Optional<Dossier> find(Address address, String local) {
    if (!local.matches("[A-Za-z0-9-]{1,60}")) return Optional.empty();
    return engine
        .dossiers()
        .find(address, Kind.SERVICE_REQUEST, Ids.id(Kind.SERVICE_REQUEST, local))
        .filter(fault -> !fault.kind().isConcealed(fault.state()));
  }
}
