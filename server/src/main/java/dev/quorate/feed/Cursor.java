package dev.quorate.feed;

import dev.quorate.failure.RequestFailure.Invalid;
import dev.quorate.store.Origin;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/// How far somebody has read the feed, in a form that means the same on every node: of each node
/// and epoch, up to which of its numbers every change, or one that supersedes it, was told. Beside
/// that the place in the sequence of the node that was read last, where reading goes on without a
/// search. Immutable.
///
/// @param place absent before anything was read
public record Cursor(Map<Source, Long> seen, @Nullable Place place) {
  /// The start of everything.
  public static final Cursor BEGINNING = new Cursor(Map.of(), null);

  /// A cursor goes into a header or a query, which have limits of their own.
  public static final int CHARACTERS_MAX = 12_000;

  private static final int BYTES_MAX = CHARACTERS_MAX / 4 * 3 - 8;
  private static final String FORM = "1";
  private static final String NOT_ONE = "after must be a cursor that a node answered, or now";

  public Cursor {
    seen = Map.copyOf(seen);
  }

  /// Up to where everything of each node was told.
  List<Origin> told() {
    return seen.entrySet().stream()
        .map(entry -> entry.getKey().upTo(entry.getValue()))
        .sorted(Comparator.comparing(Origin::node).thenComparing(Origin::epoch))
        .toList();
  }

  /// The same knowledge at another number of the same node.
  Cursor at(Place other) {
    return new Cursor(seen, other);
  }

  /// The cursor as clients keep it: letters, digits, `-` and `_`. Of more nodes and epochs than it
  /// has room for, the least numbers are left out: what they stand for may be told twice.
  public String text() {
    var where = place;
    if (where == null) throw new IllegalStateException("nothing was read yet");
    var out = new StringBuilder(FORM);
    out.append(' ').append(where.at()).append(' ').append(where.until());
    out.append(' ').append(where.whole() ? 1 : 0).append(' ').append(name(where.node()));
    var known = new ArrayList<>(seen.entrySet());
    known.sort(Map.Entry.<Source, Long>comparingByValue().reversed());
    for (var entry : known) {
      var line = "\n" + entry.getValue() + " " + name(entry.getKey());
      if (out.length() + line.length() > BYTES_MAX) break;
      out.append(line);
    }
    var bytes = out.toString().getBytes(StandardCharsets.UTF_8);
    var sealed = ByteBuffer.allocate(bytes.length + 4).put(bytes).putInt(sum(bytes)).array();
    return Base64.getUrlEncoder().withoutPadding().encodeToString(sealed);
  }

  /// Reads what [#text] wrote.
  ///
  /// @throws Invalid when it is anything else
  public static Cursor of(String text) {
    if (text.length() > CHARACTERS_MAX) {
      throw new Invalid(
          "a cursor has at most %d characters: %d".formatted(CHARACTERS_MAX, text.length()));
    }
    try {
      var sealed = Base64.getUrlDecoder().decode(text);
      if (sealed.length < 4) throw new Invalid(NOT_ONE);
      var bytes = Arrays.copyOf(sealed, sealed.length - 4);
      if (ByteBuffer.wrap(sealed).getInt(bytes.length) != sum(bytes)) throw new Invalid(NOT_ONE);
      return read(new String(bytes, StandardCharsets.UTF_8));
    } catch (IllegalArgumentException _) {
      throw new Invalid(NOT_ONE);
    }
  }

  private static Cursor read(String text) {
    var lines = text.split("\n", -1);
    var head = lines[0].split(" ", 5);
    if (head.length != 5 || !head[0].equals(FORM)) throw new Invalid(NOT_ONE);
    var place = new Place(source(head[4]), number(head[1]), number(head[2]), head[3].equals("1"));
    var seen = new TreeMap<Source, Long>(Comparator.comparing(Cursor::name));
    for (var i = 1; i < lines.length; i++) {
      var parts = lines[i].split(" ", 2);
      if (parts.length != 2) throw new Invalid(NOT_ONE);
      seen.put(source(parts[1]), number(parts[0]));
    }
    return new Cursor(seen, place);
  }

  private static long number(String text) {
    var number = Long.parseLong(text);
    if (number < 0) throw new Invalid(NOT_ONE);
    return number;
  }

  /// A node id may have dots, an epoch has none.
  private static Source source(String name) {
    var dot = name.lastIndexOf('.');
    if (dot < 1 || dot + 1 == name.length()) throw new Invalid(NOT_ONE);
    return new Source(name.substring(0, dot), name.substring(dot + 1));
  }

  private static String name(Source source) {
    return source.node() + "." + source.epoch();
  }

  private static int sum(byte[] bytes) {
    var sum = new CRC32();
    sum.update(bytes);
    return (int) sum.getValue();
  }
}
