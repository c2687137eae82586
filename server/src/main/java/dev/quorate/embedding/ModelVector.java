package dev.quorate.embedding;

/// A vector and the model that made it. Those of two models cannot be compared.
public record ModelVector(String model, Vector vector) {}
