package dev.quorate.acceptance;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// What a test knows of one route: a request that it accepts, and every way in which that may be
/// made wrong.
///
/// @param path with its parameters in braces
/// @param good a request that is answered with `status`
/// @param mutating whether it takes an `Idempotency-Key`
/// @param tidy whether it answers 400 where others answer 422 and 415 (api.md 1.0)
/// @param shapes the objects of its body, the body itself first; none where it takes no body
/// @param rows bad input of its own
record Operation(
    String path,
    Call good,
    int status,
    boolean mutating,
    boolean tidy,
    List<Shape> shapes,
    List<Asked> asked,
    List<Row> rows) {

  static Operation read(String path, String target) {
    return new Operation(
        path, Call.of("GET", target), 200, false, false, List.of(), List.of(), List.of());
  }

  static Operation change(String method, String path, String target, int status) {
    return new Operation(
        path, Call.of(method, target), status, true, false, List.of(), List.of(), List.of());
  }

  String name() {
    return good.method() + " " + path;
  }

  Operation taking(Shape... more) {
    var call = good.json(more[0].goodBody());
    return new Operation(path, call, status, mutating, tidy, List.of(more), asked, rows);
  }

  Operation asking(Asked... more) {
    return new Operation(path, good, status, mutating, tidy, shapes, List.of(more), rows);
  }

  Operation refusing(Row... more) {
    return new Operation(path, good, status, mutating, tidy, shapes, asked, List.of(more));
  }

  /// The route answers malformed bodies as api.md 1.0 says for storing a memory.
  Operation withTidyRefusals() {
    return new Operation(path, good, status, mutating, true, shapes, asked, rows);
  }

  /// The route changes nothing that a repeated request could change twice.
  Operation withoutKey() {
    return new Operation(path, good, status, false, tidy, shapes, asked, rows);
  }

  int wrongShape() {
    return tidy ? 400 : 422;
  }

  int wrongMedia() {
    return tidy ? 400 : 415;
  }

  /// Every row of this route's table.
  List<Row> allRows() {
    var all = new ArrayList<>(rows);
    for (var shape : shapes) shape.rows(good, wrongShape()).forEach(all::add);
    for (var parameter : asked) parameter.rows(good).forEach(all::add);
    if (!shapes.isEmpty()) BadBodies.rows(this).forEach(all::add);
    BadRequests.rows(this).forEach(all::add);
    return all;
  }

  static Stream<Operation> all() {
    return Stream.of(
            MemoryOperations.all(),
            FindingOperations.all(),
            CuratingOperations.all(),
            TransferOperations.all(),
            NodeOperations.all(),
            MeshOperations.all(),
            StandardOperations.all(),
            GovernanceOperations.all(),
            GraphOperations.all(),
            SubscriptionOperations.all())
        .flatMap(List::stream);
  }
}
