package dev.quorate.simulation;

import dev.quorate.federation.Prepared;
import dev.quorate.wire.Arrival;
import dev.quorate.wire.Frame;
import dev.quorate.wire.Held;
import dev.quorate.wire.Protocol;
import dev.quorate.wire.PullPage;
import dev.quorate.wire.PushBody;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Objects;

/// Messages as their receivers see them: read from the bytes of the wire, or, which is faster, the
/// very items.
final class Message {
  private Message() {}

  /// What of a push arrives.
  record Push(Frame frame, List<Arrival> arrivals) {}

  static Push push(String sender, Frame frame, Prepared prepared, boolean throughBytes) {
    if (!throughBytes) return new Push(frame, arrivals(prepared));
    var received = PushBody.read(PushBody.write(sender, frame, prepared.items()));
    return new Push(Objects.requireNonNull(received.frame()), received.arrivals());
  }

  static PullPage page(Frame frame, List<Held> held, Prepared prepared, boolean throughBytes) {
    return throughBytes
        ? PullPage.read(PullPage.write(frame, held, prepared.items()))
        : new PullPage(frame, Protocol.SPEAKS, held, arrivals(prepared));
  }

  private static List<Arrival> arrivals(Prepared prepared) {
    var counts = new HashMap<String, Integer>();
    var arrivals = new ArrayList<Arrival>();
    for (var item : prepared.items()) {
      var index = counts.merge(item.list(), 1, Integer::sum) - 1;
      arrivals.add(new Arrival.Stamped(item.list(), index, item.item()));
    }
    return arrivals;
  }
}
