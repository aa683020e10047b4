package plaza.programme.replication;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import plaza.graph.Names;
import plaza.graph.Refusal;
import plaza.graph.Value;
import plaza.programme.procedure.Caller;
import plaza.programme.procedure.Engine;
import plaza.programme.procedure.Outcome;
import plaza.programme.procedure.Situation;
import plaza.programme.procedure.Work;
import plaza.programme.record.Canonical;
import plaza.programme.record.Dossier;
import plaza.programme.record.Dossiers.Having;
import plaza.programme.record.Fields;
import plaza.programme.record.Kind;
import plaza.programme.usage.UsageMeter;

/// Where a service is packed for other cities: what it is, what data it needs, and the evidence
/// that it works. A package is never changed; what changed is the next version.
public final class PackageDesk {
  private static final List<String> SEALED =
      List.of("service", "title", "version", "licence", "artefact", "dataRequirements", "evidence");

  private final Engine engine;
  private final UsageMeter meter;

  public PackageDesk(Engine engine, UsageMeter meter) {
    this.engine = engine;
    this.meter = meter;
  }

  /// Packs a service: `{service, version, licence, artefact: {url, sha256}}`. Needs and evidence
  /// come from the records: verdicts of its pilot, retention of its users.
  public Outcome pack(Caller caller, Value.Struct json) {
    var input = new Fields("a solution package", json);
    var serviceId = input.uri("service");
    var fields = new LinkedHashMap<String, Value>();
    fields.put("service", Value.of(serviceId));
    fields.put("version", Value.of(input.text("version", 50)));
    fields.put("licence", Value.of(input.text("licence", 200)));
    input.findStruct("artefact").ifPresent(one -> fields.put("artefact", artefact(one)));
    input.done();
    // Counted outside the command: it reads all users.
    var use = meter.use(caller.address(), serviceId).toValue();
    return engine.run(
        caller,
        work -> {
          var service = work.get(Kind.SERVICE, serviceId);
          requireMay(caller, service);
          if (service.is("DRAFT", "ABANDONED"))
            throw new Refusal.Conflict(serviceId + " is " + service.state() + "; it never ran");
          for (var other : work.list(Kind.SOLUTION_PACKAGE, new Having("service", serviceId)))
            if (other.texts("version").equals(List.of(text(fields, "version"))))
              throw new Refusal.AlreadyExists(
                  other.id() + " is that version already; choose the next");
          fields.put("title", Value.of(service.text("title")));
          service.find("dataRequirements").ifPresent(v -> fields.put("dataRequirements", v));
          fields.put("evidence", evidence(work, service, use));
          var id = work.ids().next(Kind.SOLUTION_PACKAGE);
          var record = Dossier.of(Kind.SOLUTION_PACKAGE, id, "PUBLISHED", fields);
          var sealed = record.with("digest", digest(record)).with("publishedAt", work.now());
          return work.done(sealed, "pack");
        });
  }

  private static String text(Map<String, Value> fields, String name) {
    return fields.get(name) instanceof Value.Text(var text) ? text : "";
  }

  private static Value.Struct artefact(Value.Struct json) {
    var input = new Fields("an artefact", json);
    var url = Names.uri(input.text("url", 2048), "url");
    var hash = input.text("sha256", 64);
    if (!hash.matches("[0-9a-f]{64}"))
      throw input.wrong("sha256", "64 lower-case hexadecimal digits");
    input.done();
    return new Value.Struct(Map.of("url", Value.of(url), "sha256", Value.of(hash)));
  }

  private static Value.Struct evidence(Work work, Dossier service, Value.Struct use) {
    var evidence = new LinkedHashMap<String, Value>();
    var verdicts = new ArrayList<Value>();
    service
        .findText("pilot")
        .ifPresent(pilot -> {
          evidence.put("pilot", Value.of(pilot));
          for (var indicator : work.list(Kind.INDICATOR, new Having("pilot", pilot))) {
            var verdict = new LinkedHashMap<String, Value>();
            verdict.put("indicator", Value.of(indicator.id()));
            for (var name : List.of("name", "verdict", "effect", "interval"))
              indicator.find(name).ifPresent(value -> verdict.put(name, value));
            verdicts.add(new Value.Struct(verdict));
          }
        });
    evidence.put("verdicts", new Value.Items(verdicts));
    evidence.put("use", use);
    return new Value.Struct(evidence);
  }

  /// SHA-256 over what the package says, as canonical JSON.
  static String digest(Dossier one) {
    var sealed = new LinkedHashMap<String, Value>();
    for (var name : SEALED) one.find(name).ifPresent(value -> sealed.put(name, value));
    return "sha256:" + Canonical.hash(new Value.Struct(sealed));
  }

  /// Whether a package still says what was sealed.
  public static boolean recomputes(Dossier one) {
    return one.findText("digest").equals(Optional.of(digest(one)));
  }

  private void requireMay(Caller caller, Dossier service) {
    var standing = engine.standing(caller);
    boolean may =
        standing.holds("pmo")
            || standing.holds("serviceOwner", Situation.scopes(service))
            || standing.belongsToAny(service.texts("operator"));
    if (may) return;
    var sentence = service.id() + " is packed by its serviceOwner, its operator or the pmo";
    throw caller.isSignedIn()
        ? new Refusal.Forbidden(sentence)
        : new Refusal.Unauthenticated(sentence + "; sign in");
  }
}
