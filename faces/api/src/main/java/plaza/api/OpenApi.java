package plaza.api;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import plaza.graph.Value;
import plaza.json.Json;
import plaza.web.Right;
import plaza.web.Route;
import plaza.web.Routes;

/// Describes the routes as they are declared, in OpenAPI 3.1, so that the description cannot drift
/// from the server. Refers to nothing outside itself.
public final class OpenApi {
  private static final Pattern PARAMETER = Pattern.compile("\\{(\\w+)}");
  private final byte[] document;

  /// @param version of Plaza
  public OpenApi(String version, List<Routes> faces) {
    var paths = new LinkedHashMap<String, Map<String, Value>>();
    for (var face : faces)
      for (var route : face.list())
        if (route.path().startsWith("/api/"))
          paths
              .computeIfAbsent(route.path(), _ -> new LinkedHashMap<>())
              .put(route.method().toLowerCase(Locale.ROOT), operation(route));
    var items = new LinkedHashMap<String, Value>();
    paths.forEach((path, operations) -> items.put(path, new Value.Struct(operations)));
    document = Json.bytes(document(version, new Value.Struct(items)));
  }

  public Routes routes() {
    return new Routes()
        .get(
            "/openapi",
            Right.anyone(),
            exchange ->
                exchange.send(200, "application/vnd.oai.openapi+json;version=3.1", document));
  }

  private static Value document(String version, Value paths) {
    return object(
        "openapi", Value.of("3.1.0"),
        "info",
            object(
                "title", Value.of("Plaza"),
                "version", Value.of(version),
                "summary", Value.of("The programme, access, links and branches of a city's Plaza"),
                "license",
                    object("name", Value.of("Apache 2.0"), "identifier", Value.of("Apache-2.0"))),
        "paths", paths,
        "components",
            object(
                "securitySchemes",
                    object(
                        "key",
                            object(
                                "type", Value.of("apiKey"),
                                "in", Value.of("header"),
                                "name", Value.of("X-API-Key")),
                        "session",
                            object(
                                "type", Value.of("apiKey"),
                                "in", Value.of("cookie"),
                                "name", Value.of(plaza.web.Exchange.SESSION_COOKIE))),
                "schemas", object("Problem", problem())));
  }

  /// RFC 9457, with the guards of a procedure that are not met.
  private static Value problem() {
    var text = object("type", Value.of("string"));
    return object(
        "type", Value.of("object"),
        "properties",
            object(
                "type", text,
                "title", text,
                "status", object("type", Value.of("integer")),
                "detail", text,
                "unmet",
                    object(
                        "type", Value.of("array"),
                        "items",
                            object(
                                "type", Value.of("object"),
                                "properties", object("guard", text, "remedy", text)))));
  }

  private static Value operation(Route route) {
    var operation = new LinkedHashMap<String, Value>();
    operation.put("operationId", Value.of(operationId(route)));
    operation.put("description", Value.of("For " + route.right().sentence() + "."));
    operation.put("tags", Value.of(List.of(route.path().split("/")[3])));
    var parameters = new ArrayList<Value>();
    PARAMETER
        .matcher(route.path())
        .results()
        .forEach(found ->
            parameters.add(
                object(
                    "name", Value.of(found.group(1)),
                    "in", Value.of("path"),
                    "required", Value.of(true),
                    "schema", object("type", Value.of("string")))));
    if (!parameters.isEmpty()) operation.put("parameters", new Value.Items(parameters));
    if (route.method().equals("POST") || route.method().equals("PUT"))
      operation.put(
          "requestBody",
          object(
              "content",
              object("application/json", object("schema", object("type", Value.of("object"))))));
    operation.put(
        "responses",
        object(
            "2XX", object("description", Value.of("Done.")),
            "default",
                object(
                    "description", Value.of("Refused, with the reason and the mend."),
                    "content",
                        object(
                            "application/problem+json",
                            object(
                                "schema",
                                object("$ref", Value.of("#/components/schemas/Problem")))))));
    operation.put(
        "security",
        route.right() instanceof Right.Anyone
            ? new Value.Items(List.of())
            : new Value.Items(
                List.of(
                    object("key", new Value.Items(List.of())),
                    object("session", new Value.Items(List.of())))));
    return new Value.Struct(operation);
  }

  private static String operationId(Route route) {
    var id = new StringBuilder(route.method().toLowerCase(Locale.ROOT));
    for (var word : route.path().substring("/api/v1/".length()).split("[/{}-]+"))
      if (!word.isEmpty())
        id.append(Character.toUpperCase(word.charAt(0))).append(word.substring(1));
    return id.toString();
  }

  private static Value object(Object... namesAndValues) {
    var members = new LinkedHashMap<String, Value>();
    for (int i = 0; i < namesAndValues.length; i += 2)
      members.put((String) namesAndValues[i], (Value) namesAndValues[i + 1]);
    return new Value.Struct(members);
  }
}
