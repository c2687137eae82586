package dev.quorate.http;

import dev.quorate.failure.RequestFailure.Behind;
import dev.quorate.failure.RequestFailure.Overloaded;
import dev.quorate.federation.Federation;
import dev.quorate.feed.Cursor;
import dev.quorate.feed.Feed;
import dev.quorate.feed.Page;
import dev.quorate.feed.Wanted;
import dev.quorate.http.transport.Response;
import dev.quorate.store.Origin;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The feed as server-sent events, from a cursor of any node on. Thread-safe.
final class FeedStream {
  /// How many entries are read at a time.
  private static final int PAGE = 100;

  /// How long a node that lacks what the cursor has looks for it among its peers.
  private static final long CATCH_UP_MILLIS = 5_000;

  /// How often a stream without news shows that it lives. Whoever is gone is found out by it.
  private static final long KEEP_ALIVE_MILLIS = 15_000;

  private final Feed feed;
  private final Federation federation;
  private final Listeners listeners;

  FeedStream(Feed feed, Federation federation, Listeners listeners) {
    this.feed = feed;
    this.federation = federation;
    this.listeners = listeners;
  }

  /// How one client is told of the feed. Belongs to one stream.
  interface Words {
    /// The events of a page, each with the cursor behind it as its id; empty when nothing in it is
    /// for this client.
    String events(Page page);

    /// What a client is told last whom this node has no room for any more; empty for nothing.
    default String cutOff() {
      return "";
    }
  }

  /// The cursor that a client names.
  ///
  /// @param after one that any node answered, `now`, or absent for everything
  Cursor cursor(@Nullable String after) {
    return switch (after) {
      case null -> Cursor.BEGINNING;
      case "now" -> feed.now();
      default -> Cursor.of(after);
    };
  }

  /// A cursor of another node may be ahead of this one. What no node that can be reached has is not
  /// waited for: it is told again should it ever come.
  ///
  /// @throws Behind when this node did not get in time what others have
  void catchUp(Cursor cursor) {
    var lacking = feed.lacking(cursor);
    if (lacking.isEmpty() || federation.caughtUp(lacking, CATCH_UP_MILLIS)) return;
    throw new Behind(
        "this node does not have everything that the cursor has yet (%s); ask again, or another node"
            .formatted(tokens(lacking)));
  }

  private static String tokens(List<Origin> origins) {
    return origins.stream().limit(3).map(Token::text).collect(Collectors.joining(", "));
  }

  /// Tells what comes after a cursor until the node ends or the client does.
  ///
  /// @param greeting a comment by which the client learns at once that it is heard; where it began
  ///   comes with it, so that whoever is cut off before any event goes on from there
  Response events(Cursor from, Wanted wanted, String greeting, Words words) {
    return Response.events(out -> {
      try (var _ = listeners.take()) {
        send(out, ": " + greeting + "\n" + id(from) + "\n");
        follow(out, from, wanted, words);
      }
    });
  }

  private void follow(OutputStream out, Cursor from, Wanted wanted, Words words)
      throws IOException {
    var cursor = from;
    while (!feed.isClosed()) {
      try {
        var page = feed.await(cursor, PAGE, wanted, KEEP_ALIVE_MILLIS);
        var events = words.events(page);
        send(out, events.isEmpty() ? keepAlive(page) : events);
        cursor = page.next();
      } catch (Overloaded _) {
        // The client had better come again.
        send(out, words.cutOff());
        return;
      } catch (InterruptedException _) {
        Thread.currentThread().interrupt();
        return;
      }
    }
  }

  /// A comment, and an id without an event: whoever comes again goes on from there.
  private static String keepAlive(Page page) {
    return ": \n" + id(page.next()) + "\n";
  }

  /// Nothing for the beginning, where whoever names no cursor begins anyway.
  private static String id(Cursor cursor) {
    return cursor.equals(Cursor.BEGINNING) ? "" : "id: " + cursor.text() + "\n";
  }

  private static void send(OutputStream out, String events) throws IOException {
    out.write(events.getBytes(StandardCharsets.UTF_8));
    out.flush();
  }
}
