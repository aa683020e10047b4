package plaza.api.open311;

import static plaza.api.open311.Format.ordered;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import plaza.graph.GeoJson;
import plaza.graph.Value;
import plaza.programme.fault.Category;
import plaza.programme.fault.Question;
import plaza.programme.record.Dossier;

/// Categories and faults in the words of GeoReport v2. Takes from a record what everybody may see,
/// field by field, and nothing else.
final class Sheet {
  private final Function<String, Optional<String>> organisationName;

  Sheet(Function<String, Optional<String>> organisationName) {
    this.organisationName = organisationName;
  }

  /// One of the service list.
  static Value service(Category category) {
    var record = category.record();
    return new Value.Struct(
        ordered(
            "service_code", Value.of(category.code()),
            "service_name", Value.of(category.title()),
            "description", text(record, "description"),
            "metadata", Value.of(!category.questions().isEmpty()),
            "type", Value.of("realtime"),
            "keywords", Value.of(String.join(", ", record.texts("keywords"))),
            "group", text(record, "group")));
  }

  static Value definition(Category category) {
    var attributes = new ArrayList<Value>();
    for (var question : category.questions())
      attributes.add(attribute(question, attributes.size()));
    return new Value.Struct(
        ordered(
            "service_code", Value.of(category.code()), "attributes", new Value.Items(attributes)));
  }

  private static Value attribute(Question question, int before) {
    var values = new ArrayList<Value>();
    question
        .choices()
        .forEach((key, name) ->
            values.add(new Value.Struct(ordered("key", Value.of(key), "name", Value.of(name)))));
    var members =
        ordered(
            "variable", Value.of(question.variable()),
            "code", Value.of(question.code()),
            "datatype", Value.of(question.kind().word()),
            "required", Value.of(question.required()),
            "datatype_description",
                question.hint().isEmpty() ? Value.Null.VALUE : Value.of(question.hint()),
            "order", Value.of(before + 1),
            "description", Value.of(question.description()));
    if (!values.isEmpty()) members.put("values", new Value.Items(values));
    return new Value.Struct(members);
  }

  static String id(Dossier fault) {
    return fault.id().substring(fault.id().lastIndexOf(':') + 1);
  }

  /// What `POST requests` answers.
  static Value receipt(Dossier fault, Optional<String> accountId) {
    return list(
        new Value.Struct(
            ordered(
                "service_request_id", Value.of(id(fault)),
                "service_notice", text(fault, "serviceNotice"),
                "account_id", accountId.<Value>map(Value::of).orElse(Value.Null.VALUE))));
  }

  static Value token(Dossier fault, String token) {
    return list(
        new Value.Struct(
            ordered("service_request_id", Value.of(id(fault)), "token", Value.of(token))));
  }

  static Value list(Value... items) {
    return new Value.Items(List.of(items));
  }

  Value request(Dossier fault) {
    var place = fault.findStruct("location").map(GeoJson::geometry).map(g -> g.getInteriorPoint());
    return new Value.Struct(
        ordered(
            "service_request_id", Value.of(id(fault)),
            "status", Value.of(fault.is("OPEN", "ACCEPTED") ? "open" : "closed"),
            "status_notes", text(fault, "statusNotes"),
            "service_name", text(fault, "title"),
            "service_code", text(fault, "serviceCode"),
            "description", text(fault, "description"),
            "agency_responsible", agency(fault),
            "service_notice", text(fault, "serviceNotice"),
            "requested_datetime", moment(fault, "requestedAt"),
            "updated_datetime", moment(fault, "updatedAt"),
            "expected_datetime", moment(fault, "expectedAt"),
            "address", text(fault, "address"),
            "address_id", text(fault, "addressId"),
            "zipcode", Value.Null.VALUE,
            "lat", place.<Value>map(p -> Value.of(p.getY())).orElse(Value.Null.VALUE),
            "long", place.<Value>map(p -> Value.of(p.getX())).orElse(Value.Null.VALUE),
            "media_url", text(fault, "mediaUrl")));
  }

  private Value agency(Dossier fault) {
    return fault
        .findText("agency")
        .or(() -> fault.findText("department").flatMap(organisationName))
        .<Value>map(Value::of)
        .orElse(Value.Null.VALUE);
  }

  private static Value text(Dossier record, String field) {
    return record.findText(field).<Value>map(Value::of).orElse(Value.Null.VALUE);
  }

  /// W3C date-time with seconds, in UTC.
  private static Value moment(Dossier record, String field) {
    return record
        .findMoment(field)
        .map(at -> at.truncatedTo(ChronoUnit.SECONDS))
        .map(Instant::toString)
        .<Value>map(Value::of)
        .orElse(Value.Null.VALUE);
  }
}
