package plaza.ngsild.query;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import plaza.graph.Value;

/// Clause 4.9 once more, read off the normalized JSON of an entity, as slowly and plainly as the
/// text has it: the reference the evaluator is compared with.
final class NaiveQuery {
  private static final List<String> NAMES =
      List.of("bikes", "name", "temperature", "speed", "street", "colour", "owner", "location");
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
    var path = pick(random, NAMES);
    if (random.nextInt(4) == 0)
      path += "." + (random.nextBoolean() ? pick(random, NAMES) : "observedAt");
    var trail =
        random.nextInt(4) == 0
            ? List.of(
                pick(random, List.of("street", "en", "type", "city", "zh-TW", "*", "coordinates")))
            : List.<String>of();
    var operator = pick(random, List.of("", "==", "!=", ">", ">=", "<", "<=", "~=", "!~="));
    var operand =
        switch (operator) {
          case "" -> "";
          case "~=", "!~=" -> pick(random, List.of("\"e\"", "\"^r.d$\"", "\"x|信\"", "\"\\\\d+\""));
          case "==", "!=" -> pick(random, VALUES);
          default -> pick(random, List.of("\"red\"", "5", "0.5", "2026-06-01", "\"信\""));
        };
    return new NaiveQuery(path, trail, operator, operand.replace("\\\\d", "\\d"));
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
        if (i > 0 && names[i].equals("observedAt")) {
          if (trail.isEmpty()) next.add(Map.of("type", Value.of("Property"), "value", member));
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
                java.util.regex.Pattern.compile(operand.substring(1, operand.length() - 1))
                    .matcher(string)
                    .find();
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
    targets.add(value);
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
    if (wanted.matches("-?[0-9.]+")) {
      double number = target.asNumber();
      return Double.isNaN(number)
          ? null
          : (Integer) Double.compare(number, Double.parseDouble(wanted));
    }
    // A URI or a term; terms of a vocabulary are compared as they show in the same context.
    return target instanceof Value.Text(var text)
        ? (Integer) (text.equals(wanted) || text.equals(expanded(wanted)) ? 0 : 1)
        : null;
  }
}
