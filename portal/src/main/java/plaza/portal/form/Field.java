package plaza.portal.form;

import java.util.List;
import java.util.Optional;
import plaza.graph.Value;

/// One field of a form.
///
/// @param name as the programme takes it; empty for the one part of a row that is no object
/// @param options of a choice
/// @param words for the options; the options themselves where there are none
/// @param of what is chosen by name, such as `organisation` or `places`; empty for nothing
/// @param parts of a group, of each row, or of each line of pairs
/// @param start what it holds before anybody has written anything
public record Field(
    String name,
    String label,
    Form form,
    List<String> options,
    List<String> words,
    String of,
    List<Field> parts,
    Optional<Value> start) {
  /// How a field is filled in.
  public enum Form {
    TEXT,
    LONG,
    SELECT,
    /// One of two or more, sent as JSON: `true`, `false`.
    CHOICE,
    CHECK,
    /// Any of the options.
    CHECKS,
    NUMBER,
    MOMENT,
    DATE,
    /// An hour and minute of any day.
    TIME,
    /// One text a line.
    LIST,
    /// An object of two texts a line: `key: name`.
    PAIRS,
    /// A point as people copy it from a map, or an outline as GeoJSON.
    SHAPE,
    /// One thing of a kind, by its name.
    CHOOSE,
    /// An object with parts of its own.
    GROUP,
    /// As many as one likes, each with the same parts.
    ROWS
  }

  public Field {
    options = List.copyOf(options);
    words = words.isEmpty() ? options : List.copyOf(words);
    parts = List.copyOf(parts);
  }

  public static Field of(String name, String label, Form form) {
    return new Field(name, label, form, List.of(), List.of(), "", List.of(), Optional.empty());
  }

  public Field starting(Value value) {
    return new Field(name, label, form, options, words, of, parts, Optional.of(value));
  }

  public Field with(List<Field> others) {
    return new Field(name, label, form, options, words, of, others, start);
  }

  /// The name of its input within what is around it.
  String within(String path) {
    if (path.isEmpty()) return name;
    return name.isEmpty() ? path : path + "." + name;
  }
}
