package dev.quorate.http.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RouteTableTest {
  private final RouteTable table =
      new RouteTable(
          List.of(
              get("/"),
              get("/archive"),
              get("/archive/stats"),
              get("/archive/{id}"),
              get("/archive/{id}/restore"),
              get("/archive/stats/{day}"),
              get("/x/{a}/y/{b}"),
              get("/x/{a}/y/{b}/"),
              get("/{any}")));

  @ParameterizedTest
  @CsvSource({
    "/, /, ''",
    "/archive, /archive, ''",
    "/archive/stats, /archive/stats, ''",
    "/archive/1, /archive/{id}, 1",
    "/archive/stats/monday, /archive/stats/{day}, monday",
    "/archive/stats/restore, /archive/stats/{day}, restore",
    "/archive/1/restore, /archive/{id}/restore, 1",
    "/x/1/y/2, /x/{a}/y/{b}, '1,2'",
    "/x/y/y/y, /x/{a}/y/{b}, 'y,y'",
    "/x/1/y/2/, /x/{a}/y/{b}/, '1,2'",
    "/a%2Fb, /{any}, a%2Fb",
    "/{any}, /{any}, {any}"
  })
  void aPathHasItsRoute(String path, String pattern, String segments) {
    var match = Objects.requireNonNull(table.match(path));
    assertThat(match.resource().route(Method.GET))
        .isNotNull()
        .extracting(Route::path)
        .isEqualTo(pattern);
    assertThat(String.join(",", match.segments())).isEqualTo(segments);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "archive",
        "/archive/",
        "/archive//restore",
        "/archive/1/2",
        "//",
        "/x/1",
        "/x/1/y",
        "/x/1/y/",
        "/X/1/y/2",
        "/a/b"
      })
  void anotherPathHasNone(String path) {
    assertThat(table.match(path)).isNull();
  }

  @Test
  void aLiteralIsFollowedAsFarAsItLeads() {
    var routes = new RouteTable(List.of(get("/a/b/{c}"), get("/a/{x}/d/e")));
    var match = Objects.requireNonNull(routes.match("/a/b/d/e"));
    assertThat(match.segments()).containsExactly("b");
  }

  @Test
  void aRouteCannotBeDefinedTwice() {
    assertThatThrownBy(() -> new RouteTable(List.of(get("/a/{b}"), get("/a/{c}"))))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("GET /a/{c}");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a", "/{}", "/{a}/{a}"})
  void aPatternHasToMakeSense(String pattern) {
    assertThatThrownBy(() -> get(pattern)).isInstanceOf(IllegalArgumentException.class);
  }

  private static Route get(String path) {
    return Loopback.get(path, _ -> Response.empty(204));
  }
}
