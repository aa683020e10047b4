package plaza.ngsild.query;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.regex.Pattern;
import plaza.graph.Value;

/// Clause 4.9 once more, read off the normalized JSON of an entity, as slowly and plainly as the
/// text has it: the reference the evaluator is compared with.
final class NaiveQuery {
  private static final List<String> NAMES =
      List.of("bikes", "name", "temperature", "speed", "street", "colour", "owner", "location");

  /// What stands beside the value of an instance.
  private static final List<String> SAID =
      List.of("observedAt", "observedAt", "unitCode", "datasetId", "createdAt", "modifiedAt");

  private static final List<String> VALUES =
      List.of(
          "\"red\"",
          "\"\"",
          "5",
          "50",
          "0.5",
          "-3",
          "true",
          "false",
          "2026-06-01",
          "\"urn:ngsi-ld:x\"",
          "urn:ngsi-ld:Other:3",
          "\"信義\"",
          "\"2026-06-01\"",
          "name",
          "\"red\",\"信義\",7",
          "0..60",
          "\"a\"..\"s\"",
          "-1.5e-7",
          "1e21",
          "9007199254740993",
          "0.0",
          "2025-06-20T12:00:00Z..2025-06-25T12:00:00Z",
          "\"CEL\",\"%\"",
          "urn:ngsi-ld:dataset:1,urn:ngsi-ld:dataset:2",
          "speed,bikes",
          "true,5,\"red\"",
          "2025-01-01..2027-01-01");

  private final String path;
  private final List<String> trail;
  private final String operator;
  private final String operand;

  private NaiveQuery(String path, List<String> trail, String operator, String operand) {
    this.path = path;
    this.trail = trail;
    this.operator = operator;
    this.operand = operand;
  }

  static NaiveQuery random(Random random) {
    return random(random, NAMES);
  }

  /// Mostly about what the entity has, so that it is met at times.
  static NaiveQuery random(Random random, Map<String, Value> entity) {
    var held = NAMES.stream().filter(entity::containsKey).toList();
    return random(random, held.isEmpty() || random.nextInt(4) == 0 ? NAMES : held);
  }

  private static NaiveQuery random(Random random, List<String> names) {
    var path = pick(random, names);
    if (random.nextInt(3) == 0) {
      if (random.nextInt(3) == 0) path += "." + pick(random, NAMES);
      path += "." + (random.nextBoolean() ? pick(random, NAMES) : pick(random, SAID));
    }
    var trail =
        random.nextInt(4) == 0
            ? List.of(
                pick(random, List.of("street", "en", "type", "city", "zh-TW", "*", "coordinates")))
            : random.nextInt(12) == 0 ? List.of("street", "city") : List.<String>of();
    var operator = pick(random, List.of("", "==", "!=", ">", ">=", "<", "<=", "~=", "!~="));
    var operand =
        switch (operator) {
          case "" -> "";
          case "~=", "!~=" -> pick(random, List.of("\"e\"", "\"^r.d$\"", "\"x|信\"", "\"\\\\d+\""));
          case "==", "!=" -> pick(random, VALUES);
          default ->
              pick(
                  random,
                  List.of(
                      "\"red\"",
                      "5",
                      "0.5",
                      "-50.25",
                      "1e3",
                      "2026-06-01",
                      "2025-06-22T00:00:00Z",
                      "\"信\"",
                      "\"\""));
        };
    return new NaiveQuery(path, trail, operator, operand.replace("\\\\d", "\\d"));
  }

  private static final String LITERAL =
      "(?:\"[a-z信義]*\"|-?(?:0|[1-9]\\d{0,9})(?:\\.\\d{1,9})?|true|false|urn:[a-zA-Z:-]+\\d)";
  private static final Pattern TERM =
      Pattern.compile(
          "([a-z]+(?:\\.[a-z]+)*)(?:\\[([a-zA-Z*-]+)])?(?:(==|!=)("
              + LITERAL
              + "(?:,"
              + LITERAL
              + ")*)|(>=|<=|>|<)(\"[a-z信義]*\"|-?(?:0|[1-9]\\d{0,9})))?");

  /// A text as it comes, when it is of the simplest kind there is; empty says nothing about it.
  static Optional<NaiveQuery> read(String text) {
    var found = TERM.matcher(text);
    if (!found.matches() || List.of("id", "type").contains(found.group(1).split("\\.")[0]))
      return Optional.empty();
    var operator = found.group(3) != null ? found.group(3) : found.group(5);
    var operand = found.group(4) != null ? found.group(4) : found.group(6);
    return Optional.of(
        new NaiveQuery(
            found.group(1),
            found.group(2) == null ? List.of() : List.of(found.group(2)),
            operator == null ? "" : operator,
            operand == null ? "" : operand));
  }

  private static String pick(Random random, List<String> from) {
    return from.get(random.nextInt(from.size()));
  }

  String text() {
    return text("", "");
  }

  /// With something around the path.
  String text(String before, String after) {
    return before
        + path
        + (trail.isEmpty() ? "" : "[" + String.join(".", trail) + "]")
        + after
        + operator
        + operand;
  }

  boolean matches(Map<String, Value> entity) {
    var names = path.split("\\.");
    var level = List.of(entity);
    for (int i = 0; i < names.length; i++) {
      var next = new ArrayList<Map<String, Value>>();
      for (var one : level) {
        var member = one.get(names[i]);
        if (member == null) continue;
        if (i > 0 && SAID.contains(names[i])) {
          if (trail.isEmpty() && i == names.length - 1)
            next.add(Map.of("type", Value.of("Property"), "value", member));
          continue;
        }
        for (var instance : member instanceof Value.Items(var items) ? items : List.of(member))
          if (instance instanceof Value.Struct(var members)) next.add(members);
      }
      level = next;
    }
    return level.stream().anyMatch(this::meets);
  }

  private boolean meets(Map<String, Value> attribute) {
    var kind = ((Value.Text) attribute.get("type")).text();
    var targets = new ArrayList<Value>();
    boolean linked = false;
    switch (kind) {
      case "Property", "GeoProperty" -> into(attribute.get("value"), targets);
      case "JsonProperty" -> into(attribute.get("json"), targets);
      case "ListProperty" -> into(attribute.get("valueList"), targets);
      case "Relationship" -> {
        linked = true;
        if (trail.isEmpty()) targets.add(listed(attribute.get("object")));
      }
      case "ListRelationship" -> {
        linked = true;
        var uris = new ArrayList<Value>();
        for (var item : ((Value.Items) attribute.get("objectList")).items())
          uris.add(((Value.Struct) item).members().get("object"));
        if (trail.isEmpty()) targets.add(new Value.Items(uris));
      }
      case "VocabProperty" -> {
        if (trail.isEmpty()) targets.add(expanded(attribute.get("vocab")));
      }
      case "LanguageProperty" ->
          ((Value.Struct) attribute.get("languageMap"))
              .members()
              .forEach((tag, text) -> {
                if (trail.isEmpty() || trail.getFirst().equals("*") || trail.getFirst().equals(tag))
                  targets.add(text);
              });
      default -> throw new IllegalStateException(kind);
    }
    if (targets.isEmpty()) return false;
    return switch (operator) {
      case "" -> true;
      case "==" -> targets.stream().anyMatch(t -> equal(t, kind));
      case "!=" -> targets.stream().noneMatch(t -> equal(t, kind));
      case "~=", "!~=" -> {
        if (linked) yield false;
        boolean found = false;
        for (var target : targets) {
          var texts = target instanceof Value.Items(var items) ? items : List.of(target);
          if (target instanceof Value.Items && !kind.equals("VocabProperty") && targets.size() == 1)
            yield false;
          for (var text : texts) {
            if (!(text instanceof Value.Text(var string))) yield false;
            found |=
                Pattern.compile(operand.substring(1, operand.length() - 1)).matcher(string).find();
          }
        }
        yield found == operator.equals("~=");
      }
      default -> {
        boolean isLinked = linked;
        yield !isLinked && targets.stream().anyMatch(this::compares);
      }
    };
  }

  /// "If the target element is a VocabProperty, the target value shall be expanded."
  private static Value expanded(Value vocab) {
    return Value.of(
        ((Value.Items) listed(vocab))
            .items().stream().map(term -> expanded(((Value.Text) term).text())).toList());
  }

  private static String expanded(String term) {
    return term.indexOf(':') < 0 ? plaza.graph.Names.DEFAULT_VOCAB + term : term;
  }

  private static Value listed(Value value) {
    return value instanceof Value.Items ? value : new Value.Items(List.of(value));
  }

  private void into(Value value, List<Value> targets) {
    for (var name : trail) {
      if (!(value instanceof Value.Struct(var members)) || members.get(name) == null) return;
      value = members.get(name);
    }
    targets.add(held(value));
  }

  /// Clause 4.6.3: a typed value is what stands in its `@value`.
  private static Value held(Value value) {
    if (value instanceof Value.Struct(var members) && members.containsKey("@value"))
      return members.get("@value");
    return value instanceof Value.Items(var items)
        ? new Value.Items(items.stream().map(NaiveQuery::held).toList())
        : value;
  }

  private boolean equal(Value target, String kind) {
    if (target instanceof Value.Items(var items))
      return items.stream().anyMatch(item -> equal(item, kind));
    var range = operand.split("\\.\\.");
    if (range.length == 2) {
      Integer low = order(target, range[0]);
      Integer high = order(target, range[1]);
      return low != null && high != null && low >= 0 && high <= 0;
    }
    for (var wanted : operand.split(",")) {
      Integer sign = order(target, wanted);
      if (sign != null && sign == 0) return true;
    }
    return false;
  }

  private boolean compares(Value target) {
    Integer sign = order(target, operand);
    if (sign == null) return false;
    return switch (operator) {
      case ">" -> sign > 0;
      case ">=" -> sign >= 0;
      case "<" -> sign < 0;
      default -> sign <= 0;
    };
  }

  /// Null when the types differ.
  private static Integer order(Value target, String wanted) {
    if (wanted.equals("true") || wanted.equals("false"))
      return target instanceof Value.Flag(boolean set)
          ? (Integer) Boolean.compare(set, wanted.equals("true"))
          : null;
    if (wanted.startsWith("\""))
      return target instanceof Value.Text(var text)
          ? (Integer) text.compareTo(wanted.substring(1, wanted.length() - 1))
          : null;
    if (wanted.matches("\\d{4}-.*")) {
      if (!(target instanceof Value.Text(var text)) || !text.matches("\\d{4}-\\d\\d-\\d\\d.*"))
        return null;
      return plaza.graph.query.Moments.parse(text)
          .compareTo(plaza.graph.query.Moments.parse(wanted));
    }
    if (wanted.matches("-?[0-9][0-9.eE+-]*")) {
      var number =
          switch (target) {
            case Value.Whole(long whole) -> BigDecimal.valueOf(whole);
            case Value.Decimal(double decimal) -> new BigDecimal(decimal);
            default -> null;
          };
      var asked = new BigDecimal(wanted);
      // What is no whole number is the nearest that a double can say.
      if (asked.stripTrailingZeros().scale() > 0) asked = new BigDecimal(asked.doubleValue());
      return number == null ? null : (Integer) number.compareTo(asked);
    }
    // A URI or a term; terms of a vocabulary are compared as they show in the same context.
    return target instanceof Value.Text(var text)
        ? (Integer) (text.equals(wanted) || text.equals(expanded(wanted)) ? 0 : 1)
        : null;
  }
}
