/// The story of `quorate demo`: three nodes, writes of every lane, one node killed and back, and
/// proof that nothing acknowledged is missing anywhere. The entry is [dev.quorate.demo.Demo].
@NullMarked
package dev.quorate.demo;

import org.jspecify.annotations.NullMarked;
