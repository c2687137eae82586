package dev.quorate.merge;

import dev.quorate.time.Stamp;

/// A content that lost a merge against a concurrent edit. Kept by every node, as durable as what
/// won.
public record LostContent(ContentRegister content) implements Register {
  @Override
  public Lane lane() {
    return Lane.LOST;
  }

  @Override
  public String key() {
    return content.id() + "\n" + content.stamp().text() + "\n" + content.hash();
  }

  @Override
  public Stamp stamp() {
    return content.stamp();
  }

  @Override
  public Hash hash() {
    return content.hash();
  }

  @Override
  public Hash computedHash() {
    return content.computedHash();
  }
}
