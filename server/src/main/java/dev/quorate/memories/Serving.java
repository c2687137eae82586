package dev.quorate.memories;

import dev.quorate.embedding.Model;
import dev.quorate.embedding.ModelStatus;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/// Which model questions are answered by: vectors of two models cannot be compared, and after a
/// change of model most memories have those of the former one for a while. So that one serves until
/// the new one has made at least as many as it still has to. Thread-safe.
public final class Serving {
  private final Model present;
  private final Optional<Model> former;
  private final BooleanSupplier mostlyMade;

  /// @param former the model before this one, where some memories have its vectors; closed here
  ///   when it has served
  /// @param mostlyMade whether the present model has made most vectors; not so while nobody knows
  public Serving(Model present, Optional<Model> former, BooleanSupplier mostlyMade) {
    this.present = present;
    this.former = former;
    this.mostlyMade = mostlyMade;
  }

  /// One model alone.
  public static Serving by(Model model) {
    return new Serving(model, Optional.empty(), () -> true);
  }

  /// The model that a question is to be asked of now.
  public Model model() {
    if (former.isEmpty()) return present;
    var before = former.get();
    if (before.status() instanceof ModelStatus.Off) return present;
    if (mostlyMade.getAsBoolean()) {
      before.close();
      return present;
    }
    return before.status() instanceof ModelStatus.Ready ? before : present;
  }
}
