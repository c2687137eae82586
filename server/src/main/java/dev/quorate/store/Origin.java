package dev.quorate.store;

/// Where a change was made, and which one of that node's it was. As a statement of what a node
/// holds: every change that the node made in that epoch up to this number.
///
/// @param node the node that made it
/// @param epoch that node's epoch then
/// @param sequence that node's own number for it
public record Origin(String node, String epoch, long sequence) {}
