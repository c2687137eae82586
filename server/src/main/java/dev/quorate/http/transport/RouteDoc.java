package dev.quorate.http.transport;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/// What a route is, for readers and for `/openapi.json`, and the three facts that the transport
/// acts on. Starts with [#of] and grows by `with…` and `as…`, each a new value.
///
/// @param body JSON schema of the request body; null where the route takes none
/// @param answers status to description
/// @param mutating whether it changes anything; such a route takes an `Idempotency-Key`
/// @param open whether it needs no API key
/// @param judging whether it finds out by itself who calls, by [Request#hasAccess] among other
///   things, and so is reached without an API key
public record RouteDoc(
    String summary,
    List<Parameter> parameters,
    @Nullable ObjectNode body,
    SortedMap<Integer, String> answers,
    boolean mutating,
    boolean open,
    boolean judging) {

  public RouteDoc {
    parameters = List.copyOf(parameters);
    answers = Collections.unmodifiableSortedMap(new TreeMap<>(answers));
  }

  public static RouteDoc of(String summary) {
    return new RouteDoc(summary, List.of(), null, new TreeMap<>(), false, false, false);
  }

  public RouteDoc with(Parameter... added) {
    var all = new ArrayList<>(parameters);
    all.addAll(List.of(added));
    return new RouteDoc(summary, all, body, answers, mutating, open, judging);
  }

  public RouteDoc withBody(ObjectNode schema) {
    return new RouteDoc(summary, parameters, schema, answers, mutating, open, judging);
  }

  public RouteDoc withAnswer(int status, String description) {
    var all = new TreeMap<>(answers);
    all.put(status, description);
    return new RouteDoc(summary, parameters, body, all, mutating, open, judging);
  }

  public RouteDoc asMutating() {
    return new RouteDoc(summary, parameters, body, answers, true, open, judging);
  }

  public RouteDoc asOpen() {
    return new RouteDoc(summary, parameters, body, answers, mutating, true, judging);
  }

  public RouteDoc asJudging() {
    return new RouteDoc(summary, parameters, body, answers, mutating, open, true);
  }
}
