package plaza.programme.privacy;

import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;
import plaza.graph.Address;
import plaza.graph.Refusal;
import plaza.graph.Value;
import plaza.json.Json;
import plaza.ledger.Actor;
import plaza.ledger.Ledger;
import plaza.ledger.Notebook;
import plaza.ledger.store.Note;
import plaza.programme.procedure.Caller;
import plaza.programme.procedure.Engine;
import plaza.programme.record.Dossier;
import plaza.programme.record.Dossiers;
import plaza.programme.record.Fields;
import plaza.programme.record.Kind;

/// What people can ask about their own data: to see it, to take it along, to have it erased. What
/// an erasure did is logged without saying whose data they were.
public final class Privacy {
  private static final String JOB = "erasure ";
  private static final Actor PROGRAMME = Dossiers.PROGRAMME.through("programme");
  private static final int MOST_JOBS = 1_000;

  /// Erasures that a request is carrying out; others of the notebook were left by a crash.
  private final Set<String> underWay = ConcurrentHashMap.newKeySet();

  /// Both read whole cities; a few at once are enough.
  private final Semaphore atOnce = new Semaphore(2);

  private final Engine engine;
  private final Accounts accounts;
  private final Notebook notebook;
  private final Supplier<List<Address>> tenants;
  private final Register register;
  private final Export export;
  private final Eraser eraser;
  private final Rewriter rewriter;
  private final Retention retention;

  /// @param tenants the cities of the installation
  public Privacy(
      Engine engine,
      Ledger ledger,
      Accounts accounts,
      PrivacyRules rules,
      Supplier<List<Address>> tenants) {
    this.engine = engine;
    this.accounts = accounts;
    this.notebook = ledger.notebook("programme.privacy");
    this.tenants = tenants;
    this.register = new Register(rules);
    var finder = new Finder(register, engine.dossiers());
    this.export = new Export(finder, accounts);
    this.rewriter = new Rewriter(engine, ledger, notebook);
    this.eraser = new Eraser(register, finder, engine.dossiers(), rewriter);
    this.retention = new Retention(engine, register, finder, rewriter, rules);
  }

  /// What is kept of people, what for and how long. Public.
  public Register register() {
    return register;
  }

  /// Everything kept about the caller, who signed in or holds a token.
  public Value.Struct export(Caller caller) {
    return exported(cities(caller), Subject.of(caller, accounts));
  }

  /// Everything kept about somebody with an account, for who manages people, on their behalf.
  public Value.Struct export(Caller admin, String person) {
    requireAdmin(admin);
    return exported(tenants.get(), Subject.ofPerson(person, accounts));
  }

  private Value.Struct exported(List<Address> cities, Subject subject) {
    return alone(() -> {
      var members = new LinkedHashMap<String, Value>();
      members.put("exportedAt", Value.of(engine.now().toString()));
      members.putAll(export.of(cities, subject).members());
      return new Value.Struct(members);
    });
  }

  /// Erases the caller: `{confirm: true, texts: names|all}`. With `all` everything they wrote goes,
  /// else what names them and how to reach them.
  ///
  /// @return `{erasure, changed: {kind: number}}`
  public Value.Struct erase(Caller caller, Value.Struct json) {
    var subject = Subject.of(caller, accounts);
    var input = new Fields("an erasure", json);
    boolean everything = texts(input);
    boolean confirmed = input.flag("confirm");
    input.done();
    if (!confirmed)
      throw new Refusal.Invalid("an erasure cannot be undone; send confirm: true to go on");
    return erase(cities(caller), subject, caller.actor(), everything, "on their own request");
  }

  /// Erases somebody with an account, for who manages people, on their behalf: `{reason, texts}`.
  public Value.Struct erase(Caller admin, String person, Value.Struct json) {
    requireAdmin(admin);
    var input = new Fields("an erasure", json);
    var reason = input.text("reason", 2_000);
    boolean everything = texts(input);
    input.done();
    var subject = Subject.ofPerson(person, accounts);
    return erase(tenants.get(), subject, admin.actor(), everything, reason);
  }

  private static boolean texts(Fields input) {
    return input.findOneOf("texts", "names", "all").filter("all"::equals).isPresent();
  }

  private Value.Struct erase(
      List<Address> cities, Subject subject, Actor by, boolean everything, String reason) {
    var person = subject.person();
    if (person != null) accounts.requireMayErase(by, person);
    var job = new LinkedHashMap<String, Value>();
    job.put("id", Value.of(engine.ids().next(Kind.ERASURE)));
    job.put("at", Value.of(engine.now().toString()));
    if (person != null) job.put("person", Value.of(person));
    else job.put("tokenHash", Value.of(subject.key()));
    boolean self = person == null || person.equals(by.id());
    job.put("by", Value.of(self ? "self" : by.id()));
    job.put("everything", Value.of(everything));
    job.put("reason", Value.of(reason));
    job.put("cities", Value.of(cities.stream().map(Address::tenant).toList()));
    var whole = new Value.Struct(job);
    underWay.add(fields(whole).text("id", 200));
    // Noted first, so that what a crash leaves half done is ended after it.
    notebook.keep(
        PROGRAMME,
        cities.getFirst(),
        List.of(new Note(key(whole), Json.text(whole).getBytes(StandardCharsets.UTF_8))));
    try {
      return alone(() -> carryOut(whole, subject));
    } finally {
      underWay.remove(fields(whole).text("id", 200));
    }
  }

  private Value.Struct carryOut(Value.Struct job, Subject subject) {
    var fields = fields(job);
    var cities = fields.texts("cities", MOST_JOBS).stream().map(Address::tenant).toList();
    var changed = new LinkedHashMap<String, Integer>();
    for (var city : cities)
      eraser
          .erase(city, subject, fields.flag("everything"))
          .forEach((kind, number) -> changed.merge(kind, number, Integer::sum));
    var person = subject.person();
    // The account last: until then the names to look for are known.
    if (person != null) accounts.erase(PROGRAMME, person);
    log(cities.getFirst(), fields, changed);
    notebook.keep(PROGRAMME, cities.getFirst(), List.of(new Note(key(job), null)));
    var answer = new LinkedHashMap<String, Value>();
    answer.put("erasure", Value.of(fields.text("id", 200)));
    answer.put("changed", Eraser.toValue(changed));
    return new Value.Struct(answer);
  }

  /// Who did it, when, why and how much; of whom only whether they had an account.
  private void log(Address address, Fields job, Map<String, Integer> changed) {
    var id = job.text("id", 200);
    engine.run(
        Caller.plaza(address, "privacy"),
        work -> {
          var known = work.find(Kind.ERASURE, id);
          if (known.isPresent()) return known.get();
          var fields = new LinkedHashMap<String, Value>();
          fields.put("of", Value.of(job.has("person") ? "account" : "token"));
          fields.put("by", Value.of(job.text("by", 500)));
          fields.put("onBehalf", Value.of(!job.text("by", 500).equals("self")));
          fields.put("reason", Value.of(job.text("reason", 2_000)));
          fields.put("requestedAt", Value.of(job.text("at", 50)));
          fields.put("changed", Eraser.toValue(changed));
          var record = Dossier.of(Kind.ERASURE, id, "DONE", fields);
          return work.done(record, "erase");
        });
  }

  /// The log of erasures, newest first, for administrators and auditors.
  public List<Value.Struct> log(Caller caller) {
    var standing = engine.standing(caller);
    if (!standing.holds("admin") && !standing.holds("auditor"))
      throw refused(caller, "the log of erasures is for administrators and auditors");
    return engine.dossiers().list(caller.address(), Kind.ERASURE).stream()
        .sorted(Comparator.comparing((Dossier one) -> one.text("requestedAt")).reversed())
        .map(one -> {
          var members = new LinkedHashMap<String, Value>();
          members.put("id", Value.of(one.id()));
          members.putAll(one.fields());
          return new Value.Struct(members);
        })
        .toList();
  }

  /// Ends what crashes left half done and what may not be kept any longer; call it every minute or
  /// so.
  ///
  /// @return how many records were changed or removed because their time was over
  public int tick(Address address) {
    rewriter.resume(address);
    for (var note : notebook.list(JOB + address.tenant() + " ", "", MOST_JOBS)) resume(note);
    return retention.tick(address);
  }

  private void resume(Note note) {
    var job = (Value.Struct) Json.parse(Objects.requireNonNull(note.value()));
    var fields = fields(job);
    if (underWay.contains(fields.text("id", 200))) return;
    var person = fields.findText("person", 500);
    carryOut(
        job,
        person
            .map(id -> Subject.ofPerson(id, accounts))
            .orElseGet(() -> Subject.ofToken(fields.text("tokenHash", 100))));
  }

  private static Fields fields(Value.Struct job) {
    return new Fields("an erasure's job", job);
  }

  private static String key(Value.Struct job) {
    var fields = fields(job);
    return JOB + fields.texts("cities", MOST_JOBS).getFirst() + " " + fields.text("id", 200);
  }

  private List<Address> cities(Caller caller) {
    return caller.isSignedIn() ? tenants.get() : List.of(caller.address());
  }

  private <T> T alone(Supplier<T> work) {
    if (!atOnce.tryAcquire())
      throw new Refusal.Unavailable(
          "exports and erasures of others are under way; try again in a minute");
    try {
      return work.get();
    } finally {
      atOnce.release();
    }
  }

  private void requireAdmin(Caller caller) {
    if (!engine.standing(caller).holds("admin"))
      throw refused(caller, "the data of others are for administrators");
  }

  private static Refusal refused(Caller caller, String sentence) {
    return caller.isSignedIn()
        ? new Refusal.Forbidden(sentence)
        : new Refusal.Unauthenticated(sentence + "; sign in");
  }
}
