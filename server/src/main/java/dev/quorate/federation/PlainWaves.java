package dev.quorate.federation;

import dev.quorate.wire.EncodedItem;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Puts what a node without our fields is told into bodies: such a node goes through a body list by
/// list, whatever came first, so no body holds two changes of one object. Not thread-safe.
final class PlainWaves {
  private final List<List<EncodedItem>> waves = new ArrayList<>();
  private final Map<String, Integer> lastByObject = new HashMap<>();

  /// Adds what travels in one body.
  ///
  /// @param changed objects that it changes; it goes into a later body than what changed one of
  ///   them before
  /// @param needed objects that must not come later than it
  void add(Collection<String> changed, Collection<String> needed, List<EncodedItem> items) {
    var wave = 0;
    for (var object : changed) wave = Math.max(wave, lastByObject.getOrDefault(object, -1) + 1);
    for (var object : needed) wave = Math.max(wave, lastByObject.getOrDefault(object, 0));
    for (var object : changed) lastByObject.put(object, wave);
    while (waves.size() <= wave) waves.add(new ArrayList<>());
    waves.get(wave).addAll(items);
  }

  /// What goes into each body, in the order in which the bodies are sent.
  List<List<EncodedItem>> waves() {
    return waves.stream().map(List::copyOf).toList();
  }
}
