"""How a 1-on-1 pack looks: Markdown, a page that prints on two sheets, and the next one in a calendar.

Rule: pure; a pack comes in as it is to be shown, cut to fit and with what was cut told, and no number is made here.
"""
