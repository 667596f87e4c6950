"""How much an import takes in; more than this is refused before it is loaded."""

MEGABYTE = 1024 * 1024

MOST_BYTES = 50 * MEGABYTE
MOST_ROWS = 200_000
MOST_COLUMNS = 300
# A cell far down and one far to the right span a sheet of mostly nothing.
MOST_CELLS = 4_000_000

# A workbook is a zip archive; spreadsheets seldom shrink to less than a hundredth.
MOST_UNPACKED = 300 * MEGABYTE
MOST_PARTS = 2_000
MOST_RATIO = 200
# Small parts of a sound workbook may shrink a lot: the ratio counts from here on.
RATIO_FROM = 10 * MEGABYTE
