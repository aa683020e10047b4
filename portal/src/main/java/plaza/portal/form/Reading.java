package plaza.portal.form;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import plaza.graph.Refusal;
import plaza.graph.Value;
import plaza.json.Json;

/// What was written in a form, as the programme takes it. What cannot be read is a fault of its
/// field; all of them are found, not only the first.
public final class Reading {
  private final Choices choices;
  private final ZoneId zone;
  private final Map<String, String> faults = new LinkedHashMap<>();

  public Reading(Choices choices, ZoneId zone) {
    this.choices = choices;
    this.zone = zone;
  }

  /// Sentences by the names of the inputs that they are about.
  public Map<String, String> faults() {
    return faults;
  }

  /// All that is written; what was left empty is left out.
  public Value.Struct all(List<Field> fields, Written written) {
    return changes(fields, Written.NOTHING, written);
  }

  /// The fields in which something else is written than they began with.
  public Value.Struct changes(List<Field> fields, Written start, Written written) {
    var members = new LinkedHashMap<String, Value>();
    for (var field : fields) {
      var path = field.name();
      var before = start.filled(path);
      if (!before.isEmpty() && before.equals(written.filled(path))) continue;
      var value = read(field, path, written);
      if (value.isEmpty() && !before.isEmpty()) value = emptied(field);
      value.ifPresent(one -> members.put(path, one));
    }
    return new Value.Struct(members);
  }

  private Optional<Value> emptied(Field field) {
    return switch (field.form()) {
      case CHECK -> Optional.of(Value.of(false));
      case CHECKS, LIST, PAIRS, ROWS -> Optional.of(new Value.Items(List.of()));
      case TEXT, LONG, SELECT, CHOICE, NUMBER, MOMENT, DATE, TIME, SHAPE, CHOOSE, GROUP ->
          fault(field.name(), "It was filled in before and cannot be empty again.");
    };
  }

  private Optional<Value> read(Field field, String path, Written written) {
    var text = written.text(path);
    return switch (field.form()) {
      case GROUP -> {
        var parts = parts(field, path, written);
        yield parts.members().isEmpty() ? Optional.empty() : Optional.of(parts);
      }
      case ROWS -> rows(field, path, written);
      case CHECKS -> {
        var chosen =
            field.options().stream()
                .filter(option -> !written.text(path + "." + option).isEmpty())
                .toList();
        yield chosen.isEmpty() ? Optional.empty() : Optional.of(Value.of(chosen));
      }
      case TEXT,
          LONG,
          SELECT,
          CHOICE,
          CHECK,
          NUMBER,
          MOMENT,
          DATE,
          TIME,
          LIST,
          PAIRS,
          SHAPE,
          CHOOSE ->
          text.isEmpty() ? Optional.empty() : one(field, path, text);
    };
  }

  private Optional<Value> one(Field field, String path, String text) {
    return switch (field.form()) {
      case TEXT, LONG -> Optional.of(Value.of(text));
      case SELECT, CHOICE -> {
        if (!field.options().contains(text))
          yield fault(path, "Choose one of the list, not " + text + ".");
        yield Optional.of(field.form() == Field.Form.CHOICE ? Json.parse(text) : Value.of(text));
      }
      case CHECK -> Optional.of(Value.of(true));
      case NUMBER ->
          text.matches("-?\\d{1,15}(\\.\\d{1,9})?")
              ? Optional.of(Json.parse(text))
              : fault(path, "Write a number such as 12 or 0.5, not " + text + ".");
      case MOMENT -> moment(path, text);
      case DATE -> date(path, text);
      case TIME -> time(path, text);
      case LIST -> Optional.of(Value.of(lines(text)));
      case PAIRS -> pairs(field, path, text);
      case SHAPE -> shape(path, text);
      case CHOOSE ->
          choices
              .id(field.of(), text)
              .map(Value::of)
              .or(() ->
                  fault(path, "Nothing here is called \"" + text + "\". Choose one by name."));
      case CHECKS, GROUP, ROWS -> throw new IllegalStateException(path + " has parts");
    };
  }

  private Value.Struct parts(Field field, String path, Written written) {
    var members = new LinkedHashMap<String, Value>();
    for (var part : field.parts())
      read(part, part.within(path), written).ifPresent(value -> members.put(part.name(), value));
    return new Value.Struct(members);
  }

  private Optional<Value> rows(Field field, String path, Written written) {
    var items = new ArrayList<Value>();
    for (int row : written.rows(path)) {
      var within = path + "." + row;
      if (isUntouched(field, within, written)) continue;
      if (field.parts().getFirst().name().isEmpty())
        read(field.parts().getFirst(), within, written).ifPresent(items::add);
      else items.add(row(field, within, written));
    }
    return items.isEmpty() ? Optional.empty() : Optional.of(new Value.Items(items));
  }

  /// Boxes that are ticked and lists in which something is chosen from the start say nothing.
  private static boolean isUntouched(Field field, String path, Written written) {
    return field.parts().stream()
        .filter(part -> part.form() != Field.Form.CHECK && part.form() != Field.Form.CHOICE)
        .allMatch(part -> written.filled(part.within(path)).isEmpty());
  }

  /// In a row that is given, a box that is not ticked says no.
  private Value row(Field field, String path, Written written) {
    var members = new LinkedHashMap<>(parts(field, path, written).members());
    for (var part : field.parts())
      if (part.form() == Field.Form.CHECK) members.putIfAbsent(part.name(), Value.of(false));
    return new Value.Struct(members);
  }

  private Optional<Value> fault(String path, String sentence) {
    faults.putIfAbsent(path, sentence);
    return Optional.empty();
  }

  private Optional<Value> moment(String path, String text) {
    try {
      return Optional.of(Value.of(LocalDateTime.parse(text).atZone(zone).toInstant().toString()));
    } catch (DateTimeException e) {
      return fault(path, "Write a day and a time such as 2026-03-01T09:00, not " + text + ".");
    }
  }

  private Optional<Value> date(String path, String text) {
    try {
      return Optional.of(Value.of(LocalDate.parse(text).toString()));
    } catch (DateTimeException e) {
      return fault(path, "Write a day such as 2026-03-01, not " + text + ".");
    }
  }

  private Optional<Value> time(String path, String text) {
    if (text.equals("24:00")) return Optional.of(Value.of(text));
    try {
      var time = LocalTime.parse(text.matches("\\d:\\d\\d") ? "0" + text : text);
      return Optional.of(Value.of("%02d:%02d".formatted(time.getHour(), time.getMinute())));
    } catch (DateTimeException e) {
      return fault(path, "Write a time such as 08:30, not " + text + ".");
    }
  }

  private static List<String> lines(String text) {
    return text.lines().map(String::strip).filter(line -> !line.isEmpty()).toList();
  }

  private Optional<Value> pairs(Field field, String path, String text) {
    var items = new ArrayList<Value>();
    for (var line : lines(text)) {
      int colon = line.indexOf(':');
      if (colon < 1 || line.substring(colon + 1).isBlank())
        return fault(path, "Write each line as small: Small, not " + line + ".");
      var members = new LinkedHashMap<String, Value>();
      members.put(field.parts().getFirst().name(), Value.of(line.substring(0, colon).strip()));
      members.put(field.parts().getLast().name(), Value.of(line.substring(colon + 1).strip()));
      items.add(new Value.Struct(members));
    }
    return Optional.of(new Value.Items(items));
  }

  private Optional<Value> shape(String path, String text) {
    if (text.matches("-?\\d{1,2}(\\.\\d{1,15})?\\s*,\\s*-?\\d{1,3}(\\.\\d{1,15})?")) {
      int comma = text.indexOf(',');
      var point = new LinkedHashMap<String, Value>();
      point.put("type", Value.of("Point"));
      point.put(
          "coordinates",
          new Value.Items(
              List.of(
                  Json.parse(text.substring(comma + 1).strip()),
                  Json.parse(text.substring(0, comma).strip()))));
      return Optional.of(new Value.Struct(point));
    }
    try {
      return Optional.of(Json.parse(text));
    } catch (Refusal.Invalid neither) {
      return fault(
          path,
          "Write latitude and longitude such as 25.033, 121.565, or paste an outline as GeoJSON.");
    }
  }
}
