package dev.quorate.wire;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// A push as it was read.
///
/// @param sender who says to have sent it; attested elsewhere
/// @param dryRun whether to count only
/// @param frame absent from an ai-memory node and from a guest
/// @param speaks the protocol versions of the sender, empty without a frame
/// @param arrivals every item of every list, in the order in which they are applied
public record Received(
    String sender,
    boolean dryRun,
    @Nullable Frame frame,
    List<Integer> speaks,
    List<Arrival> arrivals) {

  public Received {
    speaks = List.copyOf(speaks);
    arrivals = List.copyOf(arrivals);
  }
}
