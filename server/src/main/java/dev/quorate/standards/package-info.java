/// Which namespaces a namespace takes its rules from. Pure: no clock, thread, disk or socket. Entry
/// type: [dev.quorate.standards.Chain].
@NullMarked
package dev.quorate.standards;

import org.jspecify.annotations.NullMarked;
