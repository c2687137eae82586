package dev.quorate.wire;

import dev.quorate.memory.Memory;
import org.jspecify.annotations.Nullable;

/// One item of a body that was received. List and index together name it in the answer.
public sealed interface Arrival permits Arrival.Stamped, Arrival.Bad, Plain {
  /// Name of the list on the wire, such as `memories`.
  String list();

  /// Position in that list, from 0.
  int index();

  default Place place() {
    return new Place(list(), index());
  }

  /// A register whose hash was found right.
  ///
  /// @param memory what the body of a content says, so that it need not be read again; absent for
  ///   any other register
  record Stamped(String list, int index, Item item, @Nullable Memory memory) implements Arrival {
    public Stamped(String list, int index, Item item) {
      this(list, index, item, null);
    }
  }

  /// An item that cannot be taken: it breaks a rule, its facts are malformed, or it is damaged. The
  /// others of the body are not touched by it.
  ///
  /// @param reason one sentence for the sender
  record Bad(String list, int index, String reason) implements Arrival {}
}
