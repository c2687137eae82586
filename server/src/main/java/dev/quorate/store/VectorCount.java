package dev.quorate.store;

/// How many memories are live, and how many of them have their vector.
public record VectorCount(long live, long embedded) {}
