package dev.quorate.http;

import dev.quorate.http.transport.Request;
import dev.quorate.http.transport.Response;
import dev.quorate.store.Snapshot;
import dev.quorate.store.Store;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToLongFunction;

/// Answers that list what may be long. They are made row by row, so that no more of one is in
/// memory than [Request#willAnswer] allows for.
final class Lists {
  private Lists() {}

  /// Reads what an answer will show, and announces it while it is the reader's.
  ///
  /// @param bytes how long it is, in UTF-8
  /// @throws dev.quorate.failure.RequestFailure.Overloaded as [Request#willAnswer] does
  static <T> T read(
      Store store, Request request, Function<Snapshot, T> reading, ToLongFunction<T> bytes) {
    return store.read(snapshot -> {
      var found = reading.apply(snapshot);
      request.willAnswer(bytes.applyAsLong(found));
      return found;
    });
  }

  /// `{"name":[…],"count":n` and then `more`, which ends the object.
  static <T> Response of(String name, List<T> rows, Function<T, String> render, String more) {
    var out = new ByteArrayOutputStream();
    write("{\"" + name + "\":[", out);
    var separator = "";
    for (var row : rows) {
      write(separator, out);
      write(render.apply(row), out);
      separator = ",";
    }
    write("],\"count\":" + rows.size() + more + "}", out);
    return Response.json(200, out.toByteArray());
  }

  /// The member of a list that says so; none where nothing is left out.
  static String truncated(boolean truncated) {
    return truncated ? ",\"truncated\":true" : "";
  }

  private static void write(String text, ByteArrayOutputStream out) {
    out.writeBytes(text.getBytes(StandardCharsets.UTF_8));
  }
}
