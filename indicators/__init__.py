"""Quality indicators: plans, targets, observations, and the verdict on each target."""
