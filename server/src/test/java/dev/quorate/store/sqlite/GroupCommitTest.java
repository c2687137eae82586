package dev.quorate.store.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.quorate.failure.RequestFailure.Overloaded;
import dev.quorate.memory.AnyMemory;
import dev.quorate.memory.Memory;
import dev.quorate.store.Store;
import dev.quorate.store.StoredMemory;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class GroupCommitTest {
  @TempDir private Path directory;
  private SqliteStore store;
  private final CountDownLatch gate = new CountDownLatch(1);

  @BeforeEach
  void open() {
    store = SqliteStore.open(directory, "n1", StoreOptions.readers(2), InstantSource.system());
  }

  @AfterEach
  void close() {
    gate.countDown();
    store.close();
  }

  @Test
  void everyWriteOfManyThreadsIsThereWhenItIsAnswered() throws Exception {
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var writes = new ArrayList<Future<Boolean>>();
      for (var i = 0; i < 1_000; i++) {
        var id = "m" + i;
        writes.add(
            threads.submit(() -> {
              var sequence = store.write(t -> t.save(memory(id))).sequence();
              // The answer may be older than what others wrote since, never newer.
              return store.committedSequence() >= sequence
                  && store.read(s -> s.memory(id)).isPresent();
            }));
      }
      for (var write : writes) assertThat(write.get()).isTrue();
    }
    assertThat(total()).isEqualTo(1_000);
  }

  @Test
  void writesThatWaitTogetherAreCommittedTogether() throws Exception {
    var commits = new ConcurrentLinkedQueue<Long>();
    store.onCommit(commits::add);
    var writes = behindTheGate(100, i -> t -> t.save(memory("m" + i)));
    gate.countDown();
    for (var write : writes) assertThat(write.get().sequence()).isEqualTo(100);
    // Listeners are told after whoever waited was answered.
    Await.until("the commit is told", () -> !commits.isEmpty());
    assertThat(commits).containsExactly(100L);
  }

  @Test
  void aMutationThatThrowsLeavesNothingAndHarmsNoneBesideIt() throws Exception {
    var writes =
        behindTheGate(
            20,
            i ->
                t -> {
                  t.save(memory("m" + i));
                  t.recordAccess("m" + i, 1, 1);
                  if (i % 2 == 1) throw new Refused("number " + i);
                  return t.stamp();
                });
    gate.countDown();
    for (var i = 0; i < 20; i++) {
      var write = writes.get(i);
      if (i % 2 == 0) write.get();
      else
        assertThatThrownBy(write::get)
            .hasCauseInstanceOf(Refused.class)
            .hasMessageContaining("number " + i);
    }
    assertThat(total()).isEqualTo(10);
    for (var i = 0; i < 20; i++) {
      var id = "m" + i;
      assertThat(found(id).isPresent()).isEqualTo(i % 2 == 0);
    }
    var sequences = store.read(s -> s.changes().after(0, 100)).stream().map(c -> c.key()).toList();
    assertThat(sequences).hasSize(10);
  }

  @Test
  void anErrorIsHandedToTheCallerAndTheWriterGoesOn() {
    assertThatThrownBy(() ->
            store.write(t -> {
              t.save(memory("m1"));
              throw new AssertionError("broken invariant");
            }))
        .isInstanceOf(AssertionError.class)
        .hasMessage("broken invariant");
    store.write(t -> t.save(memory("m2")));
    assertThat(found("m1")).isEmpty();
    assertThat(found("m2")).isPresent();
  }

  @Test
  void aListenerThatFailsDoesNotEndTheWriter() {
    var told = new ConcurrentLinkedQueue<Long>();
    store.onCommit(_ -> {
      throw new IllegalStateException("listener");
    });
    store.onCommit(told::add);
    store.write(t -> t.save(memory("m1")));
    store.write(t -> t.save(memory("m2")));
    Await.until("both commits are told", () -> told.size() == 2);
    assertThat(told).containsExactly(1L, 2L);
  }

  @Test
  void aCommitThatChangesNothingTellsNobody() {
    var told = new ConcurrentLinkedQueue<Long>();
    store.onCommit(told::add);
    store.write(t -> t.deleted("m1"));
    store.write(t -> t.save(memory("m1")));
    Await.until("the commit is told", () -> !told.isEmpty());
    assertThat(told).containsExactly(1L);
  }

  @Test
  void aWriteThatTheQueueCannotHoldIsRefusedAtOnce() throws Exception {
    var refused = new AtomicInteger();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var held = hold();
      var writes = new ArrayList<Future<?>>();
      for (var i = 0; i < Writer.QUEUE_MAX + 7; i++) {
        writes.add(
            threads.submit(() -> {
              try {
                store.write(t -> t.deleted("m"));
              } catch (Overloaded e) {
                assertThat(e).hasMessage("the store's queue is full (4096 writes wait)");
                refused.incrementAndGet();
              }
            }));
      }
      Await.until("seven writes are refused", () -> refused.get() == 7);
      gate.countDown();
      held.get();
      for (var write : writes) write.get();
    }
    assertThat(refused).hasValue(7);
  }

  @Test
  void aReadThatTheQueueCannotHoldIsRefusedAtOnce() throws Exception {
    var refused = new AtomicInteger();
    var busy = new CountDownLatch(2);
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var reads = new ArrayList<Future<?>>();
      for (var i = 0; i < 2; i++) {
        reads.add(
            threads.submit(() ->
                store.read(_ -> {
                  busy.countDown();
                  return await(gate);
                })));
      }
      busy.await();
      for (var i = 0; i < Readers.QUEUE_MAX + 7; i++) {
        reads.add(
            threads.submit(() -> {
              try {
                store.read(s -> s.nowMillis());
              } catch (Overloaded e) {
                assertThat(e).hasMessage("too many reads wait (limit 2048)");
                refused.incrementAndGet();
              }
            }));
      }
      Await.until("seven reads are refused", () -> refused.get() == 7);
      gate.countDown();
      for (var read : reads) read.get();
    }
    assertThat(refused).hasValue(7);
  }

  @Test
  void aClosedStoreRefusesAndKeepsWhatItAnswered() {
    store.write(t -> t.save(memory("m1")));
    store.close();
    assertThatThrownBy(() -> store.write(t -> t.save(memory("m2"))))
        .isInstanceOf(Overloaded.class)
        .hasMessage("this node is shutting down");
    assertThatThrownBy(() -> store.read(s -> s.memory("m1")))
        .isInstanceOf(Overloaded.class)
        .hasMessage("this node is shutting down");
    store = SqliteStore.open(directory, "n1", StoreOptions.readers(2), InstantSource.system());
    assertThat(found("m1")).isPresent();
    assertThat(found("m2")).isEmpty();
  }

  @Test
  void closingAnswersEveryoneWhoWaits() throws Exception {
    for (var round = 0; round < 30; round++) {
      var closing = store;
      var prefix = "r%d-".formatted(round);
      var kept = new ConcurrentLinkedQueue<String>();
      try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
        var requests = new ArrayList<Future<?>>();
        for (var i = 0; i < 40; i++) {
          var id = prefix + i;
          requests.add(
              threads.submit(() -> {
                try {
                  closing.read(s -> s.memory(id));
                  closing.write(t -> t.save(memory(id)));
                  kept.add(id);
                } catch (Overloaded e) {
                  assertThat(e).hasMessage("this node is shutting down");
                }
              }));
        }
        closing.close();
        for (var request : requests) request.get();
      }
      store = SqliteStore.open(directory, "n1", StoreOptions.readers(2), InstantSource.system());
      for (var id : kept) assertThat(found(id)).isPresent();
    }
  }

  /// Occupies the writer until the gate opens.
  private Future<?> hold() throws InterruptedException {
    var entered = new CountDownLatch(1);
    var held =
        new FutureTask<>(() ->
            store.write(_ -> {
              entered.countDown();
              return await(gate);
            }));
    Thread.ofVirtual().start(held);
    entered.await();
    return held;
  }

  /// Writes that wait for the writer, which waits for the gate.
  private List<Future<Store.Committed<?>>> behindTheGate(
      int count, IntFunction<Store.Mutation<?>> mutations) throws InterruptedException {
    var held = hold();
    var threads = new ArrayList<Thread>();
    var writes = new ArrayList<Future<Store.Committed<?>>>();
    for (var i = 0; i < count; i++) {
      var mutation = mutations.apply(i);
      var write = new FutureTask<Store.Committed<?>>(() -> store.write(mutation));
      threads.add(Thread.ofVirtual().start(write));
      writes.add(write);
    }
    for (var thread : threads) {
      Await.until("every write waits", () -> thread.getState() == Thread.State.WAITING);
    }
    assertThat(held.isDone()).isFalse();
    return writes;
  }

  private long total() {
    return store.read(s -> s.totals().total());
  }

  private Optional<StoredMemory> found(String id) {
    return store.read(s -> s.memory(id));
  }

  private static boolean await(CountDownLatch gate) {
    try {
      gate.await();
      return true;
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Memory memory(String id) {
    return AnyMemory.plain(id, "title of " + id, "words", Instant.EPOCH);
  }

  private static final class Refused extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Refused(String message) {
      super(message);
    }
  }
}
