package dev.quorate.embedding;

import dev.quorate.settings.EmbedderKind;
import dev.quorate.settings.EmbeddingSettings;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The model that this node makes vectors with: loaded in the background, and taken out of use
/// while it fails, so that nobody waits for a model that does not answer. It tries again by itself
/// with a growing pause, for ever, unless the failure lasts. It may come back with another number
/// of values. Thread-safe.
public final class Model implements AutoCloseable {
  /// Enough for the queries that agents repeat; some 3 MiB with 384 dimensions.
  private static final int QUERIES_KEPT = 2_048;

  private static final int QUERY_THREADS = 2;
  private static final int QUERIES_WAITING_MAX = 64;
  private static final Duration IDLE = Duration.ofSeconds(30);
  private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
  private static final Duration LAST_PAUSE = Duration.ofSeconds(60);

  /// What is asked of a model to learn whether it answers, and with how many values.
  private static final String PROBE = "ready?";

  private final String name;
  private final ModelLoader loader;
  private final Duration firstPause;
  private final Consumer<String> warning;
  private final QueryVectors known = new QueryVectors(QUERIES_KEPT);
  private final ConcurrentHashMap<String, FutureTask<Vector>> asked = new ConcurrentHashMap<>();
  private final ThreadPoolExecutor queries = queryThreads();
  private final CountDownLatch closing = new CountDownLatch(1);

  /// Has a permit for each time that the model went out of use, and one at the end.
  private final Semaphore lost = new Semaphore(0);

  private volatile ModelStatus status;
  private volatile @Nullable Embedder embedder;

  /// By the latest probe; 0 before the first.
  private volatile int dimension;

  private Model(
      String name,
      ModelLoader loader,
      Duration firstPause,
      Consumer<String> warning,
      ModelStatus status) {
    this.name = name;
    this.loader = loader;
    this.firstPause = firstPause;
    this.warning = warning;
    this.status = status;
  }

  /// No model: nothing is embedded, and nothing is found by meaning.
  public static Model off() {
    var noLoader =
        (ModelLoader)
            () -> {
              throw EmbeddingFailed.lasting("no embedder is set");
            };
    return new Model("", noLoader, FIRST_PAUSE, _ -> {}, new ModelStatus.Off());
  }

  /// A model that begins to load now, in the background.
  ///
  /// @param name as all nodes of a mesh name it, the same as its embedder's
  /// @param warning told one sentence each time that the model goes out of use
  public static Model loading(String name, ModelLoader loader, Consumer<String> warning) {
    return loading(name, loader, FIRST_PAUSE, warning);
  }

  static Model loading(
      String name, ModelLoader loader, Duration firstPause, Consumer<String> warning) {
    var model = new Model(name, loader, firstPause, warning, new ModelStatus.Loading());
    model.startTrying();
    return model;
  }

  /// The model that the settings name. Nothing is loaded before [#start].
  ///
  /// @param warning as for [#loading]
  public static Model of(EmbeddingSettings settings, Consumer<String> warning) {
    if (settings.embedder() == EmbedderKind.OFF) return off();
    var name = settings.model() == null ? MiniLm.MODEL : settings.model();
    ModelLoader loader = () -> Embedders.load(settings);
    return new Model(name, loader, FIRST_PAUSE, warning, new ModelStatus.Loading());
  }

  /// A model that memories have vectors of and the settings name no more, for questions alone;
  /// empty where nobody knows how to run it. Nothing is loaded before [#start].
  ///
  /// @param settings which tell where the model of now is; the former one may be there as well
  /// @param sample by which it is known again
  /// @param warning as for [#loading]
  public static Optional<Model> former(
      String name, EmbeddingSettings settings, Sample sample, Consumer<String> warning) {
    Optional<ModelLoader> loader =
        name.equals(MiniLm.MODEL)
            ? Optional.of(MiniLm::load)
            : switch (settings.embedder()) {
              case OPENAI, OLLAMA -> Optional.of(() -> Embedders.load(settings.withModel(name)));
              case MINILM, OFF -> Optional.empty();
            };
    return loader.map(
        it -> new Model(name, known(it, sample), FIRST_PAUSE, warning, new ModelStatus.Loading()));
  }

  private static ModelLoader known(ModelLoader loader, Sample sample) {
    return () -> {
      var loaded = loader.load();
      try {
        sample.require(loaded);
        return loaded;
      } catch (EmbeddingFailed e) {
        loaded.close();
        throw e;
      }
    };
  }

  /// Begins to load, where the model is one that waits for this. To be called once, and when the
  /// node answers: the first seconds of a process are wanted for that.
  public void start() {
    if (status instanceof ModelStatus.Loading) startTrying();
  }

  /// The exact name of the model; empty when there is none.
  public String name() {
    return name;
  }

  public ModelStatus status() {
    return status;
  }

  /// What makes vectors, while the model is ready. Each of its failures for now takes the model out
  /// of use until it answers again. The caller does not close it.
  public Optional<Embedder> ready() {
    var loaded = embedder;
    if (loaded == null || !(status instanceof ModelStatus.Ready(var values))) {
      return Optional.empty();
    }
    return Optional.of(new Watched(loaded, values));
  }

  /// The vector of a text that was asked for lately; nothing is asked of the model.
  public Optional<Vector> known(String whole) {
    return knownOf(EmbeddedText.window(whole));
  }

  /// One that was made before the model came to answer another number of values is none.
  private Optional<Vector> knownOf(String text) {
    return Optional.ofNullable(known.get(text)).filter(vector -> vector.dimension() == dimension);
  }

  /// The vector of a text that somebody waits for, such as a query: at once when it was asked for
  /// lately, else as soon as the model has it. Nothing when the model is not ready, fails, is
  /// overloaded or is not done in time; what was begun is kept for whoever asks next.
  ///
  /// @param whole of which the first window is embedded, see [EmbeddedText]
  /// @param within how long the caller would wait at most
  public Optional<Vector> vectorOf(String whole, Duration within) {
    if (ready().isEmpty()) return Optional.empty();
    var text = EmbeddedText.window(whole);
    var vector = knownOf(text);
    if (vector.isPresent()) return vector;
    var mine = new FutureTask<>(() -> embed(text));
    var running = asked.putIfAbsent(text, mine);
    if (running == null) {
      running = mine;
      try {
        queries.execute(mine);
      } catch (RejectedExecutionException _) {
        asked.remove(text, mine);
        return Optional.empty();
      }
    }
    return await(running, within);
  }

  private Vector embed(String text) throws EmbeddingFailed {
    try {
      var usable = ready();
      if (usable.isEmpty()) throw EmbeddingFailed.forNow("the model is not ready");
      var vector = usable.get().embed(List.of(text)).getFirst();
      known.put(text, vector);
      return vector;
    } finally {
      asked.remove(text);
    }
  }

  private static Optional<Vector> await(Future<Vector> running, Duration within) {
    try {
      return Optional.of(running.get(within.toNanos(), TimeUnit.NANOSECONDS));
    } catch (TimeoutException | ExecutionException _) {
      // The failure has become the status of the model, where it is told.
      return Optional.empty();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }

  private void startTrying() {
    // A platform thread, for native code would hold a carrier of virtual ones; and daemon, for a
    // model that never answers must not keep the process.
    Thread.ofPlatform().name("model").daemon().start(this::keepReady);
  }

  /// Makes the model ready, and again whenever it goes out of use. All tries are this thread's: one
  /// started by whoever met a failure would have that thread's place among others, and who makes
  /// vectors comes last.
  private void keepReady() {
    try {
      while (becomesReady()) lost.acquire();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  /// Tries until the model is ready; false when it is lost for good, or not wanted any more.
  private boolean becomesReady() throws InterruptedException {
    for (var pause = firstPause; !tried(); pause = longer(pause)) {
      if (closing.await(pause.toMillis(), TimeUnit.MILLISECONDS)) return false;
    }
    return embedder != null && closing.getCount() > 0;
  }

  private static String sentence(EmbeddingFailed failure) {
    var sentence = failure.getMessage();
    return sentence == null ? "the model failed" : sentence;
  }

  private static Duration longer(Duration pause) {
    var doubled = pause.multipliedBy(2);
    return doubled.compareTo(LAST_PAUSE) > 0 ? LAST_PAUSE : doubled;
  }

  /// Whether there is no more to try.
  private boolean tried() {
    if (closing.getCount() == 0) return true;
    var loaded = embedder;
    if (loaded == null) {
      try {
        loaded = loader.load();
      } catch (EmbeddingFailed e) {
        fails(sentence(e), e.lasting());
        return e.lasting();
      }
      embedder = loaded;
      // Whoever closed it meanwhile has not seen it.
      if (closing.getCount() == 0) {
        loaded.close();
        return true;
      }
    }
    try {
      var values = probed(loaded);
      dimension = values;
      status = new ModelStatus.Ready(values);
      // Whoever closed it meanwhile has the last word.
      if (closing.getCount() == 0) status = new ModelStatus.Off();
      return true;
    } catch (EmbeddingFailed e) {
      // A wrong key or a missing model may be put right at the endpoint, so this goes on.
      fails(sentence(e), false);
      return false;
    }
  }

  /// How many values it answers.
  private static int probed(Embedder loaded) throws EmbeddingFailed {
    return loaded.embed(List.of(PROBE)).getFirst().dimension();
  }

  private void fails(String reason, boolean lasting) {
    if (closing.getCount() == 0) return;
    var before = status;
    status = new ModelStatus.Failed(reason, lasting);
    if (!(before instanceof ModelStatus.Failed)) {
      warning.accept(reason);
    }
  }

  /// @param values how many the model was to answer; what was asked of it before it came back with
  ///   another number tells nothing of it as it is now
  private synchronized void outOfUse(EmbeddingFailed failure, int values) {
    if (!status.equals(new ModelStatus.Ready(values)) || closing.getCount() == 0) return;
    fails(sentence(failure), false);
    lost.release();
  }

  /// Lets the model go. What runs is not waited for.
  @Override
  public void close() {
    closing.countDown();
    lost.release();
    status = new ModelStatus.Off();
    queries.shutdownNow();
    var loaded = embedder;
    if (loaded != null) loaded.close();
  }

  private static ThreadPoolExecutor queryThreads() {
    var waiting = new ArrayBlockingQueue<Runnable>(QUERIES_WAITING_MAX);
    var factory = Thread.ofPlatform().name("query-vectors-", 0).daemon().factory();
    var threads =
        new ThreadPoolExecutor(
            QUERY_THREADS, QUERY_THREADS, IDLE.toSeconds(), TimeUnit.SECONDS, waiting, factory);
    threads.allowCoreThreadTimeOut(true);
    return threads;
  }

  private interface Answer {
    List<Vector> vectors() throws EmbeddingFailed;
  }

  /// The embedder as others use it: what it cannot do now is a fact about the model. All its
  /// vectors have as many values as the model answered when it was handed out.
  private final class Watched implements Embedder {
    private final Embedder loaded;
    private final int values;

    Watched(Embedder loaded, int values) {
      this.loaded = loaded;
      this.values = values;
    }

    @Override
    public String model() {
      return loaded.model();
    }

    @Override
    public List<Vector> embed(List<String> texts) throws EmbeddingFailed {
      return watched(() -> loaded.embed(texts));
    }

    @Override
    public List<Vector> embedUnhurried(List<String> texts) throws EmbeddingFailed {
      return watched(() -> loaded.embedUnhurried(texts));
    }

    private List<Vector> watched(Answer answer) throws EmbeddingFailed {
      try {
        var vectors = answer.vectors();
        var answered = vectors.getFirst().dimension();
        if (answered != values) {
          throw EmbeddingFailed.lasting(
              "the model answered a vector of %d values, not of %d".formatted(answered, values));
        }
        return vectors;
      } catch (EmbeddingFailed e) {
        throw e.lasting() ? suspected(e) : lost(e);
      }
    }

    /// Tells a text that the model cannot take from a model that can take none, and from one that
    /// has become another behind its name.
    private EmbeddingFailed suspected(EmbeddingFailed failure) {
      try {
        var now = probed(loaded);
        if (now == values) return failure;
        return lost(
            EmbeddingFailed.forNow(
                "the model answers vectors of %d values now, no more of %d"
                    .formatted(now, values)));
      } catch (EmbeddingFailed e) {
        return lost(EmbeddingFailed.forNow(sentence(e), e));
      }
    }

    private EmbeddingFailed lost(EmbeddingFailed failure) {
      outOfUse(failure, values);
      return failure;
    }

    @Override
    public void close() {}
  }
}
