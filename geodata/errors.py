"""Errors of the geodata layer."""


class GeoDataError(Exception):
    """Base of every error this layer raises on purpose."""


class BoundariesMissingError(GeoDataError):
    """The boundaries file is not there."""


class BoundariesInvalidError(GeoDataError):
    """The boundaries file breaks one of its promises."""


class BuildError(GeoDataError):
    """The boundaries cannot be built from the source package."""


class ValuesInvalidError(GeoDataError):
    """Values offered for a join are not keyed by unique division codes."""


class UnknownRegionError(GeoDataError, KeyError):
    """No region carries this code at this level."""

    def __str__(self) -> str:
        """Return the message without the quotes KeyError adds."""
        return str(self.args[0]) if self.args else ""
