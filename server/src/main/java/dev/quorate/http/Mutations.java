package dev.quorate.http;

import dev.quorate.failure.RequestFailure.Conflict;
import dev.quorate.failure.RequestFailure.Invalid;
import dev.quorate.failure.RequestFailure.Unprocessable;
import dev.quorate.federation.Federation;
import dev.quorate.http.transport.Request;
import dev.quorate.http.transport.Response;
import dev.quorate.store.RecordedOutcome;
import dev.quorate.store.Store;
import dev.quorate.store.Transaction;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/// Carries out mutations for requests: in one transaction with the record of their outcome when
/// they bear an idempotency key, and answered with a receipt of how durable they are.
final class Mutations {
  private static final String KEY_HEADER = "Idempotency-Key";
  private static final int KEY_CHARACTERS_MAX = 255;
  private static final Duration OUTCOME_LIFE = Duration.ofHours(24);

  private final Store store;
  private final Federation federation;
  private final KeysInUse keysInUse = new KeysInUse();
  private final Receipts receipts;

  Mutations(Store store, Federation federation, Receipts receipts) {
    this.store = store;
    this.federation = federation;
    this.receipts = receipts;
  }

  /// Runs one mutation and answers when it is durable. The same request with the same key is
  /// answered with the outcome of the first, and does nothing again.
  Response run(Request request, Function<Transaction, Outcome> mutation) {
    var key = key(request);
    var free = federation.placeIfFree();
    if (free.isEmpty()) {
      // What was done before needs no place: it goes on to the peers whoever asks for it.
      var before = key.flatMap(this::recorded);
      if (before.isPresent()) return replayed(before.get());
    }
    try (var place = free.orElseGet(federation::place)) {
      return run(key, mutation, place);
    }
  }

  private Response run(
      Optional<Key> key, Function<Transaction, Outcome> mutation, Federation.Place place) {
    if (key.isEmpty()) {
      var committed = store.write(mutation::apply);
      // One of many rows waits for every peer, which is longer than the quorum takes.
      if (committed.value().bulk()) place.close();
      return receipts.of(committed.value(), committed);
    }
    var committed =
        keysInUse.alone(
            key.get().text(),
            key.get().requestHash(),
            () -> store.write(transaction -> once(transaction, key.get(), mutation)));
    var done = committed.value();
    return done.replayed() ? replayed(done) : receipts.of(done.outcome(), committed);
  }

  private Response replayed(Done done) {
    return receipts.replayed(done.outcome(), done.sequence());
  }

  /// The same for work that takes several transactions: the outcome is recorded after the last, so
  /// that a retry of one that was cut off goes on with it. Its key is taken before the first step.
  /// It takes no place among those that wait for a quorum, which it might hold for minutes.
  Response runInSteps(Request request, Supplier<Outcome> work) {
    var key = key(request);
    if (key.isEmpty()) return receipts.upTo(work.get(), store.committedSequence());
    var done =
        keysInUse.alone(key.get().text(), key.get().requestHash(), () -> inSteps(key.get(), work));
    return done.replayed() ? replayed(done) : receipts.upTo(done.outcome(), done.sequence());
  }

  private Done inSteps(Key key, Supplier<Outcome> work) {
    var recorded = recorded(key);
    if (recorded.isPresent()) return recorded.get();
    var outcome = work.get();
    store.write(transaction -> {
      record(transaction, key, outcome);
      return true;
    });
    return new Done(outcome, false, store.committedSequence());
  }

  /// An idempotency key and the hash of the request that bears it.
  private record Key(String text, String requestHash) {}

  private record Done(Outcome outcome, boolean replayed, long sequence) {}

  private static Done once(
      Transaction transaction, Key key, Function<Transaction, Outcome> mutation) {
    var recorded = recorded(transaction.recordedOutcome(key.text()), key, transaction.nowMillis());
    if (recorded.isPresent()) return recorded.get();
    var outcome = mutation.apply(transaction);
    record(transaction, key, outcome);
    return new Done(outcome, false, transaction.ownSequence());
  }

  private Optional<Done> recorded(Key key) {
    return store.read(
        snapshot -> recorded(snapshot.recordedOutcome(key.text()), key, snapshot.nowMillis()));
  }

  private static Optional<Done> recorded(Optional<RecordedOutcome> found, Key key, long nowMillis) {
    var young = found.filter(there -> there.atMillis() > nowMillis - OUTCOME_LIFE.toMillis());
    if (young.isEmpty()) return Optional.empty();
    if (!young.get().requestHash().equals(key.requestHash())) {
      throw new Unprocessable("this Idempotency-Key was used for another request within 24 hours");
    }
    if (young.get().body().isEmpty()) {
      throw new Conflict("what this request made was deleted since", Map.of("code", "DELETED"));
    }
    var outcome = new Outcome(young.get().status(), young.get().body(), List.of(), "");
    return Optional.of(new Done(outcome, true, young.get().sequence()));
  }

  private static void record(Transaction transaction, Key key, Outcome outcome) {
    transaction.recordOutcome(
        key.text(),
        new RecordedOutcome(
            key.requestHash(),
            outcome.status(),
            outcome.json(),
            outcome.memoryIds(),
            transaction.nowMillis(),
            transaction.ownSequence()));
  }

  private static Optional<Key> key(Request request) {
    return request
        .header(KEY_HEADER)
        .map(text -> {
          var printable = text.chars().allMatch(c -> c > 0x20 && c < 0x7f);
          if (text.isEmpty() || text.length() > KEY_CHARACTERS_MAX || !printable) {
            throw new Invalid(
                "Idempotency-Key must be 1..%d printable ASCII characters"
                    .formatted(KEY_CHARACTERS_MAX));
          }
          return new Key(text, requestHash(request));
        });
  }

  private static String requestHash(Request request) {
    var digest = sha256();
    var agent = request.header("X-Agent-Id").orElse("");
    var head = new StringBuilder().append(request.method()).append('\n').append(request.path());
    for (var name : request.queryNames()) {
      if (name.equals("api_key")) continue;
      head.append('\n').append(name).append('=').append(request.query(name).orElse(""));
    }
    digest.update(
        head.append('\n').append(agent).append('\n').toString().getBytes(StandardCharsets.UTF_8));
    return HexFormat.of().formatHex(digest.digest(request.body()));
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
