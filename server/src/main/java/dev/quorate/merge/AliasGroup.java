package dev.quorate.merge;

import java.util.Collection;
import java.util.Comparator;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/// All ids that are one memory, with the creation time of each.
public record AliasGroup(SortedMap<String, String> createdById) {
  public AliasGroup {
    if (createdById.isEmpty())
      throw new IllegalArgumentException("a group has at least one member");
  }

  /// The group that `facts`, which connect its members, make.
  public static AliasGroup of(Collection<AliasFact> facts) {
    var created = new TreeMap<String, String>();
    for (var fact : facts) {
      created.merge(fact.first(), fact.firstCreated(), AliasGroup::earlier);
      created.merge(fact.second(), fact.secondCreated(), AliasGroup::earlier);
    }
    return new AliasGroup(created);
  }

  /// The id under which every node shows the memory: the one created first, then the smallest.
  public String publicId() {
    return createdById.entrySet().stream()
        .min(
            Map.Entry.<String, String>comparingByValue()
                .thenComparing(Map.Entry.comparingByKey(Comparator.naturalOrder())))
        .orElseThrow()
        .getKey();
  }

  private static String earlier(String a, String b) {
    return a.compareTo(b) <= 0 ? a : b;
  }
}
