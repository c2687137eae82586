package dev.quorate.store;

/// Vectors that can be compared: those of one model with one number of values.
public record VectorSpace(String model, int dimension) {}
