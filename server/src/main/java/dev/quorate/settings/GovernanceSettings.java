package dev.quorate.settings;

import dev.quorate.governance.Mode;
import dev.quorate.memory.Rules;

/// Table `[governance]`: whether this node holds requests to the policies of namespaces.
public record GovernanceSettings(Mode mode) {
  public static final GovernanceSettings DEFAULT = new GovernanceSettings(Mode.ENFORCE);

  static GovernanceSettings of(Values values) {
    var text = values.text(Key.GOVERNANCE_MODE, DEFAULT.mode.text());
    return new GovernanceSettings(
        Mode.of(text)
            .orElseThrow(() ->
                new InvalidSetting(
                    "governance.mode",
                    "governance.mode must be enforce, advisory or off: " + Rules.quote(text))));
  }
}
