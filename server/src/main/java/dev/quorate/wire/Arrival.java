package dev.quorate.wire;

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
  record Stamped(String list, int index, Item item) implements Arrival {}

  /// An item that cannot be taken: it breaks a rule, its facts are malformed, or it is damaged. The
  /// others of the body are not touched by it.
  ///
  /// @param reason one sentence for the sender
  record Bad(String list, int index, String reason) implements Arrival {}
}
