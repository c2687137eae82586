package dev.quorate.http;

import dev.quorate.failure.RequestFailure.TimedOut;
import dev.quorate.feed.Cursor;
import dev.quorate.feed.Feed;
import dev.quorate.feed.Page;
import dev.quorate.feed.Wanted;
import dev.quorate.http.transport.Request;
import dev.quorate.http.transport.Response;

/// Answers for the feed of changes: a page, a page that is waited for, or an event stream.
final class ChangeRoutes {
  static final int LIMIT_DEFAULT = 100;
  static final int LIMIT_MAX = 1_000;
  static final int WAIT_SECS_MAX = 30;

  private final Feed feed;
  private final FeedStream stream;
  private final Listeners listeners;
  private final ChangeText text;
  private final int waitSecsMax;

  /// @param waitSecsMax how long a request may wait, at most [#WAIT_SECS_MAX]
  ChangeRoutes(
      Feed feed, FeedStream stream, Listeners listeners, ChangeText text, int waitSecsMax) {
    this.feed = feed;
    this.stream = stream;
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
      var cursor = stream.cursor(request.header("Last-Event-ID").orElse(parameters.text("after")));
      stream.catchUp(cursor);
      return stream.events(cursor, wanted, "changes", this::events);
    }
    var cursor = stream.cursor(parameters.text("after"));
    stream.catchUp(cursor);
    return Bodies.json(200, text.page(page(cursor, limit, wanted, wait)));
  }

  private static boolean wantsEvents(Request request) {
    return request
        .header("Accept")
        .filter(accept -> accept.contains("text/event-stream"))
        .isPresent();
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

  /// Each change with the cursor behind it.
  private String events(Page page) {
    var events = new StringBuilder();
    for (var entry : page.entries()) {
      events.append("id: ").append(entry.cursor().text());
      events.append("\ndata: ").append(text.entry(entry)).append("\n\n");
    }
    return events.toString();
  }
}
