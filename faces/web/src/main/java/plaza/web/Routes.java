package plaza.web;

import java.util.ArrayList;
import java.util.List;

/// The routes of one face, each with who may use it.
public final class Routes {
  /// Enough for a form or one record.
  public static final long SMALL_BODY = 1 << 20;

  private final Errors errors;
  private final long maxBodyBytes;
  private final List<Route> routes = new ArrayList<>();

  public Routes() {
    this(Errors.PROBLEM, SMALL_BODY);
  }

  public Routes(Errors errors, long maxBodyBytes) {
    this.errors = errors;
    this.maxBodyBytes = maxBodyBytes;
  }

  public Routes get(String path, Right right, Handler handler) {
    return add("GET", path, right, handler);
  }

  public Routes post(String path, Right right, Handler handler) {
    return add("POST", path, right, handler);
  }

  public Routes put(String path, Right right, Handler handler) {
    return add("PUT", path, right, handler);
  }

  public Routes patch(String path, Right right, Handler handler) {
    return add("PATCH", path, right, handler);
  }

  public Routes delete(String path, Right right, Handler handler) {
    return add("DELETE", path, right, handler);
  }

  public Routes add(String method, String path, Right right, Handler handler) {
    routes.add(new Route(method, path, right, handler, errors, maxBodyBytes));
    return this;
  }

  /// Takes in another's routes, which keep their own errors and limits.
  public Routes include(Routes others) {
    routes.addAll(others.routes);
    return this;
  }

  public List<Route> list() {
    return List.copyOf(routes);
  }
}
