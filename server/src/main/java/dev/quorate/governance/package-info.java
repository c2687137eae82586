/// Who may do what in a namespace, and what becomes of an action that somebody has to approve
/// first. Pure: no clock, thread, disk or socket. Entry types: [dev.quorate.governance.Policy] says
/// what is allowed, [dev.quorate.governance.Action] what was asked for and is not done yet.
@NullMarked
package dev.quorate.governance;

import org.jspecify.annotations.NullMarked;
