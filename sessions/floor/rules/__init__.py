"""Speaking rules: a file here that defines `RULE` is a rule that a chair can choose."""
