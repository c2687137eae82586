package dev.quorate.memories;

import dev.quorate.memory.Memory;
import org.jspecify.annotations.Nullable;

/// What is shown of a memory that a link leads to; its content may be long and is not kept.
public record LinkTarget(String title, String namespace, @Nullable String agentId) {
  static LinkTarget of(Memory memory) {
    return new LinkTarget(memory.title(), memory.namespace(), memory.agentId());
  }
}
