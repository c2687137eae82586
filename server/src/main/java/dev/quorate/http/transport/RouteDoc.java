package dev.quorate.http.transport;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/// What a route is, for readers and for `/openapi.json`, and the two facts that the transport acts
/// on. Starts with [#of] and grows by `with…` and `as…`, each a new value.
///
/// @param body JSON schema of the request body; null where the route takes none
/// @param answers status to description
/// @param mutating whether it changes anything; such a route takes an `Idempotency-Key`
/// @param open whether it needs no API key
public record RouteDoc(
    String summary,
    List<Parameter> parameters,
    @Nullable ObjectNode body,
    SortedMap<Integer, String> answers,
    boolean mutating,
    boolean open) {

  public RouteDoc {
    parameters = List.copyOf(parameters);
    answers = Collections.unmodifiableSortedMap(new TreeMap<>(answers));
  }

  public static RouteDoc of(String summary) {
    return new RouteDoc(summary, List.of(), null, new TreeMap<>(), false, false);
  }

  public RouteDoc with(Parameter... added) {
    var all = new ArrayList<>(parameters);
    all.addAll(List.of(added));
    return new RouteDoc(summary, all, body, answers, mutating, open);
  }

  public RouteDoc withBody(ObjectNode schema) {
    return new RouteDoc(summary, parameters, schema, answers, mutating, open);
  }

  public RouteDoc withAnswer(int status, String description) {
    var all = new TreeMap<>(answers);
    all.put(status, description);
    return new RouteDoc(summary, parameters, body, all, mutating, open);
  }

  public RouteDoc asMutating() {
    return new RouteDoc(summary, parameters, body, answers, true, open);
  }

  public RouteDoc asOpen() {
    return new RouteDoc(summary, parameters, body, answers, mutating, true);
  }
}
