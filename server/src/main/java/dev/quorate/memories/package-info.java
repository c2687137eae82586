/// What can be done with memories: remember, revise, recall, archive, forget, consolidate, import.
/// Each use case is a rule over a store's transaction; edges parse for it and render what it
/// answers.
@NullMarked
package dev.quorate.memories;

import org.jspecify.annotations.NullMarked;
