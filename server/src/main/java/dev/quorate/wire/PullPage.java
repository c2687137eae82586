package dev.quorate.wire;

import dev.quorate.wire.Arrival.Bad;
import java.util.List;

/// The answer of `POST /api/v1/sync/pull`: the body of a push by the serving node, whose items have
/// any origin, and what that node holds.
///
/// @param frame of the serving node's sequence
/// @param speaks the versions that it speaks
/// @param held of each origin, up to where the serving node holds everything
/// @param arrivals stamped or bad
public record PullPage(Frame frame, List<Integer> speaks, List<Held> held, List<Arrival> arrivals) {
  private static final String ROUTE = "sync_pull";

  public PullPage {
    speaks = List.copyOf(speaks);
    held = List.copyOf(held);
    arrivals = List.copyOf(arrivals);
  }

  /// Writes a page.
  ///
  /// @param frame its node is the serving one
  /// @param items at most [Protocol#ITEMS_MAX] in one list, all encoded for the serving node
  public static byte[] write(Frame frame, List<Held> held, List<EncodedItem> items) {
    return new BodyWriter(frame.node(), items).write(frame, held);
  }

  /// Reads a page. Throws [dev.quorate.failure.RequestFailure.Invalid] for anything that is not
  /// one; an item without facts is bad here.
  public static PullPage read(byte[] page) {
    var reader = new BodyReader(ROUTE);
    var received = reader.read(page);
    var frame = received.frame();
    if (frame == null) throw reader.malformed("missing required field: quorate");
    var held = reader.held();
    if (held == null) throw reader.malformed("missing required field: held");
    var arrivals = received.arrivals().stream().map(PullPage::stamped).toList();
    return new PullPage(frame, received.speaks(), held, arrivals);
  }

  private static Arrival stamped(Arrival arrival) {
    return arrival instanceof Plain plain
        ? new Bad(plain.list(), plain.index(), "it has no facts")
        : arrival;
  }
}
