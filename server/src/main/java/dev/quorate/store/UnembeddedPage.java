package dev.quorate.store;

import dev.quorate.merge.ContentRegister;
import java.util.List;

/// A stretch of the sequence of changes, as who makes vectors sees it.
///
/// @param contents what lacks a vector, in the order of the changes
/// @param upTo the number of the last change looked at; the one asked after when there is none
public record UnembeddedPage(List<ContentRegister> contents, long upTo) {}
