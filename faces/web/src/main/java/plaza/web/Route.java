package plaza.web;

/// One thing that can be asked of the server.
///
/// @param path with `{name}` for a segment, such as `/ngsi-ld/v1/entities/{id}`
/// @param maxBodyBytes larger bodies are refused
public record Route(
    String method, String path, Right right, Handler handler, Errors errors, long maxBodyBytes) {}
