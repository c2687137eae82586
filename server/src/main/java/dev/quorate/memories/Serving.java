package dev.quorate.memories;

import dev.quorate.embedding.Model;
import dev.quorate.embedding.ModelStatus;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/// Which model questions are answered by: vectors of two models cannot be compared, and after a
/// change of model most memories have those of the former one for a while. So that one serves until
/// the new one has made at least as many as it still has to. Thread-safe.
public final class Serving {
  /// How often it is looked whether that is so; a look may have to read all memories.
  private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(1);

  private final Model present;
  private final BooleanSupplier mostlyMade;
  private final AtomicBoolean looking = new AtomicBoolean();
  private volatile @Nullable Model former;
  private volatile long nextLook = System.nanoTime();

  /// @param former the model before this one, where it is to serve; closed here when it has served
  /// @param mostlyMade whether the present model has made most vectors and they can be searched;
  ///   not so while nobody knows. Asked on a thread of its own
  public Serving(Model present, Optional<Model> former, BooleanSupplier mostlyMade) {
    this.present = present;
    this.former = former.orElse(null);
    this.mostlyMade = mostlyMade;
  }

  /// One model alone.
  public static Serving by(Model model) {
    return new Serving(model, Optional.empty(), () -> true);
  }

  /// The model that a question is to be asked of now. Waits for nothing.
  public Model model() {
    var before = former;
    if (before == null) return present;
    if (System.nanoTime() - nextLook >= 0 && looking.compareAndSet(false, true)) {
      Thread.startVirtualThread(() -> look(before));
    }
    return before.status() instanceof ModelStatus.Ready ? before : present;
  }

  private void look(Model before) {
    try {
      if (mostlyMade.getAsBoolean()) {
        // Nobody asks it any more before it is closed, and it never serves again.
        former = null;
        before.close();
      }
    } finally {
      nextLook = System.nanoTime() + BETWEEN_LOOKS.toNanos();
      looking.set(false);
    }
  }
}
