package dev.quorate.search;

import dev.quorate.memory.Memory;
import java.util.HashSet;
import org.apache.lucene.index.Term;

/// Whether a memory is visible from a position in the namespaces: the same answer, for one memory
/// at hand, as a search gives for all of them (api.md 2.6).
public final class Sight {
  private Sight() {}

  public static boolean sees(String position, Memory memory) {
    var carried = new HashSet<>(Label.all(memory));
    return Label.visibleFrom(position).stream().map(Term::text).anyMatch(carried::contains);
  }
}
