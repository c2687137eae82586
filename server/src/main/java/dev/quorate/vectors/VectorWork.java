package dev.quorate.vectors;

import dev.quorate.embedding.Embedder;
import dev.quorate.embedding.EmbeddingFailed;
import dev.quorate.embedding.Model;
import dev.quorate.embedding.ModelStatus;
import dev.quorate.embedding.Vector;
import dev.quorate.failure.RequestFailure;
import dev.quorate.merge.ContentRegister;
import dev.quorate.merge.Hash;
import dev.quorate.scheduling.Turns;
import dev.quorate.store.Store;
import dev.quorate.store.VectorSpace;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Makes the vectors of this node's memories, on a thread of its own and of low priority, and keeps
/// each as a change of its own, which reaches the peers like any other. What lacks a vector is
/// asked of the store, so nothing of it is lost with the process. Thread-safe.
public final class VectorWork implements AutoCloseable {
  private static final Logger LOG = System.getLogger(VectorWork.class.getName());

  /// Few enough that a commit of them delays no other.
  private static final int TEXTS_MAX = 16;

  /// How often one text is tried by itself while the model answers others.
  private static final int TRIES_MAX = 3;

  /// Beyond this many texts that cannot be embedded, the oldest are not remembered and tried again.
  private static final int FAILED_MAX = 100_000;

  private static final long LOOK_MILLIS = 500;
  private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
  private static final Duration LAST_PAUSE = Duration.ofSeconds(60);

  private final Store store;
  private final Model model;
  private final Supplier<Map<String, String>> embedders;
  private final Duration absent;
  private final InstantSource clock;
  private final Making making;
  private final Counting counting;
  private final Semaphore woken = new Semaphore(0);
  private final Map<String, Hash> failed = new ConcurrentHashMap<>();
  private final Thread thread;
  private final long begun = System.nanoTime();

  /// When what was too young is looked at again, 0 for never; known to the one thread only.
  private long lookAgainAt;

  private volatile boolean again;
  private volatile boolean closing;
  private volatile @Nullable VectorSpace space;

  /// @param embedders the other nodes that were heard lately, and the model of each; empty for none
  /// @param absent how long a node is silent before others make its vectors
  public VectorWork(
      Store store,
      Model model,
      Supplier<Map<String, String>> embedders,
      Duration absent,
      InstantSource clock) {
    this.store = store;
    this.model = model;
    this.embedders = embedders;
    this.absent = absent;
    this.clock = clock;
    this.making = new Making(store);
    this.counting = new Counting(store);
    // A platform thread, for native code would hold a carrier of virtual ones.
    this.thread = Thread.ofPlatform().name("vectors").daemon().unstarted(this::run);
    store.onCommit(_ -> wake());
  }

  public void start() {
    if (!(model.status() instanceof ModelStatus.Off)) thread.start();
  }

  /// Looks through everything once more, what failed before included.
  public void again() {
    failed.clear();
    again = true;
    wake();
  }

  /// How far this node is; empty as long as the model was never ready.
  public Optional<Progress> progress() {
    var known = space;
    if (known == null) return Optional.empty();
    var count = counting.count(known);
    var lost = Math.min(failed.size(), count.live() - count.embedded());
    return Optional.of(
        new Progress(count.live() - count.embedded() - lost, count.embedded(), lost));
  }

  private void wake() {
    if (woken.availablePermits() == 0) woken.release();
  }

  private void run() {
    Turns.fewAndLongTakenByThisThread();
    var reading = new Reading(store);
    var seen = watch();
    try {
      while (!closing) {
        if (!(model.status() instanceof ModelStatus.Ready ready)) {
          rest(LOOK_MILLIS);
          continue;
        }
        var now = new VectorSpace(model.name(), ready.dimension());
        // One that came back with another number of values has made none yet, and failed at none.
        if (!now.equals(space)) again();
        space = now;
        var watch = watch();
        // Whoever came or went may leave to this node what was not its own to do.
        var due = lookAgainAt != 0 && System.nanoTime() - lookAgainAt > 0;
        if (again || due || !watch.equals(seen)) {
          again = false;
          lookAgainAt = 0;
          seen = watch;
          reading.fromTheStart();
        }
        if (reading.atTheEnd()) rest(LOOK_MILLIS);
        else work(reading, watch, now);
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private Watch watch() {
    var settled = System.nanoTime() - begun > absent.toNanos();
    return new Watch(store.nodeId(), embedders.get(), settled);
  }

  private void rest(long millis) throws InterruptedException {
    if (woken.tryAcquire(millis, TimeUnit.MILLISECONDS)) woken.drainPermits();
  }

  private void pause(int failures) throws InterruptedException {
    var doublings = Math.min(failures - 1, 6);
    var millis = Math.min(FIRST_PAUSE.toMillis() << doublings, LAST_PAUSE.toMillis());
    var until = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
    while (!closing) {
      var left = TimeUnit.NANOSECONDS.toMillis(until - System.nanoTime());
      if (left <= 0) return;
      rest(left);
    }
  }

  /// Whatever goes wrong here, the work goes on: what was not done still lacks its vector.
  private void work(Reading reading, Watch watch, VectorSpace wanted) throws InterruptedException {
    try {
      var lacking = next(reading, wanted);
      if (lacking.isPresent()) workOn(lacking.get(), watch, wanted);
    } catch (RuntimeException e) {
      LOG.log(Level.ERROR, "the making of vectors had a fault", e);
      pause(TRIES_MAX);
      again = true;
    }
  }

  /// The next stretch; nothing, after a pause, while the store cannot be read: the same one is then
  /// next once more.
  private Optional<List<ContentRegister>> next(Reading reading, VectorSpace wanted)
      throws InterruptedException {
    try {
      return Optional.of(reading.next(wanted));
    } catch (RequestFailure e) {
      LOG.log(Level.DEBUG, "the look for memories without a vector waits: {0}", e.getMessage());
      pause(1);
      return Optional.empty();
    }
  }

  private void workOn(List<ContentRegister> lacking, Watch watch, VectorSpace wanted)
      throws InterruptedException {
    var mine = new ArrayList<ContentRegister>();
    for (var content : lacking) {
      var origin = content.stamp().node();
      if (!watch.mine(content.id(), origin)) continue;
      if (watch.unheard(origin) && isYoung(content)) {
        postpone();
        continue;
      }
      if (!Objects.equals(content.hash(), failed.get(content.id()))) mine.add(content);
    }
    // What is left of these is found again where all is looked through.
    for (var from = 0; from < mine.size() && !closing && !again; from += TEXTS_MAX) {
      embed(mine.subList(from, Math.min(from + TEXTS_MAX, mine.size())), wanted);
    }
  }

  private boolean isYoung(ContentRegister content) {
    return clock.millis() - content.stamp().millis() < absent.toMillis();
  }

  /// Looks again when what is young now is so no more.
  private void postpone() {
    if (lookAgainAt == 0) lookAgainAt = System.nanoTime() + absent.toNanos();
  }

  private void embed(List<ContentRegister> contents, VectorSpace wanted)
      throws InterruptedException {
    var made = new ArrayList<Making.Made>();
    var left = new ArrayList<ContentRegister>();
    for (var content : contents) {
      unchanged(content, wanted)
          .ifPresentOrElse(
              vector -> made.add(new Making.Made(content, vector)), () -> left.add(content));
    }
    if (!left.isEmpty()) made.addAll(vectors(left, wanted));
    keep(made, wanted);
  }

  /// The vector that is there already. None, after a pause, where the store cannot say: the model
  /// then makes it again, for the stretch that this content is of is not read once more.
  private Optional<Vector> unchanged(ContentRegister content, VectorSpace wanted)
      throws InterruptedException {
    try {
      return making.unchanged(content, wanted);
    } catch (RequestFailure e) {
      LOG.log(Level.DEBUG, "the vector of {0} is made anew: {1}", content.id(), e.getMessage());
      pause(1);
      return Optional.empty();
    }
  }

  /// The vectors of these contents, but for those that cannot be had. Waits as long as the model is
  /// not to be had at all.
  private List<Making.Made> vectors(List<ContentRegister> contents, VectorSpace wanted)
      throws InterruptedException {
    for (var tries = 1; !closing; tries++) {
      var embedder = awaitModel();
      if (embedder.isEmpty()) return List.of();
      try {
        return embedded(contents, embedder.get(), wanted);
      } catch (EmbeddingFailed e) {
        if (contents.size() > 1) {
          // One of them may be what it fails at.
          if (e.lasting() || tries > 1) return oneByOne(contents, wanted);
        } else if (e.lasting() || tries >= TRIES_MAX) {
          fail(contents.getFirst(), e);
          return List.of();
        }
        pause(tries);
      }
    }
    return List.of();
  }

  private List<Making.Made> oneByOne(List<ContentRegister> contents, VectorSpace wanted)
      throws InterruptedException {
    var made = new ArrayList<Making.Made>();
    for (var content : contents) made.addAll(vectors(List.of(content), wanted));
    return made;
  }

  /// None where the model has come back with another number of values than is wanted: then all is
  /// looked through again, for those.
  private List<Making.Made> embedded(
      List<ContentRegister> contents, Embedder embedder, VectorSpace wanted)
      throws EmbeddingFailed {
    var vectors = embedder.embedUnhurried(contents.stream().map(Making::text).toList());
    if (vectors.getFirst().dimension() != wanted.dimension()) {
      again = true;
      return List.of();
    }
    var made = new ArrayList<Making.Made>();
    for (var i = 0; i < contents.size(); i++) {
      made.add(new Making.Made(contents.get(i), vectors.get(i)));
    }
    return made;
  }

  private Optional<Embedder> awaitModel() throws InterruptedException {
    while (!closing) {
      var embedder = model.ready();
      if (embedder.isPresent()) return embedder;
      rest(LOOK_MILLIS);
    }
    return Optional.empty();
  }

  private void fail(ContentRegister content, EmbeddingFailed why) {
    LOG.log(
        Level.WARNING,
        "the memory {0} is not found by meaning until it changes: {1}",
        content.id(),
        why.getMessage());
    if (failed.size() >= FAILED_MAX) failed.clear();
    failed.put(content.id(), content.hash());
  }

  private void keep(List<Making.Made> made, VectorSpace wanted) throws InterruptedException {
    for (var tries = 1; !made.isEmpty(); tries++) {
      try {
        making.keep(made, wanted);
        return;
      } catch (RequestFailure e) {
        if (closing) return;
        LOG.log(Level.DEBUG, "vectors wait for the store: {0}", e.getMessage());
        pause(tries);
      }
    }
  }

  /// Ends what the model is asked for now, and the model with it: it is asked again after the next
  /// start. An interrupt would also end a write to the store.
  @Override
  public void close() {
    closing = true;
    wake();
    model.close();
    try {
      thread.join();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
