package dev.quorate.search;

import dev.quorate.memory.Memory;

/// A memory as it once was.
///
/// @param id under which it is shown
/// @param updatedMillis when it had become so
public record PastMemory(String id, Memory memory, long updatedMillis) {}
