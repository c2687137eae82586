package dev.quorate.memory;

import dev.quorate.json.Json;
import java.util.LinkedHashSet;
import java.util.SequencedSet;

/// By which names a memory that stands for an entity is known. Such a memory says so in its
/// metadata: `kind` is `entity`, and `aliases` is a list of texts.
public final class EntityNames {
  public static final String KIND = "kind";
  public static final String ENTITY = "entity";
  public static final String ALIASES = "aliases";

  private EntityNames() {}

  /// Whether the memory stands for an entity.
  public static boolean isEntity(Memory memory) {
    // Most metadata says nothing of it: look before parsing.
    return maybeIn(memory.metadata()) && ENTITY.equals(Json.memberText(memory.metadata(), KIND));
  }

  /// Whether a text could be of an entity, its JSON unread.
  public static boolean maybeIn(String json) {
    return json.contains("\"" + ENTITY + "\"");
  }

  /// The aliases in the order in which they were given; none for what is no entity.
  public static SequencedSet<String> aliases(Memory memory) {
    var aliases = new LinkedHashSet<String>();
    if (!isEntity(memory)) return aliases;
    for (var alias : Json.parse(memory.metadata()).path(ALIASES)) {
      if (alias.isString()) aliases.add(alias.asString());
    }
    return aliases;
  }

  /// Title and aliases; none for what is no entity.
  public static SequencedSet<String> all(Memory memory) {
    var names = aliases(memory);
    if (isEntity(memory)) names.addFirst(memory.title());
    return names;
  }
}
