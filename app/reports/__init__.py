"""Tables for outside the product: as CSV, as a spreadsheet, as a PDF that everybody can read. They hold what they are given."""
