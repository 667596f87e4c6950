"""The addresses beside the pages: the API, geometry, operations, errors and headers."""
