package plaza.portal.form;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import plaza.graph.Value;
import plaza.json.Json;

/// What a form begins with: values as people write them.
public final class Start {
  private final Choices choices;
  private final ZoneId zone;
  private final Map<String, String> texts = new LinkedHashMap<>();

  private Start(Choices choices, ZoneId zone) {
    this.choices = choices;
    this.zone = zone;
  }

  public static Written of(List<Field> fields, Choices choices, ZoneId zone) {
    var start = new Start(choices, zone);
    for (var field : fields)
      field.start().ifPresent(value -> start.put(field, field.name(), value));
    return new Written(start.texts);
  }

  private void put(Field field, String path, Value value) {
    switch (field.form()) {
      case TEXT, LONG, SELECT, DATE, TIME -> texts.put(path, text(value));
      case CHOICE, NUMBER -> texts.put(path, value instanceof Value.Text ? "" : Json.text(value));
      case CHECK -> {
        if (value.equals(Value.of(true))) texts.put(path, "true");
      }
      case CHECKS -> items(value).forEach(item -> texts.put(path + "." + text(item), "true"));
      case MOMENT -> texts.put(path, moment(text(value)));
      case LIST -> texts.put(path, lines(items(value).stream().map(Start::line).toList()));
      case PAIRS ->
          texts.put(path, lines(items(value).stream().map(item -> pair(field, item)).toList()));
      case SHAPE -> texts.put(path, shape(value));
      case CHOOSE -> {
        var id = text(value);
        texts.put(path, id.isEmpty() ? "" : choices.name(field.of(), id));
      }
      case GROUP -> parts(field, path, value);
      case ROWS -> {
        var items = items(value);
        for (int i = 0; i < items.size(); i++) parts(field, path + "." + i, items.get(i));
      }
    }
  }

  private void parts(Field field, String path, Value value) {
    for (var part : field.parts())
      if (part.name().isEmpty()) put(part, path, value);
      else member(value, part.name()).ifPresent(one -> put(part, part.within(path), one));
  }

  private static java.util.Optional<Value> member(Value value, String name) {
    return value instanceof Value.Struct(var members)
        ? java.util.Optional.ofNullable(members.get(name))
        : java.util.Optional.empty();
  }

  private static List<Value> items(Value value) {
    return value instanceof Value.Items(var items) ? items : List.of(value);
  }

  private static String text(Value value) {
    return switch (value) {
      case Value.Text(var text) -> text;
      case Value.Null _ -> "";
      case Value.Struct _, Value.Items _, Value.Whole _, Value.Decimal _, Value.Flag _ ->
          Json.text(value);
    };
  }

  /// A text, or the text of something that was noted about one.
  private static String line(Value item) {
    return text(member(item, "text").orElse(item));
  }

  private static String pair(Field field, Value item) {
    return field.parts().stream()
        .map(part -> member(item, part.name()).map(Start::text).orElse(""))
        .collect(Collectors.joining(": "));
  }

  private static String lines(List<String> lines) {
    return lines.stream().filter(line -> !line.isEmpty()).collect(Collectors.joining("\n"));
  }

  private String moment(String text) {
    try {
      return Instant.parse(text)
          .truncatedTo(ChronoUnit.MINUTES)
          .atZone(zone)
          .format(DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm"));
    } catch (DateTimeException notOne) {
      return "";
    }
  }

  private static String shape(Value value) {
    if (value instanceof Value.Struct(var members)
        && Value.of("Point").equals(members.get("type"))
        && members.get("coordinates") instanceof Value.Items(var at)
        && at.size() == 2) return Json.text(at.get(1)) + ", " + Json.text(at.get(0));
    return value instanceof Value.Struct(var members) && hasPlace(members) ? Json.text(value) : "";
  }

  private static boolean hasPlace(Map<String, Value> shape) {
    return !new Value.Items(List.of()).equals(shape.get("coordinates"));
  }
}
