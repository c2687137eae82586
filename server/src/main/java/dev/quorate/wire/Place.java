package dev.quorate.wire;

/// One item of a push: the list it stands in and its position there, from 0.
public record Place(String list, int index) {}
