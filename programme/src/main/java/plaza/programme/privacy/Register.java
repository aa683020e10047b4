package plaza.programme.privacy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import plaza.graph.Value;
import plaza.json.Json;
import plaza.programme.record.Fields;
import plaza.programme.record.Kind;

/// The register of processing: every field that holds something about a person, what for, how long
/// and what becomes of it on erasure. People read it; export and erasure follow it.
public final class Register {
  private final List<Row> rows;
  private final PrivacyRules rules;

  /// @param kind a [Kind] by its title, or `Account` and `Usage` of other rooms
  /// @param field of its records; several of other rooms
  /// @param keep how long: `always`, `untilErased`, `contact`, `notices`, `service`
  public record Row(
      String kind,
      String field,
      Holds holds,
      String what,
      String purpose,
      String basis,
      String keep,
      String erasure) {
    Optional<Kind> recordKind() {
      return Kind.find(kind);
    }
  }

  /// In what way a field is about a person.
  public enum Holds {
    /// Kept by the access room.
    ACCOUNT,
    /// The id of an account whose record this is.
    WHO,
    /// The hash of a token whose holder's record this is.
    TOKEN,
    /// The hash under which a person counts once.
    KEY,
    /// How to reach them.
    CONTACT,
    /// What they wrote.
    WORDS,
    /// A list of people, named or by id.
    NAMES,
    /// The id of an account, in what it did for the city.
    PSEUDONYM
  }

  public Register(PrivacyRules rules) {
    this.rules = rules;
    var json = new Fields("the register of processing", (Value.Struct) Json.parse(bytes()));
    this.rows = json.structs("rows", 1_000).stream().map(Register::row).toList();
  }

  private static byte[] bytes() {
    try (var in = Objects.requireNonNull(Register.class.getResourceAsStream("register.json"))) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Row row(Value.Struct json) {
    var fields = new Fields("a row of the register", json);
    var row =
        new Row(
            fields.text("kind", 100),
            fields.text("field", 100),
            Holds.valueOf(fields.text("holds", 20).toUpperCase(java.util.Locale.ROOT)),
            fields.text("what", 500),
            fields.text("purpose", 500),
            fields.text("basis", 50),
            fields.text("keep", 50),
            fields.text("erasure", 50));
    fields.done();
    return row;
  }

  public List<Row> rows() {
    return rows;
  }

  List<Row> of(Kind kind) {
    return rows.stream().filter(row -> row.kind().equals(kind.title())).toList();
  }

  /// The fields of a kind that are about people in one of these ways.
  List<String> fields(Kind kind, Holds... holds) {
    return of(kind).stream()
        .filter(row -> List.of(holds).contains(row.holds()))
        .map(Row::field)
        .toList();
  }

  /// As people read it: `{controller, rows: [{record, field, what, purpose, legalBasis, keptFor,
  /// onErasure}]}`.
  public Value.Struct toValue() {
    var members = new LinkedHashMap<String, Value>();
    members.put("controller", Value.of(rules.controller()));
    members.put("rows", new Value.Items(rows.stream().<Value>map(this::shown).toList()));
    return new Value.Struct(members);
  }

  private Value.Struct shown(Row row) {
    var members = new LinkedHashMap<String, Value>();
    members.put("record", Value.of(row.kind()));
    members.put("field", Value.of(row.field()));
    members.put("what", Value.of(row.what()));
    members.put("purpose", Value.of(row.purpose()));
    members.put("legalBasis", Value.of(rules.bases().getOrDefault(row.basis(), row.basis())));
    members.put("keptFor", Value.of(keptFor(row)));
    members.put("onErasure", Value.of(onErasure(row)));
    return new Value.Struct(members);
  }

  private String keptFor(Row row) {
    return switch (row.keep()) {
      case "contact" -> rules.contact().toDays() + " days after the record has ended";
      case "notices" -> rules.notices().toDays() + " days";
      case "service" -> "until the service retires";
      case "always" -> "as long as the record";
      default -> "until it is erased on request";
    };
  }

  private static String onErasure(Row row) {
    return switch (row.erasure()) {
      case "removed" -> "removed, with its history";
      case "recordRemoved" -> "the record is removed, with its history";
      case "namesRemoved" -> "names and contact details in it are removed, with its history";
      case "counted" -> "stays, so that counts do not change and nobody counts twice; names nobody";
      case "pseudonymKept" -> "stays under a random id that names nobody any more";
      default -> throw new IllegalStateException(row.kind() + ": '" + row.erasure() + "'");
    };
  }
}
