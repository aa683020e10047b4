package plaza.programme.privacy;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import plaza.graph.Value;
import plaza.programme.demand.ContactDetails;
import plaza.programme.privacy.Register.Holds;
import plaza.programme.record.Dossier;

/// What a record becomes when somebody is erased from it.
final class Redaction {
  /// Stands where something was taken out.
  static final String MARK = "[…]";

  private final Register register;
  private final Subject subject;
  private final @Nullable Pattern names;

  Redaction(Register register, Subject subject) {
    this.register = register;
    this.subject = subject;
    this.names = subject.inTexts();
  }

  /// A record of the subject's own, without who they are and how to reach them.
  ///
  /// @param whole whether all they wrote goes, not only where it names them
  Dossier own(Dossier record, boolean whole) {
    var next = record;
    for (var field : register.fields(record.kind(), Holds.WHO, Holds.TOKEN, Holds.CONTACT))
      next = next.without(field);
    for (var field : register.fields(record.kind(), Holds.WORDS)) {
      var value = record.find(field);
      if (value.isEmpty()) continue;
      if (!whole) next = next.with(field, redacted(value.get()));
      else if (field.equals("title")) next = next.with(field, MARK);
      else next = next.without(field);
    }
    return others(next);
  }

  /// A record of others in whose lists the subject stands.
  Dossier others(Dossier record) {
    var next = record;
    for (var field : register.fields(record.kind(), Holds.NAMES)) {
      var entries = record.texts(field);
      var left = entries.stream().filter(entry -> !subject.entries().contains(entry)).toList();
      if (left.size() < entries.size()) next = next.with(field, left);
    }
    return next;
  }

  private Value redacted(Value value) {
    return switch (value) {
      case Value.Text(var text) -> Value.of(redacted(text));
      case Value.Items(var items) -> new Value.Items(items.stream().map(this::redacted).toList());
      case Value.Struct(var members) -> {
        var all = new LinkedHashMap<String, Value>();
        members.forEach((name, member) -> all.put(name, redacted(member)));
        yield new Value.Struct(all);
      }
      case Value.Whole _, Value.Decimal _, Value.Flag _, Value.Null _ -> value;
    };
  }

  private String redacted(String text) {
    var without = names == null ? text : names.matcher(text).replaceAll(MARK);
    return ContactDetails.removedFrom(without);
  }

  /// The lists in which the subject may stand, as search conditions.
  List<String> entries() {
    return List.copyOf(subject.entries());
  }
}
