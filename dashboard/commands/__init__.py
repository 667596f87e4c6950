"""The commands of ``quality-atlas``: one module each, with ``configure`` and ``run``."""
