package dev.quorate.wire;

/// An item that the receiver did not take, and never will as it is.
///
/// @param reason one sentence
public record Skip(String list, int index, String reason) {
  public Place place() {
    return new Place(list, index);
  }
}
