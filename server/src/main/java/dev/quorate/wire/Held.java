package dev.quorate.wire;

/// How much of one origin's changes a node holds: all up to and including `sequence`.
public record Held(String node, String epoch, long sequence) {}
