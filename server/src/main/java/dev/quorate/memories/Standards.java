package dev.quorate.memories;

import dev.quorate.failure.RequestFailure.Invalid;
import dev.quorate.governance.Policy;
import dev.quorate.json.Json;
import dev.quorate.memory.Memory;
import dev.quorate.memory.MemoryId;
import dev.quorate.memory.Provenance;
import dev.quorate.memory.Rules;
import dev.quorate.memory.Tier;
import dev.quorate.merge.Lane;
import dev.quorate.merge.StandardRegister;
import dev.quorate.standards.Chain;
import dev.quorate.store.ListQuery;
import dev.quorate.store.StoredMemory;
import dev.quorate.store.Transaction;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/// Setting and clearing the standards of namespaces (api.md 2.1). Thread-safe; runs inside a
/// transaction of its caller.
public final class Standards {
  /// The tag of a memory that was made to be a standard.
  private static final String TAG = "_namespace_standard";

  private static final String TITLE = "_standard:";

  /// Who owns a standard that nobody wrote.
  private static final String OWNER = "system";

  /// What is to be the standard of a namespace.
  ///
  /// @param id the memory, absent for the one that the namespace has for it
  /// @param parent the namespace to inherit from, absent for the one that the name suggests
  /// @param governance what is to change of its policy, absent for nothing
  public record Setting(
      String namespace,
      @Nullable String id,
      @Nullable String parent,
      @Nullable ObjectNode governance) {}

  /// What was set.
  public record Outcome(String standardId, @Nullable String parent) {}

  /// Sets the standard of a namespace; the memory and the standard are one change to every peer.
  ///
  /// @throws Invalid when the memory is not live, the parent is the namespace itself, or the policy
  ///   that results is none
  public Outcome set(Transaction transaction, Setting setting) {
    var namespace = setting.namespace();
    if (namespace.equals(setting.parent())) {
      throw new Invalid("a namespace cannot be its own parent: " + Rules.quote(namespace));
    }
    transaction.together();
    var there = present(transaction, setting);
    var memory = there == null ? placeholder(transaction, namespace) : there.memory();
    var governed = governed(memory, setting.governance());
    if (there == null || !governed.equals(memory)) transaction.save(governed);
    var parent =
        setting.parent() != null
            ? setting.parent()
            : Chain.detectParent(
                    namespace, one -> StandardsInForce.of(transaction, one).isPresent())
                .orElse(null);
    transaction.merge(StandardRegister.of(namespace, transaction.stamp(), governed.id(), parent));
    return new Outcome(governed.id(), parent);
  }

  /// Takes the standard from a namespace; its memory stays. Returns whether there was one.
  public boolean clear(Transaction transaction, String namespace) {
    var register = transaction.standard(namespace);
    if (register.isEmpty() || register.get().standardId() == null) {
      transaction.found(Lane.STANDARD, namespace);
      return false;
    }
    transaction.merge(StandardRegister.of(namespace, transaction.stamp(), null, null));
    return true;
  }

  private static @Nullable StoredMemory present(Transaction transaction, Setting setting) {
    var id = setting.id();
    if (id != null) {
      return transaction
          .memory(id)
          .filter(StoredMemory::live)
          .orElseThrow(() -> new Invalid("memory not found: " + Rules.quote(id)));
    }
    var namespace = setting.namespace();
    var tagged =
        transaction.list(new ListQuery(namespace, null, 1, null, null, TAG, null, null, 1, 0));
    if (!tagged.isEmpty()) return tagged.getFirst();
    return transaction.liveByTitle(namespace, title(namespace)).orElse(null);
  }

  private static Memory placeholder(Transaction transaction, String namespace) {
    return new Memory(
        MemoryId.fresh(transaction.nowMillis()),
        namespace,
        title(namespace),
        "The standard of the namespace " + namespace,
        Tier.LONG,
        List.of(TAG),
        5,
        1.0,
        OWNER,
        transaction.stamp().instant(),
        null,
        Json.canonical(Json.object().put("agent_id", OWNER)),
        Provenance.PLAIN,
        1);
  }

  /// A namespace may be as long as a title, so that of a long one only the beginning stands in it.
  private static String title(String namespace) {
    var room = Rules.TITLE_CHARACTERS_MAX - TITLE.length();
    var characters = namespace.codePointCount(0, namespace.length());
    return TITLE
        + namespace.substring(0, namespace.offsetByCodePoints(0, Math.min(room, characters)));
  }

  /// The memory with what changes of its policy; the members that are not named stay.
  private static Memory governed(Memory memory, @Nullable ObjectNode governance) {
    if (governance == null) return memory;
    var metadata = (ObjectNode) Json.parse(memory.metadata());
    var merged =
        metadata.get("governance") instanceof ObjectNode there ? there.deepCopy() : Json.object();
    merged.setAll(governance);
    var _ = Policy.read(merged);
    metadata.set("governance", merged);
    return memory.withMetadata(Rules.metadata(metadata, Json.canonical(metadata)));
  }
}
