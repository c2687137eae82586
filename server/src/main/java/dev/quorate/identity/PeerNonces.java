package dev.quorate.identity;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The nonces of one peer. Not thread-safe.
///
/// In rows, a process has the key `boot <15 hex digits>` with its highest counter, and another
/// nonce one of 10,000 keys `other <slot>`, so that a new one overwrites the one it displaces.
final class PeerNonces {
  static final int BOOTS_MAX = 64;
  static final int OTHERS_MAX = 10_000;

  private static final String BOOT = "boot ";
  private static final String OTHER = "other ";
  private static final int BOOT_DIGITS = 15;
  private static final Pattern KEY = Pattern.compile("boot [0-9a-f]{15}|other [0-9]{1,4}");

  private final String peer;
  private final Map<Long, Boot> boots = new LinkedHashMap<>(16, 0.75f, true);
  private final Deque<Other> others = new ArrayDeque<>();
  private final Set<String> fingerprints = new HashSet<>();
  private long nextNumber;

  PeerNonces(String peer) {
    this.peer = peer;
  }

  /// A process of the peer.
  private record Boot(CounterWindow window, long millis) {}

  /// A nonce that is no counter.
  private record Other(long number, long millis, String fingerprint) {}

  /// What stands in a row.
  ///
  /// @param number the highest counter of a process, or the place of another nonce in their order
  /// @param fingerprint empty for a process
  record Value(long millis, long number, String fingerprint) {
    private static final Pattern TEXT =
        Pattern.compile("(-?[0-9]{1,18}) ([0-9]{1,18})(?: ([0-9a-f]{64}))?");

    static @Nullable Value parse(String text) {
      var match = TEXT.matcher(text);
      if (!match.matches()) return null;
      var fingerprint = match.group(3);
      return new Value(
          Long.parseLong(match.group(1)),
          Long.parseLong(match.group(2)),
          fingerprint == null ? "" : fingerprint);
    }

    String text() {
      var counter = millis + " " + number;
      return fingerprint.isEmpty() ? counter : counter + " " + fingerprint;
    }
  }

  /// Whether a row with this key can hold this value.
  static boolean fits(String key, Value value) {
    return KEY.matcher(key).matches() && key.startsWith(BOOT) == value.fingerprint().isEmpty();
  }

  /// Marks a nonce. Returns the rows that changed; none if it was seen before.
  List<NonceRow> mark(Nonce nonce, long millis) {
    return switch (nonce) {
      case Nonce.Counted(var boot, var counter) -> markCounted(boot, counter, millis);
      case Nonce.Foreign foreign -> markOther(foreign.fingerprint(peer), millis);
    };
  }

  private List<NonceRow> markCounted(long boot, long counter, long millis) {
    var known = boots.get(boot);
    var window = known == null ? CounterWindow.empty() : known.window();
    if (!window.mark(counter)) return List.of();
    boots.put(boot, new Boot(window, millis));
    var changed = new ArrayList<NonceRow>(2);
    changed.add(row(boot, window, millis));
    if (boots.size() > BOOTS_MAX) {
      var eldest = boots.keySet().iterator().next();
      boots.remove(eldest);
      changed.add(new NonceRow(peer, key(eldest), null));
    }
    return changed;
  }

  private List<NonceRow> markOther(String fingerprint, long millis) {
    if (!fingerprints.add(fingerprint)) return List.of();
    var other = new Other(nextNumber, millis, fingerprint);
    add(other);
    return List.of(row(other));
  }

  private void add(Other other) {
    others.addLast(other);
    nextNumber = other.number() + 1;
    if (others.size() > OTHERS_MAX) fingerprints.remove(others.removeFirst().fingerprint());
  }

  /// Takes what stands in a row; rows come in the order in which they were written.
  void restore(String key, Value value) {
    if (key.startsWith(BOOT)) {
      var boot = HexFormat.fromHexDigitsToLong(key.substring(BOOT.length()));
      boots.put(boot, new Boot(CounterWindow.seenUpTo(value.number()), value.millis()));
    } else if (fingerprints.add(value.fingerprint())) {
      add(new Other(value.number(), value.millis(), value.fingerprint()));
    }
  }

  List<NonceRow> rows() {
    var rows = new ArrayList<NonceRow>();
    // Not by `get`, which would change the order of this map.
    boots.forEach((boot, known) -> rows.add(row(boot, known.window(), known.millis())));
    others.forEach(other -> rows.add(row(other)));
    return rows;
  }

  private NonceRow row(long boot, CounterWindow window, long millis) {
    return new NonceRow(peer, key(boot), new Value(millis, window.highest(), "").text());
  }

  private NonceRow row(Other other) {
    var value = new Value(other.millis(), other.number(), other.fingerprint());
    return new NonceRow(peer, OTHER + other.number() % OTHERS_MAX, value.text());
  }

  private static String key(long boot) {
    return BOOT + HexFormat.of().toHexDigits(boot, BOOT_DIGITS);
  }
}
