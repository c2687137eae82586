package dev.quorate.http.transport;

import io.helidon.http.HeaderNames;
import io.helidon.http.ServerRequestHeaders;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// A request that was received in full and matched a route. Belongs to one thread.
public final class Request {
  private final Route route;
  private final boolean head;
  private final String path;
  private final List<String> segments;
  private final LazyQuery query;
  private final ServerRequestHeaders headers;
  private final byte[] body;
  private final Guard connection;
  private final Access access;
  private final AnswerMemory.Room room;
  private @Nullable JsonNode json;

  Request(
      Route route,
      boolean head,
      String path,
      List<String> segments,
      LazyQuery query,
      ServerRequestHeaders headers,
      byte[] body,
      Guard connection,
      Access access,
      AnswerMemory.Room room) {
    this.route = route;
    this.head = head;
    this.path = path;
    this.segments = segments;
    this.query = query;
    this.headers = headers;
    this.body = body;
    this.connection = connection;
    this.access = access;
    this.room = room;
  }

  /// To be called once it is known how much the answer will show, and before it is made: only so
  /// many large answers fit into the heap at a time. To be called within the look at the store, so
  /// that what was read for others does not pile up behind this one.
  ///
  /// @param bytes how long what it shows is, in UTF-8
  /// @throws dev.quorate.failure.RequestFailure.Overloaded when this one does not fit now
  public void willAnswer(long bytes) {
    room.take(bytes);
  }

  /// The route's method; `GET` for a `HEAD` request.
  public Method method() {
    return route.method();
  }

  /// Whether it is a `HEAD` request: its client is shown nothing of the answer but the headers.
  public boolean isHead() {
    return head;
  }

  /// The path as it stood on the wire, without the query.
  public String path() {
    return path;
  }

  /// The query as it stood on the wire, without the `?`; empty where there is none.
  public String rawQuery() {
    return query.raw();
  }

  /// SHA-256 of the certificate that the client has shown, in lower-case hexadecimal; empty without
  /// TLS or a certificate. Nothing is known of who issued it.
  public Optional<String> clientCertificate() {
    return connection.clientCertificate();
  }

  /// Whether it presents an API key of this node, or the node asks for none; always true but in a
  /// route that is open or judges for itself.
  public boolean hasAccess() {
    return access.admits(headers, query);
  }

  /// The value of a `{name}` in the route's path, decoded.
  ///
  /// @throws dev.quorate.failure.RequestFailure.Invalid if it is not percent-encoded UTF-8
  public String pathParameter(String name) {
    var index = route.parameterNames().indexOf(name);
    if (index < 0) {
      throw new IllegalArgumentException(route.path() + " has no path parameter " + name);
    }
    return PercentText.segment(segments.get(index), "path parameter " + name);
  }

  /// The value of a query parameter, decoded; `?name` alone has the empty value.
  ///
  /// @throws dev.quorate.failure.RequestFailure.Invalid if any part of the query is not
  ///   percent-encoded UTF-8, or a parameter is given twice
  public Optional<String> query(String name) {
    return query.get().value(name);
  }

  /// The names of all query parameters, in their order; fails as [#query] does.
  public Set<String> queryNames() {
    return query.get().names();
  }

  /// The value of a header, the first if there are several; the name in any case.
  public Optional<String> header(String name) {
    return headers.first(HeaderNames.create(name));
  }

  /// The body as it was sent, empty if there was none. Not to be changed.
  public byte[] body() {
    return body;
  }

  /// Whether the content type says that the body is JSON.
  public boolean isJson() {
    return JsonBody.isJson(headers.first(HeaderNames.CONTENT_TYPE));
  }

  /// The body as JSON.
  ///
  /// @throws dev.quorate.failure.RequestFailure.UnsupportedMedia if the content type is not JSON
  /// @throws dev.quorate.failure.RequestFailure.Invalid if the body is empty, malformed, nested too
  ///   deep, not UTF-8, or holds a lone surrogate
  public JsonNode json() {
    if (json == null) json = JsonBody.parse(headers.first(HeaderNames.CONTENT_TYPE), body);
    return json;
  }
}
