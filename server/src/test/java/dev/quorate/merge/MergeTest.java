package dev.quorate.merge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quorate.seeds.Chance;
import dev.quorate.seeds.EachSeed;
import dev.quorate.seeds.Seeds;
import java.util.function.BinaryOperator;
import java.util.function.Function;

/// Every type of register merges so that order, grouping and duplicates cannot matter.
class MergeTest {
  private static final int TRIES_PER_SEED = 20;

  @EachSeed
  void contents(long seed) {
    holds(
        seed,
        chance -> AnyRegister.content(chance, "m1"),
        (a, b) -> ContentRegister.merge(a, b).winner());
  }

  @EachSeed
  void lifecycles(long seed) {
    holds(seed, chance -> AnyRegister.lifecycle(chance, "m1"), LifecycleRegister::merge);
  }

  @EachSeed
  void aliases(long seed) {
    holds(
        seed,
        chance ->
            chance.percent(50)
                ? AnyRegister.alias(chance, "m1", "m2")
                : AnyRegister.alias(chance, "m2", "m1"),
        AliasFact::merge);
  }

  @EachSeed
  void links(long seed) {
    holds(seed, chance -> AnyRegister.link(chance, "m1", "m2"), LinkRegister::merge);
  }

  @EachSeed
  void standards(long seed) {
    holds(seed, chance -> AnyRegister.standard(chance, "ns"), StandardRegister::merge);
  }

  @EachSeed
  void subscriptions(long seed) {
    holds(seed, chance -> AnyRegister.subscription(chance, "s1"), SubscriptionRegister::merge);
  }

  @EachSeed
  void aRemovedSubscriptionStaysRemoved(long seed) {
    Seeds.check(
        seed,
        chance -> {
          var any = AnyRegister.subscription(chance, "s1");
          var removed = SubscriptionRegister.of("s1", AnyRegister.stamp(chance), "");
          assertThat(SubscriptionRegister.merge(any, removed).present()).isFalse();
        });
  }

  @EachSeed
  void pendingActions(long seed) {
    holds(seed, chance -> AnyRegister.pending(chance, "p1"), PendingAction::merge);
  }

  @EachSeed
  void embeddings(long seed) {
    holds(seed, chance -> AnyRegister.embedding(chance, "m1"), EmbeddingRegister::merge);
  }

  @EachSeed
  void whatIsSeen(long seed) {
    Seeds.check(
        seed,
        chance -> {
          var a = AnyRegister.seen(chance);
          var b = AnyRegister.seen(chance);
          var c = AnyRegister.seen(chance);
          assertThat(a.with(b)).isEqualTo(b.with(a));
          assertThat(a.with(b).with(c)).isEqualTo(a.with(b.with(c)));
          assertThat(a.with(a)).isEqualTo(a);
          assertThat(Seen.parse(a.text())).isEqualTo(a);
          var stamp = AnyRegister.stamp(chance);
          assertThat(a.with(stamp).covers(stamp)).isTrue();
          assertThat(a.with(b).covers(stamp)).isEqualTo(a.covers(stamp) || b.covers(stamp));
        });
  }

  private static <T extends Register> void holds(
      long seed, Function<Chance, T> draw, BinaryOperator<T> merge) {
    Seeds.check(
        seed,
        chance -> {
          for (var i = 0; i < TRIES_PER_SEED; i++) {
            var a = draw.apply(chance);
            var b = draw.apply(chance);
            var c = draw.apply(chance);
            var ab = merge.apply(a, b);
            assertThat(merge.apply(b, a)).as("commutative").isEqualTo(ab);
            assertThat(merge.apply(ab, c))
                .as("associative")
                .isEqualTo(merge.apply(a, merge.apply(b, c)));
            assertThat(merge.apply(a, a)).as("idempotent").isEqualTo(a);
            assertThat(merge.apply(ab, a)).as("absorbs what it holds").isEqualTo(ab);
            assertThat(merge.apply(b, ab)).as("absorbs what it holds").isEqualTo(ab);
            assertThat(ab.intact()).isTrue();
          }
        });
  }
}
