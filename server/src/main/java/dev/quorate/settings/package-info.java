/// What an operator can choose: one record per table of `quorate.toml`, with its ranges, and the
/// reading of defaults, file, environment and flags in that order. Entry types:
/// [dev.quorate.settings.SettingsLoader] and [dev.quorate.settings.Settings].
@NullMarked
package dev.quorate.settings;

import org.jspecify.annotations.NullMarked;
