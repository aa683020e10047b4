package plaza.programme.service;

import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import plaza.graph.Names;
import plaza.graph.Refusal;
import plaza.graph.Value;
import plaza.programme.pilot.GrantBinding;
import plaza.programme.procedure.Caller;
import plaza.programme.procedure.Engine;
import plaza.programme.procedure.Outcome;
import plaza.programme.procedure.Situation;
import plaza.programme.record.Dossier;
import plaza.programme.record.Fields;
import plaza.programme.record.Ids;
import plaza.programme.record.Kind;
import plaza.programme.usage.UsageMeter;

/// Where services are described, and where their owners take keys.
public final class ServiceDesk {
  /// What may change while a service runs: nothing that its renewal is judged by.
  private static final Set<String> WHILE_RUNNING =
      Set.of(
          "summary",
          "supportContact",
          "accessibility",
          "url",
          "endpoint",
          "tags",
          "exportPath",
          "dataExport");

  private static final int PUBLIC_REASON = 40;
  private final Engine engine;
  private final GrantBinding binding;
  private final UsageMeter meter;

  public ServiceDesk(Engine engine, GrantBinding binding, UsageMeter meter) {
    this.engine = engine;
    this.binding = binding;
    this.meter = meter;
  }

  /// Drafts a service: `{title, pilot or withoutPilot, slug}` and what [#amend] takes. A gate that
  /// scales a pilot drafts one by itself.
  public Outcome draft(Caller caller, Value.Struct json) {
    var standing = engine.standing(caller);
    if (!standing.holds("pmo") && !standing.holds("serviceOwner"))
      throw refused(caller, "services are drafted by the pmo or a serviceOwner");
    var input = new Fields("a service", json);
    var fields = fields(input);
    fields.put("title", Value.of(input.text("title", 300)));
    var pilot = input.findUri("pilot");
    pilot.ifPresent(id -> fields.put("pilot", Value.of(id)));
    if (pilot.isEmpty()) {
      var reason = input.text("withoutPilot", 4_000);
      if (reason.length() < PUBLIC_REASON)
        throw new Refusal.Invalid(
            "withoutPilot of a service must say in at least 40 characters why no pilot came first");
      fields.put("withoutPilot", Value.of(reason));
    }
    var slug = input.findText("slug", 60).map(s -> Ids.slug(Kind.SERVICE, s));
    input.done();
    fields.put("openedBy", Value.of(caller.id()));
    return engine.run(
        caller,
        work -> {
          pilot.ifPresent(id -> work.get(Kind.PILOT, id));
          var id = work.chosen(Kind.SERVICE, slug);
          var record = Dossier.of(Kind.SERVICE, id, "DRAFT", fields);
          work.save(record);
          work.enter(record, "draft", Value.Struct.EMPTY);
          if (record.flag("usageMeter")) work.afterwards(() -> meter.turnOn(caller.address(), id));
          return record;
        });
  }

  /// Describes a service: `{title, summary, department, operator, dataRequirements, noDataNeeded,
  /// supportContact, accessibility: {standard, level, url, statedAt}, usageMeter: true, licence,
  /// contract, url, endpoint, tags, renewalDate, renewalRule: {retention, monthlyShare},
  /// targetMonthlyUsers, exportPath, dataExport: {url, at}}`. While it runs only what its renewal
  /// is not judged by.
  public Outcome amend(
      Caller caller, String id, Value.Struct json, @Nullable Long expectedVersion) {
    return engine.run(
        caller,
        work -> {
          var record = work.get(Kind.SERVICE, id).expect(expectedVersion);
          requireOwner(caller, record);
          var input = new Fields("a service", json);
          var changes = fields(input);
          input.findText("title", 300).ifPresent(t -> changes.put("title", Value.of(t)));
          input.done();
          requireChangeable(record, changes.keySet());
          var amended = record.with(changes);
          work.save(amended);
          work.enter(amended, "amend", Value.Struct.EMPTY);
          if (changes.containsKey("usageMeter"))
            work.afterwards(() -> meter.turnOn(caller.address(), id));
          return amended;
        });
  }

  private void requireChangeable(Dossier record, Set<String> names) {
    if (record.is("DRAFT")) return;
    if (engine.procedures().isTerminal(Kind.SERVICE, record.state()))
      throw new Refusal.Conflict(record.id() + " is " + record.state() + " and stays as it is");
    if (!WHILE_RUNNING.containsAll(names))
      throw new Refusal.Conflict(
          record.id()
              + " is "
              + record.state()
              + "; of a running service these may change: "
              + String.join(", ", WHILE_RUNNING.stream().sorted().toList()));
  }

  private static Map<String, Value> fields(Fields input) {
    var fields = new LinkedHashMap<String, Value>();
    for (var name :
        List.of("summary", "noDataNeeded", "supportContact", "licence", "contract", "exportPath"))
      input.findText(name, 20_000).ifPresent(text -> fields.put(name, Value.of(text)));
    for (var name : List.of("department", "operator", "url", "endpoint"))
      input.findUri(name).ifPresent(uri -> fields.put(name, Value.of(uri)));
    if (input.has("tags")) fields.put("tags", Value.of(input.texts("tags", 20)));
    if (input.has("dataRequirements"))
      fields.put(
          "dataRequirements",
          new Value.Items(DataNeed.all(input).stream().<Value>map(DataNeed::toValue).toList()));
    input
        .findStruct("accessibility")
        .ifPresent(json -> fields.put("accessibility", accessibility(json)));
    if (input.has("usageMeter")) {
      if (!input.flag("usageMeter"))
        throw input.wrong("usageMeter", "true; a meter that is on stays on");
      fields.put("usageMeter", Value.of(true));
    }
    input
        .findMoment("renewalDate")
        .ifPresent(at -> fields.put("renewalDate", Value.of(at.toString())));
    input.findStruct("renewalRule").ifPresent(json -> fields.put("renewalRule", rule(json)));
    input
        .findCount("targetMonthlyUsers", 1, 1_000_000_000)
        .ifPresent(users -> fields.put("targetMonthlyUsers", Value.of(users)));
    input.findStruct("dataExport").ifPresent(json -> fields.put("dataExport", export(json)));
    return fields;
  }

  private static Value.Struct accessibility(Value.Struct json) {
    var input = new Fields("an accessibility statement", json);
    var statement = new LinkedHashMap<String, Value>();
    statement.put("standard", Value.of(input.text("standard", 100)));
    statement.put("level", Value.of(input.oneOf("level", "A", "AA", "AAA")));
    statement.put("url", Value.of(Names.uri(input.text("url", 2048), "url")));
    input
        .findMoment("statedAt")
        .ifPresent(at -> statement.put("statedAt", Value.of(at.toString())));
    input
        .findText("exceptions", 4_000)
        .ifPresent(text -> statement.put("exceptions", Value.of(text)));
    input.done();
    return new Value.Struct(statement);
  }

  private static Value.Struct rule(Value.Struct json) {
    var input = new Fields("a renewal rule", json);
    var rule = new RenewalRule(share(input, "retention"), share(input, "monthlyShare"));
    input.done();
    return rule.toValue();
  }

  private static Optional<BigDecimal> share(Fields input, String name) {
    return input
        .findNumber(name)
        .map(number -> {
          if (number < 0 || number > 10) throw input.wrong(name, "a number from 0 to 10");
          return BigDecimal.valueOf(number);
        });
  }

  private static Value.Struct export(Value.Struct json) {
    var input = new Fields("a data export", json);
    var export = new LinkedHashMap<String, Value>();
    export.put("url", Value.of(Names.uri(input.text("url", 2048), "url")));
    input.findMoment("at").ifPresent(at -> export.put("at", Value.of(at.toString())));
    input.done();
    return new Value.Struct(export);
  }

  /// A key for the service, for its owner, its operator or the pmo. It opens what the service's
  /// active grants say, and nothing when the service does not run. Answered as `key`, once.
  public Outcome issueKey(Caller caller, String id, String label) {
    return engine.alone(caller.address(), () -> issueKeyNow(caller, id, label));
  }

  private Outcome issueKeyNow(Caller caller, String id, String label) {
    var record = engine.dossiers().get(caller.address(), Kind.SERVICE, id);
    requireOwner(caller, record);
    if (engine.procedures().isTerminal(Kind.SERVICE, record.state()))
      throw new Refusal.Conflict(id + " is " + record.state() + "; an ended service gets no key");
    var key = binding.issueKey(caller, record, label);
    return new Outcome(record, Map.of("key", Value.of(key)));
  }

  private void requireOwner(Caller caller, Dossier service) {
    var standing = engine.standing(caller);
    boolean may =
        standing.holds("pmo")
            || standing.holds("serviceOwner", Situation.scopes(service))
            || standing.belongsToAny(service.texts("operator"));
    if (!may)
      throw refused(
          caller, service.id() + ": this is for its serviceOwner, its operator and the pmo");
  }

  private static Refusal refused(Caller caller, String sentence) {
    return caller.isSignedIn()
        ? new Refusal.Forbidden(sentence)
        : new Refusal.Unauthenticated(sentence + "; sign in");
  }
}
