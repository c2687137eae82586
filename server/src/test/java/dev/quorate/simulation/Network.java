package dev.quorate.simulation;

import dev.quorate.replication.Outcome;
import dev.quorate.seeds.Chance;
import java.util.HashSet;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/// Carries requests and answers: late, in another order, twice, or not at all.
final class Network {
  private static final int LATE_MILLIS_MAX = 20_000;

  private final Timeline timeline;
  private final Chance chance;
  private final Conditions conditions;
  private final Set<String> cuts = new HashSet<>();
  private boolean healed;

  Network(Timeline timeline, Chance chance, Conditions conditions) {
    this.timeline = timeline;
    this.chance = chance;
    this.conditions = conditions;
  }

  /// What a caller learns.
  sealed interface Answer<T> {
    record Given<T>(T value) implements Answer<T> {}

    record None<T>(Outcome why) implements Answer<T> {}
  }

  /// Asks a node something. The answer comes once, as long as the asking node lives; one that comes
  /// when it was given up is lost.
  <T> void call(
      SimNode from,
      SimNode to,
      BiConsumer<SimNode, Consumer<Answer<T>>> serve,
      Consumer<Answer<T>> done) {
    call(from, to, serve, done, _ -> {});
  }

  /// The same.
  ///
  /// @param late gets an answer that comes when it was given up
  <T> void call(
      SimNode from,
      SimNode to,
      BiConsumer<SimNode, Consumer<Answer<T>>> serve,
      Consumer<Answer<T>> done,
      Consumer<Answer<T>> late) {
    var over = new boolean[1];
    Consumer<Answer<T>> finish =
        from.living(answer -> {
          if (over[0]) {
            late.accept(answer);
            return;
          }
          over[0] = true;
          done.accept(answer);
        });
    timeline.after(
        conditions.requestMillis(),
        () -> {
          if (!over[0]) finish.accept(new Answer.None<>(new Outcome.TimedOut()));
        });
    travel(from, to, serve, finish);
    if (!healed && chance.percent(conditions.twicePercent())) travel(from, to, serve, _ -> {});
  }

  private <T> void travel(
      SimNode from,
      SimNode to,
      BiConsumer<SimNode, Consumer<Answer<T>>> serve,
      Consumer<Answer<T>> finish) {
    timeline.after(
        delay(to),
        () -> {
          if (cut(from, to) || !to.up()) {
            // A cut either refuses connections or swallows what is sent.
            if (to.up() && chance.percent(50)) return;
            finish.accept(new Answer.None<>(new Outcome.Unreachable("cut off")));
            return;
          }
          if (lost()) return;
          serve.accept(
              to,
              answer -> {
                if (lost()) return;
                timeline.after(
                    delay(to),
                    () -> {
                      if (!cut(from, to)) finish.accept(answer);
                    });
              });
        });
  }

  private boolean lost() {
    return !healed && chance.percent(conditions.lossPercent());
  }

  private long delay(SimNode to) {
    var late = !healed && chance.percent(conditions.latePercent());
    var more = late ? chance.below(LATE_MILLIS_MAX) : 0;
    return 1L + chance.below(conditions.delayMillisMax()) + to.slowMillis() + more;
  }

  private boolean cut(SimNode one, SimNode other) {
    return cuts.contains(one.id() + other.id()) || cuts.contains(other.id() + one.id());
  }

  void cut(String one, String other) {
    cuts.add(one + other);
  }

  void mend() {
    cuts.clear();
  }

  /// From here on everything arrives, once.
  void heal() {
    cuts.clear();
    healed = true;
  }
}
