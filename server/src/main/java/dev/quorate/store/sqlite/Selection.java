package dev.quorate.store.sqlite;

import dev.quorate.time.Timestamps;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/// A query that grows with what is asked for, and the values it is run with.
final class Selection {
  private final StringBuilder text;
  private final List<@Nullable Object> values;

  Selection(String start, Object... values) {
    this.text = new StringBuilder(start);
    this.values = new ArrayList<>(Arrays.asList(values));
  }

  /// Adds a condition where there is a value to ask for.
  Selection where(String condition, @Nullable Object value) {
    return value == null ? this : then(condition, value);
  }

  /// The same for a moment, which the tables keep as text.
  Selection where(String condition, @Nullable Instant moment) {
    return moment == null ? this : then(condition, Timestamps.render(moment));
  }

  Selection then(String more, Object... its) {
    text.append(more);
    values.addAll(Arrays.asList(its));
    return this;
  }

  <T> List<T> read(Statements sql, Statements.Row<T> row) {
    return sql.all(text.toString(), row, values.toArray());
  }

  /// The first rows, until they weigh `max`, see [Statements#until].
  <T> List<T> readUntil(long max, ToLongFunction<T> weight, Statements sql, Statements.Row<T> row) {
    return sql.until(max, weight, text.toString(), row, values.toArray());
  }
}
