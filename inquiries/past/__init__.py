"""Reads what another system or a spreadsheet left behind: tables, headings, dates, words. Asks no database."""
