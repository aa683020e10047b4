package plaza.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RouteTreeTest {
  private static RouteTree of(String... paths) {
    var routes = new ArrayList<Route>();
    for (var path : paths)
      routes.add(new Route("GET", path, Right.anyone(), _ -> {}, Errors.PROBLEM, 0));
    return new RouteTree(routes);
  }

  private static @Nullable String found(RouteTree tree, String path) {
    var found = tree.find(path);
    return found == null ? null : Objects.requireNonNull(found.route("GET")).path();
  }

  @Test
  void aFixedSegmentThatLeadsNowhereGivesWayToAParameter() {
    var tree = of("/a/b/d", "/a/{x}/c", "/a/{x}/{y}/e");
    assertThat(found(tree, "/a/b/c")).isEqualTo("/a/{x}/c");
    assertThat(found(tree, "/a/b/d")).isEqualTo("/a/b/d");
    var deep = Objects.requireNonNull(tree.find("/a/b/d/e"));
    assertThat(deep.parameters()).isEqualTo(Map.of("x", "b", "y", "d"));
    assertThat(found(tree, "/a/b")).isNull();
  }

  @Test
  void theRootAndEmptySegmentsAreToldApart() {
    var tree = of("/", "/a/{x}");
    assertThat(found(tree, "/")).isEqualTo("/");
    assertThat(found(tree, "/a//")).isNull();
    assertThat(found(tree, "//a/b")).isNull();
    assertThat(found(tree, "/a/b/")).isEqualTo("/a/{x}");
  }

  @Test
  void aRouteIsThereOnce() {
    assertThatThrownBy(() -> of("/a/{x}", "/a/{x}"))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("GET /a/{x} is taken twice");
    assertThatThrownBy(() -> of("/a/{x}", "/a/{y}"))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("other names");
  }

  @Test
  void whatMayBeReadAnswersHead() {
    var get = new Route("GET", "/a", Right.anyone(), _ -> {}, Errors.PROBLEM, 0);
    var post = new Route("POST", "/b", Right.anyone(), _ -> {}, Errors.PROBLEM, 0);
    var tree = new RouteTree(List.of(get, post));
    assertThat(Objects.requireNonNull(tree.find("/a")).route("HEAD")).isSameAs(get);
    assertThat(Objects.requireNonNull(tree.find("/b")).route("HEAD")).isNull();
  }
}
