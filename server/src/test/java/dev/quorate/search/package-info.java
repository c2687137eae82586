/// Tests of the search against a real store in a temporary directory.
@NullMarked
package dev.quorate.search;

import org.jspecify.annotations.NullMarked;
