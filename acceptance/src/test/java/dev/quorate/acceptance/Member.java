package dev.quorate.acceptance;

import java.util.ArrayList;
import java.util.List;

/// What a test knows of one member of a body.
///
/// @param free whether any text is meant, such as words to search for, so that no character of it
///   is bad
/// @param broken values of the right type that break a rule
record Member(String name, Type type, boolean required, boolean free, List<Sample> broken) {
  static Member of(String name, Type type) {
    return new Member(name, type, false, false, List.of());
  }

  /// A member that takes any text.
  static Member freeText(String name) {
    return new Member(name, Type.TEXT, false, true, List.of());
  }

  Member needed() {
    return new Member(name, type, true, free, broken);
  }

  Member not(List<Sample> more) {
    var all = new ArrayList<>(broken);
    all.addAll(more);
    return new Member(name, type, required, free, List.copyOf(all));
  }

  /// Every value that a rule forbids, those with a control character among them.
  List<Sample> forbidden() {
    var all = new ArrayList<>(broken);
    if (!free) all.addAll(type.withControls());
    return all;
  }
}
