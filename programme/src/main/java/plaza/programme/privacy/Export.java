package plaza.programme.privacy;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import plaza.graph.Address;
import plaza.graph.Value;
import plaza.programme.record.Dossier;
import plaza.programme.record.Kind;

/// Everything kept about somebody, for them to read and take along.
final class Export {
  private static final Set<String> HASHES =
      Set.of("tokenHash", "personKey", "text", "hash", "words");
  private final Finder finder;
  private final Accounts accounts;

  Export(Finder finder, Accounts accounts) {
    this.finder = finder;
    this.accounts = accounts;
  }

  /// `{account, cities: {tenant: {records: {Need: […], …}, namedIn: {…}, done: {…}}}}`.
  Value.Struct of(List<Address> tenants, Subject subject) {
    var members = new LinkedHashMap<String, Value>();
    var person = subject.person();
    members.put(
        "account",
        person == null
            ? Value.Null.VALUE
            : accounts.export(person).<Value>map(one -> one).orElse(Value.Null.VALUE));
    var cities = new LinkedHashMap<String, Value>();
    for (var address : tenants) {
      var city = new LinkedHashMap<String, Value>();
      var records = new LinkedHashMap<String, Value>();
      var namedIn = new LinkedHashMap<String, Value>();
      var done = new LinkedHashMap<String, Value>();
      for (var kind : finder.kinds()) {
        put(records, kind, finder.own(address, kind, subject), false);
        put(namedIn, kind, finder.naming(address, kind, subject), true);
        put(done, kind, finder.done(address, kind, subject), kind != Kind.TRANSITION_EVENT);
      }
      city.put("records", new Value.Struct(records));
      city.put("namedIn", new Value.Struct(namedIn));
      city.put("done", new Value.Struct(done));
      cities.put(address.tenant(), new Value.Struct(city));
    }
    members.put("cities", new Value.Struct(cities));
    return new Value.Struct(members);
  }

  private static void put(
      Map<String, Value> all, Kind kind, List<Dossier> records, boolean briefly) {
    if (records.isEmpty()) return;
    var shown = new ArrayList<Value>();
    for (var record : records) shown.add(briefly ? brief(record) : whole(record));
    all.put(kind.title(), new Value.Items(shown));
  }

  private static Value.Struct brief(Dossier record) {
    var members = new LinkedHashMap<String, Value>();
    members.put("id", Value.of(record.id()));
    record.findText("title").ifPresent(title -> members.put("title", Value.of(title)));
    members.put("state", Value.of(record.state()));
    return new Value.Struct(members);
  }

  private static Value.Struct whole(Dossier record) {
    var members = new LinkedHashMap<String, Value>();
    members.put("id", Value.of(record.id()));
    if (!record.is(Dossier.KEPT)) members.put("state", Value.of(record.state()));
    var created = record.createdAt();
    if (created != null) members.put("createdAt", Value.of(created.toString()));
    record
        .fields()
        .forEach((name, value) -> {
          if (!HASHES.contains(name)) members.put(name, value);
        });
    record
        .findStruct("words")
        .map(words -> words.members().get("reason"))
        .ifPresent(reason -> members.put("reason", reason));
    return new Value.Struct(members);
  }
}
