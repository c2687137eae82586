package dev.quorate.http;

import dev.quorate.failure.RequestFailure.Behind;
import dev.quorate.failure.RequestFailure.Overloaded;
import dev.quorate.failure.RequestFailure.TimedOut;
import dev.quorate.federation.Federation;
import dev.quorate.feed.Cursor;
import dev.quorate.feed.Feed;
import dev.quorate.feed.Page;
import dev.quorate.feed.Wanted;
import dev.quorate.http.transport.Request;
import dev.quorate.http.transport.Response;
import dev.quorate.store.Origin;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Answers for the feed of changes: a page, a page that is waited for, or an event stream.
final class ChangeRoutes {
  static final int LIMIT_DEFAULT = 100;
  static final int LIMIT_MAX = 1_000;
  static final int WAIT_SECS_MAX = 30;

  /// How long a node that lacks what the cursor has looks for it among its peers.
  private static final long CATCH_UP_MILLIS = 5_000;

  /// How often a stream without news shows that it lives. Whoever is gone is found out by it.
  private static final long KEEP_ALIVE_MILLIS = 15_000;

  private final Feed feed;
  private final Federation federation;
  private final Listeners listeners;
  private final ChangeText text;
  private final int waitSecsMax;

  /// @param waitSecsMax how long a request may wait, at most [#WAIT_SECS_MAX]
  ChangeRoutes(
      Feed feed, Federation federation, Listeners listeners, ChangeText text, int waitSecsMax) {
    this.feed = feed;
    this.federation = federation;
    this.listeners = listeners;
    this.text = text;
    this.waitSecsMax = waitSecsMax;
  }

  Response changes(Request request) {
    var parameters = Parameters.of(request);
    var wanted =
        Wanted.of(
            parameters.text("lanes"),
            parameters.namespace("namespace"),
            parameters.namespace("as_agent"));
    var limit = parameters.whole("limit", LIMIT_DEFAULT, 1, LIMIT_MAX);
    var wait = Math.min(parameters.whole("wait", 0, 0, WAIT_SECS_MAX), waitSecsMax);
    if (wantsEvents(request)) {
      var cursor = cursor(request.header("Last-Event-ID").orElse(parameters.text("after")));
      catchUp(cursor);
      return Response.events(out -> stream(out, cursor, wanted));
    }
    var cursor = cursor(parameters.text("after"));
    catchUp(cursor);
    return Bodies.json(200, text.page(page(cursor, limit, wanted, wait)));
  }

  private static boolean wantsEvents(Request request) {
    return request
        .header("Accept")
        .filter(accept -> accept.contains("text/event-stream"))
        .isPresent();
  }

  private Cursor cursor(@Nullable String after) {
    return switch (after) {
      case null -> Cursor.BEGINNING;
      case "now" -> feed.now();
      default -> Cursor.of(after);
    };
  }

  /// A cursor of another node may be ahead of this one. What no node that can be reached has is not
  /// waited for: it is told again should it ever come.
  private void catchUp(Cursor cursor) {
    var lacking = feed.lacking(cursor);
    if (lacking.isEmpty() || federation.caughtUp(lacking, CATCH_UP_MILLIS)) return;
    throw new Behind(
        "this node does not have everything that the cursor has yet (%s); ask again, or another node"
            .formatted(tokens(lacking)));
  }

  private static String tokens(List<Origin> origins) {
    return origins.stream().limit(3).map(Token::text).collect(Collectors.joining(", "));
  }

  private Page page(Cursor cursor, int limit, Wanted wanted, int waitSecs) {
    if (waitSecs == 0) return feed.page(cursor, limit, wanted);
    try (var _ = listeners.take()) {
      return feed.await(cursor, limit, wanted, waitSecs * 1_000L);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      throw new TimedOut("the wait for changes was interrupted");
    }
  }

  /// Tells changes as they come, each with the cursor behind it, until the node ends or the client
  /// does.
  private void stream(OutputStream out, Cursor from, Wanted wanted) throws IOException {
    try (var _ = listeners.take()) {
      var cursor = from;
      // The client learns at once that it is heard.
      send(out, ": changes\n\n");
      while (!feed.isClosed()) {
        var page = next(cursor, wanted);
        if (page == null) return;
        send(out, page.entries().isEmpty() ? keepAlive(page) : events(page));
        cursor = page.next();
      }
    }
  }

  /// Null when the client had better come again.
  private @Nullable Page next(Cursor cursor, Wanted wanted) {
    try {
      return feed.await(cursor, LIMIT_DEFAULT, wanted, KEEP_ALIVE_MILLIS);
    } catch (Overloaded _) {
      return null;
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return null;
    }
  }

  /// A comment, and an id without an event: whoever comes again goes on from there.
  private static String keepAlive(Page page) {
    return ": \nid: " + page.next().text() + "\n\n";
  }

  private String events(Page page) {
    var events = new StringBuilder();
    for (var entry : page.entries()) {
      events.append("id: ").append(entry.cursor().text());
      events.append("\ndata: ").append(text.entry(entry)).append("\n\n");
    }
    return events.toString();
  }

  private static void send(OutputStream out, String events) throws IOException {
    out.write(events.getBytes(StandardCharsets.UTF_8));
    out.flush();
  }
}
