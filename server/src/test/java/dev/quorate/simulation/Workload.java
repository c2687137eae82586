package dev.quorate.simulation;

import dev.quorate.governance.Action;
import dev.quorate.governance.Approver;
import dev.quorate.memory.AnyMemory;
import dev.quorate.memory.Body;
import dev.quorate.memory.Link;
import dev.quorate.memory.Memory;
import dev.quorate.memory.Relation;
import dev.quorate.merge.EmbeddingRegister;
import dev.quorate.merge.PendingAction;
import dev.quorate.merge.StandardRegister;
import dev.quorate.merge.SubscriptionRegister;
import dev.quorate.merge.Vote;
import dev.quorate.seeds.Chance;
import dev.quorate.subscriptions.SigningKey;
import dev.quorate.subscriptions.Subscription;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.function.Function;

/// What users do: every kind of change, on few memories and titles, so that they meet.
final class Workload {
  private static final List<String> IDS = List.of("m", "m1", "m12", "n", "o", "p");
  private static final List<String> REQUESTED = List.of("x", "y");
  private static final int RECENT = 4;

  private final Chance chance;
  private final Conduct conduct;
  private final int titles;
  private final int deletesPercent;
  private int fresh;
  private int requests;
  private int subscriptions;

  Workload(Chance chance, Conduct conduct) {
    this.chance = chance;
    this.conduct = conduct;
    this.titles = chance.oneOf(2, 4, 12);
    this.deletesPercent = chance.oneOf(10, 50, 100);
  }

  /// When the memory of an id was created.
  static long created(String id) {
    return Timeline.BEGIN_MILLIS - 100_000 + id.charAt(0) / 2;
  }

  /// The next mutation.
  Function<SimTransaction, Boolean> next() {
    var id = id();
    var other = id();
    return switch (chance.below(30)) {
      case 0, 1, 2, 3, 4, 5, 6 -> save(id);
      case 7, 8 -> rename(id);
      case 9, 10 -> archive(id);
      case 11 -> revive(id);
      case 12, 13 -> delete(id);
      case 14, 15 -> consolidate(id, other);
      case 16, 17 -> link(id, other);
      case 18 -> standard(id);
      case 19, 20 -> request(id);
      case 21, 22 -> vote();
      case 23 -> embed(id);
      case 24 -> standardAndMemory(id);
      case 25, 26 -> chance.percent(70) ? found(id) : foundAndMade(id, other);
      case 27 -> subscribe();
      case 28 -> unsubscribe();
      default -> refused(id);
    };
  }

  /// One that asks again for what is there.
  Function<SimTransaction, Boolean> again() {
    return found(id());
  }

  /// One that finds nothing to do.
  private Function<SimTransaction, Boolean> found(String id) {
    return transaction -> {
      conduct.found(transaction, id);
      return false;
    };
  }

  /// One that finds nothing to do in its first part.
  private Function<SimTransaction, Boolean> foundAndMade(String id, String other) {
    var memory = memory(other);
    return transaction -> {
      if (transaction.erased(other)) throw new SimNode.Refusal();
      conduct.found(transaction, id);
      transaction.edits().save(memory);
      return true;
    };
  }

  /// An id that users write under.
  String anyId() {
    return chance.oneOf(IDS);
  }

  private String id() {
    if (fresh > 0 && chance.percent(25)) return "f" + chance.below(fresh);
    return chance.percent(8) ? chance.oneOf(REQUESTED) : chance.oneOf(IDS);
  }

  private Memory memory(String id) {
    var expiry = chance.percent(20) ? chance.between(-5_000, 60_000) : 0;
    return AnyMemory.plain(
            id,
            "t" + chance.below(titles),
            "words " + chance.below(1_000),
            Instant.ofEpochMilli(created(id)))
        .withExpiry(
            expiry == 0 ? null : Instant.ofEpochMilli(Timeline.BEGIN_MILLIS + 30_000 + expiry));
  }

  private Function<SimTransaction, Boolean> save(String id) {
    var memory = memory(id);
    return transaction -> {
      if (transaction.erased(id)) throw new SimNode.Refusal();
      transaction.edits().save(memory);
      return true;
    };
  }

  private Function<SimTransaction, Boolean> rename(String id) {
    var title = "t" + chance.below(titles);
    return transaction -> {
      var content = transaction.state.tables.content(id);
      if (content.isEmpty()) throw new SimNode.Refusal();
      var there = Body.read(content.get().body());
      var renamed = AnyMemory.plain(id, title, there.content(), Instant.ofEpochMilli(created(id)));
      transaction.edits().save(renamed.withExpiry(there.expiresAt()));
      return true;
    };
  }

  private Function<SimTransaction, Boolean> archive(String id) {
    var reason = chance.oneOf("one", "another");
    return transaction -> {
      if (transaction.state.tables.content(id).isEmpty()) throw new SimNode.Refusal();
      transaction.edits().archive(id, reason);
      return true;
    };
  }

  private Function<SimTransaction, Boolean> revive(String id) {
    return transaction -> {
      if (transaction.state.tables.lifecycle(id).isEmpty()) throw new SimNode.Refusal();
      transaction.edits().revive(id);
      return true;
    };
  }

  private Function<SimTransaction, Boolean> delete(String id) {
    if (!chance.percent(deletesPercent)) return save(id);
    return transaction -> {
      if (transaction.state.tables.content(id).isEmpty()) throw new SimNode.Refusal();
      transaction.edits().delete(id, null);
      return true;
    };
  }

  private Function<SimTransaction, Boolean> consolidate(String one, String other) {
    var successor = "f" + fresh++;
    var memory = memory(successor);
    return transaction -> {
      if (transaction.state.tables.content(one).isEmpty()) throw new SimNode.Refusal();
      transaction.together();
      transaction.edits().save(memory);
      transaction.edits().delete(one, successor);
      if (transaction.state.tables.content(other).isPresent()) {
        transaction.edits().delete(other, successor);
      }
      return true;
    };
  }

  private Function<SimTransaction, Boolean> link(String id, String other) {
    var relation = chance.oneOf(Relation.RELATED_TO, Relation.SUPERSEDES);
    var present = chance.percent(60);
    return transaction -> {
      if (id.equals(other)) throw new SimNode.Refusal();
      if (present) {
        var now = Instant.ofEpochMilli(transaction.nowMillis());
        transaction.edits().link(new Link(id, other, relation, now, null, null, null, null));
      } else {
        transaction.edits().unlink(id, other, relation.text());
      }
      return true;
    };
  }

  private Function<SimTransaction, Boolean> standard(String id) {
    var namespace = chance.oneOf("ns", "ns/sub");
    var set = chance.percent(60);
    var parent = set && chance.percent(30) ? "*" : null;
    return transaction ->
        transaction.merge(
            StandardRegister.of(namespace, transaction.stamp(), set ? id : null, parent));
  }

  private Function<SimTransaction, Boolean> standardAndMemory(String id) {
    var memory = memory(id);
    return transaction -> {
      if (transaction.erased(id)) throw new SimNode.Refusal();
      transaction.together();
      transaction.edits().save(memory);
      return transaction.merge(StandardRegister.of("ns", transaction.stamp(), id, null));
    };
  }

  private Function<SimTransaction, Boolean> subscribe() {
    var id = "s" + subscriptions++;
    var url = "https://example.org/" + id;
    var made = Instant.ofEpochMilli(Timeline.BEGIN_MILLIS);
    var key = SigningKey.ofSecret(id);
    var body = new Subscription(url, "*", null, null, null, null, "ann", made, key).body();
    return transaction -> transaction.merge(SubscriptionRegister.of(id, transaction.stamp(), body));
  }

  private Function<SimTransaction, Boolean> unsubscribe() {
    var id = "s" + Math.max(0, subscriptions - chance.below(RECENT));
    return transaction -> {
      if (transaction.state.tables.subscription(id).isEmpty()) throw new SimNode.Refusal();
      return transaction.merge(SubscriptionRegister.of(id, transaction.stamp(), ""));
    };
  }

  private Function<SimTransaction, Boolean> request(String id) {
    var action = "a" + requests++;
    var what =
        switch (chance.below(3)) {
          case 0 -> new Action.Store(memory(chance.oneOf(REQUESTED)), null);
          case 1 -> new Action.Delete(id);
          default -> new Action.Promote(id);
        };
    var payload = new Action(what, "global", "ann", new Approver.Human()).payload();
    var needed = 1 + chance.below(2);
    var life = 5_000 + chance.below(120_000);
    return transaction ->
        transaction.merge(
            PendingAction.of(
                action, transaction.stamp(), payload, needed, transaction.nowMillis() + life));
  }

  private Function<SimTransaction, Boolean> vote() {
    var action = "a" + Math.max(0, requests - chance.below(RECENT));
    var voter = chance.oneOf("ann", "Ann", "bob");
    var approve = chance.percent(60);
    return transaction -> transaction.merge(Vote.of(action, voter, approve, transaction.stamp()));
  }

  private Function<SimTransaction, Boolean> embed(String id) {
    // One float whose exponent keeps it finite.
    var vector =
        Base64.getEncoder().encodeToString(new byte[] {(byte) chance.below(256), 1, 0, 62});
    return transaction -> {
      var content = transaction.state.tables.content(id);
      if (content.isEmpty()) throw new SimNode.Refusal();
      return transaction.merge(
          EmbeddingRegister.of(id, content.get().stamp(), transaction.stamp(), "mini", 1, vector));
    };
  }

  /// A mutation that changes something and is refused after that.
  private Function<SimTransaction, Boolean> refused(String id) {
    var memory = memory(id);
    return transaction -> {
      transaction.edits().save(memory);
      throw new SimNode.Refusal();
    };
  }
}
