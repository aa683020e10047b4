package plaza.programme.fault;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import plaza.graph.GeoJson;
import plaza.graph.Refusal;
import plaza.graph.Value;
import plaza.programme.demand.ContactDetails;
import plaza.programme.record.Fields;

/// A fault as somebody reports it.
///
/// @param code of the category
/// @param location GeoJSON; null when the place is told by an address
/// @param answers to the category's questions, by code
/// @param about who reports it: `email`, `phone`, `firstName`, `lastName`, `deviceId`, `accountId`;
///   nobody sees it but who mends the fault
public record NewFault(
    String code,
    Value.@Nullable Struct location,
    @Nullable String address,
    @Nullable String addressId,
    String description,
    @Nullable String mediaUrl,
    Map<String, List<String>> answers,
    Map<String, String> about) {
  /// Open311's limit of a description.
  public static final int LONGEST_DESCRIPTION = 4_000;

  /// What may be told of who reports.
  public static final List<String> ABOUT =
      List.of("email", "phone", "firstName", "lastName", "deviceId", "accountId");

  private static final int MOST_ANSWERS = 50;

  public NewFault {
    answers = Map.copyOf(answers);
    about = Map.copyOf(about);
    if (location == null && address == null && addressId == null)
      throw new Refusal.Invalid(
          "a fault needs a place: lat and long, or address_string, or address_id");
    if (location != null) GeoJson.geometry(location);
    if (mediaUrl != null && !mediaUrl.matches("https?://[^\\s<>\"']+"))
      throw new Refusal.Invalid("media_url must be an http or https address, not " + mediaUrl);
    var email = about.get("email");
    if (email != null && !email.matches("[^@\\s]+@[^@\\s]+"))
      throw new Refusal.Invalid("email must be an e-mail address such as a@city.example");
  }

  /// Reads `{category, location, address, addressId, description, mediaUrl, attributes: {code: text
  /// or [texts]}, email, phone, firstName, lastName, deviceId, accountId}`.
  public static NewFault of(Value.Struct json) {
    var fields = new Fields("a fault", json);
    var answers = new LinkedHashMap<String, List<String>>();
    fields
        .findStruct("attributes")
        .ifPresent(given -> {
          var each = new Fields("attributes of a fault", given);
          for (var code : given.members().keySet())
            answers.put(code, each.texts(code, MOST_ANSWERS));
        });
    if (answers.size() > MOST_ANSWERS)
      throw new Refusal.Invalid("a fault may answer at most " + MOST_ANSWERS + " attributes");
    var about = new LinkedHashMap<String, String>();
    for (var name : ABOUT) fields.findText(name, 300).ifPresent(text -> about.put(name, text));
    var fault =
        new NewFault(
            fields.text("category", 60),
            fields.findPlace("location").orElse(null),
            fields.findText("address", 1_000).orElse(null),
            fields.findText("addressId", 200).orElse(null),
            fields.findText("description", LONGEST_DESCRIPTION).orElse(""),
            fields.findText("mediaUrl", 2_048).orElse(null),
            answers,
            about);
    fields.done();
    return fault;
  }

  Map<String, Value> fields() {
    var fields = new LinkedHashMap<String, Value>();
    if (location != null) fields.put("location", location);
    if (address != null) fields.put("address", Value.of(address));
    if (addressId != null) fields.put("addressId", Value.of(addressId));
    if (mediaUrl != null) fields.put("mediaUrl", Value.of(mediaUrl));
    describe(fields, description);
    about.forEach((name, text) -> fields.put(name, Value.of(text)));
    var given = new LinkedHashMap<String, Value>();
    answers.forEach((code, texts) -> given.put(code, Value.of(new ArrayList<>(texts))));
    if (!given.isEmpty()) fields.put("attributes", new Value.Struct(given));
    return fields;
  }

  /// Everybody reads the description at once, so what tells how to reach somebody is taken out; who
  /// mends the fault reads it as it was sent.
  static void describe(Map<String, Value> fields, String description) {
    if (description.isEmpty()) return;
    var shown = ContactDetails.removedFrom(description);
    fields.put("description", Value.of(shown));
    if (!shown.equals(description)) fields.put("descriptionAsSent", Value.of(description));
  }
}
