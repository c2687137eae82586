package dev.quorate.merge;

/// A kind of change. The code is what the store keeps and must never be given to another lane.
public enum Lane {
  CONTENT(1),
  LIFECYCLE(2),
  ALIAS(3),
  LINK(4),
  STANDARD(5),
  PENDING(6),
  VOTE(7),
  EMBEDDING(8),
  LOST(9),
  SUBSCRIPTION(10);

  private final int code;

  Lane(int code) {
    this.code = code;
  }

  public int code() {
    return code;
  }

  public static Lane of(int code) {
    for (var lane : values()) {
      if (lane.code == code) return lane;
    }
    throw new IllegalArgumentException("no lane has the code " + code);
  }
}
