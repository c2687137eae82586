package dev.quorate.http.transport;

import dev.quorate.failure.RequestFailure;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The parameters behind the `?`, decoded, in the order of the request. A parameter that stands
/// twice is refused, so that none is silently ignored.
final class Query {
  static final Query EMPTY = new Query(Map.of());

  private final Map<String, String> values;

  private Query(Map<String, String> values) {
    this.values = values;
  }

  static Query parse(String raw) {
    if (raw.isEmpty()) return EMPTY;
    var values = new LinkedHashMap<String, String>();
    for (var from = 0; from <= raw.length(); ) {
      var ampersand = raw.indexOf('&', from);
      var end = ampersand < 0 ? raw.length() : ampersand;
      if (end > from) put(raw.substring(from, end), values);
      from = end + 1;
    }
    return new Query(Collections.unmodifiableMap(values));
  }

  Optional<String> value(String name) {
    return Optional.ofNullable(values.get(name));
  }

  Set<String> names() {
    return values.keySet();
  }

  private static void put(String pair, Map<String, String> values) {
    var equals = pair.indexOf('=');
    var rawName = equals < 0 ? pair : pair.substring(0, equals);
    var name = PercentText.query(rawName, "the name of a query parameter");
    var what = "query parameter " + name;
    var value = equals < 0 ? "" : PercentText.query(pair.substring(equals + 1), what);
    if (values.put(name, value) != null) {
      throw new RequestFailure.Invalid(what + " is given twice");
    }
  }
}
