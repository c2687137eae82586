package dev.quorate.http;

import dev.quorate.http.transport.Response;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Function;

/// Answers that list what may be long. They are made row by row, so that no more of one is in
/// memory than [Request#willAnswer] allows for.
final class Lists {
  private Lists() {}

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

  private static void write(String text, ByteArrayOutputStream out) {
    out.writeBytes(text.getBytes(StandardCharsets.UTF_8));
  }
}
